"""Where the commands of `marque money` find a run's tables and a ledger's sources, and how they name problems."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import click
import pyarrow as pa

from marque.cli.shown import safe
from marque.errors import WrongUsage
from marque.evidence import tables
from marque.money.model import FLOWS
from marque.money.rows import Problem
from marque.money.sellers import lines as joining
from marque.money.sellers.lines import Line
from marque.money.sellers.sellers_json import SellerList
from marque.networks.model import NETWORKS
from marque.runs.workspace import is_workspace
from marque.signals.model import SIGHTINGS
from marque.words import say
from marque.works.model import MATCHES

# Which sites of a network a figure is of: those that surely belong to it, or those that probably do as well.
MEMBERS = {"core": ("core",), "all": ("core", "halo")}


@dataclass(frozen=True, slots=True)
class Traced:
    """What a run says of money, and the folder whose ledger goes with it."""

    run: Path
    flows: pa.Table
    networks: pa.Table
    ledger: Path

    def network_of(self) -> dict[str, str]:
        """Sites in a network, and which."""
        columns = (self.networks[name].to_pylist() for name in ("site", "network"))
        return dict(zip(*columns, strict=True))

    def members(self, roles: Collection[str]) -> dict[str, list[str]]:
        """The sites of each network that stand in it in one of these roles."""
        found: dict[str, list[str]] = {}
        columns = (self.networks[name].to_pylist() for name in ("site", "network", "role"))
        for site, network, role in sorted(zip(*columns, strict=True)):
            if role in roles:
                found.setdefault(network, []).append(site)
        return dict(sorted(found.items()))

    def sites(self) -> list[str]:
        """Every site in a network, and every site whose money was traced."""
        return sorted({*self.network_of(), *(site for site in self.flows["payee"].to_pylist() if site)})


def lines(found: Traced, files: Iterable[SellerList] = ()) -> list[Line]:
    """The run's ads.txt lines, joined with the lists of sellers in its captures and in files."""
    sightings = tables.read(found.run / "sightings.parquet", SIGHTINGS)
    matches = tables.read(found.run / "matches.parquet", MATCHES)
    return joining.join(sightings, found.networks, joining.lists(sightings, files), matches)


def traced(folder: Path) -> Traced:
    """The tables of a run's folder, or of a workspace's current run."""
    run = folder if (folder / "flows.parquet").is_file() else None
    if run is None and is_workspace(folder):
        from marque.runs.pipeline import read_current  # a second of imports

        run = read_current(folder)
    if run is None:
        raise WrongUsage("money.no-run", path=str(folder))
    above = run.parent.parent
    return Traced(
        run,
        tables.read(run / "flows.parquet", FLOWS),
        tables.read(run / "networks.parquet", NETWORKS),
        ledger_of(above if is_workspace(above) else folder),
    )


def ledger_of(folder: Path) -> Path:
    """Where ledger sources of a folder lie: `money` in a workspace, else the folder itself."""
    return folder / "money" if is_workspace(folder) else folder


def named(problems: Iterable[Problem], unnamed: int = 0) -> int:
    """Say each problem on stderr. The exit status: 1 where there was any."""
    status = 0
    for problem in problems:
        click.echo(say(problem.code, place=safe(problem.place), detail=safe(problem.detail)), err=True)
        status = 1
    if unnamed:
        click.echo(say("money.more-problems", count=unnamed), err=True)
    return status

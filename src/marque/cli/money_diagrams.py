"""`marque money diagram`: the flows of one network as nodes, links and places, for whoever draws them."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from marque.cli.money_places import MEMBERS, traced
from marque.cli.money_receipts import tables
from marque.errors import WrongUsage
from marque.money import sheet
from marque.money.diagram.sankey import diagrams

_FILE = click.Path(path_type=Path)


@click.command("diagram", epilog="Example:  marque money diagram case-14 n-cabeae6f1548 > flows.json")
@click.argument("run", metavar="RUN_OR_WORKSPACE", type=click.Path(path_type=Path))
@click.argument("network")
@click.option("--visits", type=_FILE, help="Visits by site and period (CSV); else those kept by `inputs`.")
@click.option("--prices", type=_FILE, help="Pages, slots, fill, CPM (CSV).")
@click.option("--donations", type=_FILE, help="What is stated of donations (CSV).")
@click.option("--members", "of", type=click.Choice(sorted(MEMBERS)), default="core", show_default=True)
def diagram(*, run: Path, network: str, of: str, **given: Path | None) -> int:
    """Print one JSON line a diagram (a basis, currency and period), each link with the records that show it."""
    found = traced(run)
    members = found.members(MEMBERS[of])
    if network not in members:
        raise WrongUsage("money.no-network", network=network)
    brought, status = tables(found, given)
    whole = sheet.of_run(found.flows, found.network_of(), {network: members[network]}, found.ledger, brought)
    for one in diagrams(whole.flows, network):
        click.echo(json.dumps(asdict(one), ensure_ascii=False))
    return status

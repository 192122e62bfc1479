"""`marque money diagram`: the flows of one network as nodes, links and places, for whoever draws them."""

import json
from dataclasses import asdict
from pathlib import Path

import click
import pyarrow as pa

from marque.cli.money_places import MEMBERS, traced
from marque.cli.money_receipts import given, ledger
from marque.errors import WrongUsage
from marque.money import amounts
from marque.money.diagram.sankey import diagrams
from marque.money.estimate import donations
from marque.money.estimate import receipts as modelling
from marque.money.ledger.model import shown


@click.command("diagram", epilog="Example:  marque money diagram case-14 n-cabeae6f1548 > flows.json")
@click.argument("run", metavar="RUN_OR_WORKSPACE", type=click.Path(path_type=Path))
@click.argument("network")
@click.option("--visits", "visited", type=click.Path(path_type=Path), help="Visits by site and period (CSV).")
@click.option("--prices", "priced", type=click.Path(path_type=Path), help="Pages, slots, fill, CPM (CSV).")
@click.option("--donations", "stated", type=click.Path(path_type=Path), help="What is stated of donations (CSV).")
@click.option("--members", "of", type=click.Choice(sorted(MEMBERS)), default="core", show_default=True)
def diagram(*, run: Path, network: str, of: str, visited: Path | None, priced: Path | None, stated: Path | None) -> int:
    """Print one JSON line a diagram (a basis, currency and period), each link with the records that show it."""
    found = traced(run)
    members = found.members(MEMBERS[of])
    if network not in members:
        raise WrongUsage("money.no-network", network=network)
    rows = ledger(found) or ()
    parts = [found.flows, amounts.observed(rows, amounts.wallets(found.flows))]
    status = 0
    if visited is not None:
        brought, status = given(visited, priced, stated)
        counted = modelling.receipts({network: members[network]}, brought.visits, brought.prices)
        stand, _ = donations.beside_ledger(brought.stated, {(shown(*row.address), row.amount.period) for row in rows})
        parts += [amounts.modelled(counted), amounts.inferred(stand, found.network_of())]
    for one in diagrams(pa.concat_tables(parts), network):
        click.echo(json.dumps(asdict(one), ensure_ascii=False))
    return status

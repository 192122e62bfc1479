"""`marque money transactions` and `marque money wallets`: ledgers brought in, and what came in at addresses."""

import json
from collections import Counter
from pathlib import Path

import click

from marque import clock
from marque.cli import ledger_http
from marque.cli.money_log import bringing
from marque.cli.money_places import ledger_of, named, traced
from marque.cli.shown import safe
from marque.errors import WrongUsage
from marque.money import amounts, brought, desk
from marque.money.ledger import esplora, store, table
from marque.money.ledger import tags as packs
from marque.money.ledger.clusters import Address, Clusters, cluster
from marque.money.ledger.model import SPENDING, address_key, known_address, shown
from marque.money.ledger.receipts import PERIODS, Received, received
from marque.money.ledger.store import Note
from marque.money.rows import MAX_BYTES, Problem
from marque.runs.workspace import is_workspace
from marque.words import say


@click.group("transactions", epilog="Example:  marque money transactions import case-14 ledger.csv")
def transactions() -> None:
    """Transactions of public ledgers, kept byte for byte as they were brought."""


@transactions.command(
    "import",
    epilog="Example:  marque money transactions import case-14 --source http://127.0.0.1:3002 --address bc1q...",
)
@click.argument("folder", metavar="WORKSPACE_OR_FOLDER", type=click.Path(path_type=Path))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--source", envvar="MARQUE_LEDGER", metavar="URL", help="An Esplora-style server, best one of your own.")
@click.option("--address", "addresses", multiple=True, metavar="ADDRESS", help="To ask for; may be given again.")
@click.option("--chain", type=click.Choice(SPENDING), default="btc", show_default=True, help="The server's chain.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def bring(
    *, folder: Path, file: Path | None, source: str | None, addresses: tuple[str, ...], chain: str, as_json: bool
) -> int:
    """Bring in FILE (CSV: chain, txid, time, side, address, value; perhaps index, asset), or ask a server.

    Whoever runs a server learns which addresses somebody looks into.
    """
    if (file is None) == (not addresses):
        raise WrongUsage("money.file-or-address")
    if addresses and not source:
        raise WrongUsage("money.no-source")
    asked = _keys(chain, addresses)
    if not is_workspace(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return bringing(folder, lambda place: _bring(place, file, source or "", asked, as_json))


def _keys(chain: str, addresses: tuple[str, ...]) -> list[Address]:
    found = []
    for text in addresses:
        key = address_key(chain, text.removeprefix(f"{chain}:"))
        if key is None:
            raise WrongUsage("money.no-address", address=text, chain=chain)
        found.append((chain, key))
    return found


def _bring(folder: Path, file: Path | None, source: str, addresses: list[Address], as_json: bool) -> int:
    if file is not None:
        return _bring_table(folder, file, as_json)
    server = ledger_http.server(source)
    if server.in_clear:
        click.echo(say("money.source-in-clear", host=server.host), err=True)
    problems: list[Problem] = []
    for chain, address in addresses:
        pages = list(esplora.pages(ledger_http.fetcher(server), chain, address))
        note = Note(store.ANSWER, f"/address/{address}/txs", source, chain, address, clock.iso(_now()))
        kept = store.keep_pages(folder, pages, note)
        problems += [problem for page in pages for problem in page.problems]
        count = len({one.txid for page in pages for one in page.transactions})
        _brought(shown(chain, address), count, sum(fresh for _, fresh in kept), as_json)
    return named(problems)


def _bring_table(folder: Path, file: Path, as_json: bool) -> int:
    data = brought.whole(file, MAX_BYTES)
    read = table.read(file)  # the whole of it is looked at before any of it is kept
    if not read.rows:
        named(read.problems, read.unnamed)
        raise WrongUsage("money.no-transactions", path=str(file))
    _, fresh = store.keep(folder, data, Note(store.TABLE, file.name, str(file), "", "", clock.iso(_now())))
    _brought(file.name, len(read.rows), int(fresh), as_json)
    return named(read.problems, read.unnamed)


def _now() -> int:
    return clock.to_microseconds(clock.now())


def _brought(what: str, count: int, fresh: int, as_json: bool) -> None:
    row = {"from": what, "transactions": count, "new_sources": fresh}
    click.echo(json.dumps(row) if as_json else say("money.brought", what=safe(what), count=count, fresh=fresh))


@click.command("wallets", epilog="Example:  marque money wallets case-14 --tags exchanges.yaml --period year --json")
@click.argument("folder", metavar="RUN_OR_WORKSPACE_OR_FOLDER", type=click.Path(path_type=Path))
@click.option("--address", "addresses", multiple=True, metavar="CHAIN:ADDRESS", help="Not those that sites show.")
@click.option("--tags", "files", multiple=True, type=click.Path(path_type=Path), help="A tag pack; may be repeated.")
@click.option("--period", type=click.Choice(sorted(PERIODS)), default="month", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def wallets(folder: Path, addresses: tuple[str, ...], files: tuple[Path, ...], period: str, as_json: bool) -> int:
    """What came in at the wallets that sites show, by period, as ledgers that were brought in say.

    Change and transfers between addresses that spend together are no receipts. What looks like a CoinJoin joins nobody;
    a cluster that grows too large, or holds two tagged entities, is taken apart and named.
    """
    asked, places, place = _asked(folder, addresses)
    read = [packs.read(path) for path in files]
    held = store.held(place)
    entities = packs.entities(tag for tags in (*(pack.tags for pack in read), desk.kept_tags(place)) for tag in tags)
    clusters = cluster(held.transactions, entities)
    found = received(held.transactions, asked, clusters, period, amounts.holders(places))
    if not held.transactions:
        click.echo(say("money.row-no-ledger", wallets=len(asked)), err=True)
    sizes = Counter(clusters.of.values())
    for row in found.rows:
        fields = _fields(row, clusters, entities) | {"cluster_size": sizes[row.cluster] or 1}
        text = {name: safe(str(value)) for name, value in fields.items()}
        click.echo(json.dumps(fields, ensure_ascii=False) if as_json else say("money.wallet", **text))
    for refused in clusters.refused:
        whose = ", ".join(safe(name) for name in refused.entities) or "-"
        click.echo(say(f"money.cluster-{refused.why}", count=refused.addresses, entities=whose), err=True)
    click.echo(say("money.left-out", own=found.own, waiting=found.unconfirmed, mixes=len(clusters.coinjoins)), err=True)
    return max(named(held.problems, held.unnamed), named(problem for pack in read for problem in pack.problems))


def _asked(folder: Path, addresses: tuple[str, ...]) -> tuple[list[Address], dict[Address, amounts.Shown], Path]:
    """The addresses asked for, or those that sites of the run show; and where the ledger lies."""
    if not addresses:
        found = traced(folder)
        places = amounts.wallets(found.flows)
        return list(places), places, found.ledger
    asked = []
    for text in addresses:
        address = known_address(text)
        if address is None:
            raise WrongUsage("money.no-address", address=text, chain=text.partition(":")[0])
        asked.append(address)
    return asked, {}, ledger_of(folder)


def _fields(row: Received, clusters: Clusters, entities: dict[Address, str]) -> dict[str, object]:
    return {
        "address": shown(*row.address),
        "period": row.amount.period,
        "basis": "observed",
        "amount": row.amount.value,
        "exact": row.amount.exact,
        "currency": row.amount.currency,
        "payments": row.payments,
        "senders_unknown": row.unknown,
        "first": clock.iso(row.first),
        "last": clock.iso(row.last),
        "cluster": shown(*row.cluster),
        "tagged": entities.get(row.address),
        "records": list(row.amount.records),
        "joined_by": list(clusters.records.get(row.cluster, ())),
    }

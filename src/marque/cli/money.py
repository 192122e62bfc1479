"""`marque money`: whose accounts, what came in, what may have come in; each with what it rests on."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from marque.cli.money_diagrams import diagram
from marque.cli.money_inputs import inputs
from marque.cli.money_ledger import transactions, wallets
from marque.cli.money_places import lines, named, traced
from marque.cli.money_receipts import receipts
from marque.cli.shown import safe
from marque.errors import WrongUsage
from marque.money import payers as paying
from marque.money.ledger import tags as packs
from marque.money.sellers import sellers_json
from marque.words import say


@click.group("money", epilog="Example:  marque money trace case-14 --sellers ads.example=sellers.json")
def command() -> None:
    """Accounts, receipts and ledgers behind networks, with ranges and sources. A lead to follow, never a charge."""


command.add_command(diagram)
command.add_command(inputs)
command.add_command(receipts)
command.add_command(transactions)
command.add_command(wallets)


@command.command("trace", epilog="Example:  marque money trace case-14 --sellers ads.example=sellers.json --json")
@click.argument("run", metavar="RUN_OR_WORKSPACE", type=click.Path(path_type=Path))
@click.option("--sellers", multiple=True, metavar="SYSTEM=FILE", help="An ad system's sellers.json; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def trace(run: Path, sellers: tuple[str, ...], as_json: bool) -> int:
    """Join the ads.txt lines of networks' sites with the ad systems' own lists: whose account each of them is.

    DIRECT is kept apart from RESELLER. An account that the list calls an intermediary's, that it lacks, that it names
    another domain for, or that many unrelated sites carry is said to be so, and is no payee of one network.
    """
    found = traced(run)
    read = [sellers_json.read(path, system) for system, path in (_pair(text) for text in sellers)]
    for line in lines(found, read):
        row = asdict(line)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    return named(problem for each in read for problem in each.problems)


def _pair(text: str) -> tuple[str, Path]:
    system, equals, path = text.partition("=")
    if not (system and equals and path):
        raise WrongUsage("money.sellers-pair", text=text)
    return system, Path(path)


def _line(row: dict[str, object]) -> str:
    shown = {name: safe(str(value)) for name, value in row.items() if value is not None}
    words = {name: say(f"money.{name}.{row[name]}") for name in ("relation", "standing", "holder")}
    return say("money.line", **{"network": "-", "domain": "-", **shown, **words})


@command.command("payers", epilog="Example:  marque money payers case-14 --json")
@click.argument("run", metavar="RUN_OR_WORKSPACE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def payers(run: Path, as_json: bool) -> int:
    """Advertisers, ad systems and programmes, those first on whom most networks hang. Readers who give are left out."""
    found = traced(run)
    for one in paying.payers(found.flows, found.network_of()):
        row = asdict(one)
        counts = {"networks": len(one.networks), "sites": one.sites, "accounts": len(one.accounts)}
        text = say("money.payer", name=safe(one.name), operator=one.operator or "-", **counts)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else text)
    return 0


@command.command("tags", epilog="Example:  marque money tags exchanges.yaml --json")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def tags(file: Path, as_json: bool) -> int:
    """Read a tag pack (GraphSense TagPack format) and print its tags, each with its source.

    A tag is its creator's claim. Give the file to `marque money wallets --tags` to use it.
    """
    pack = packs.read(file)
    for tag in pack.tags:
        row = {**asdict(tag), "address": f"{tag.address[0]}:{tag.address[1]}"}
        text = {name: safe(str(value)) for name, value in row.items()}
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else say("money.tag", **text))
    return named(pack.problems)

"""What an office keeps for money, beside a workspace's captures: tables of visits, prices and donations, and tag packs.

They lie under `inputs` of the folder that holds the ledger sources, as they were brought. A new table takes the old
one's place; what was found with the old one is found again only with a copy of it, which the office keeps itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from marque.digest import sha256
from marque.money import brought
from marque.money.estimate import donations, prices, visits
from marque.money.estimate.donations import Donation
from marque.money.estimate.prices import Price, Prices
from marque.money.estimate.visits import Visits
from marque.money.ledger import tags
from marque.money.ledger.tags import Tag
from marque.money.rows import MAX_BYTES, Problem, Read

TABLES = ("visits", "prices", "donations")


@dataclass(frozen=True, slots=True)
class Brought:
    """The tables read, each empty where there is none; and what is wrong with their rows."""

    visits: tuple[Visits, ...]
    prices: Prices
    stated: tuple[Donation, ...]
    problems: tuple[Problem, ...] = ()
    unnamed: int = 0


def place_of(folder: Path, table: str) -> Path:
    """Where a kept table lies."""
    return folder / "inputs" / f"{table}.csv"


def keep_table(folder: Path, table: str, path: Path) -> Brought:
    """Keep a table, once it could be read as a whole. What is wrong with single rows is told and kept with it."""
    read_now = read({table: path})
    brought.write(place_of(folder, table), brought.whole(path, MAX_BYTES))
    return read_now


def keep_tags(folder: Path, path: Path) -> tags.TagPack:
    """Keep a tag pack beside those that are there; the same one is kept once."""
    pack = tags.read(path)
    data = brought.whole(path, tags.MAX_BYTES)
    brought.write(folder / "inputs" / "tags" / f"{sha256(data)}.yaml", data)
    return pack


def kept(folder: Path) -> dict[str, Path]:
    """The tables that are kept, by name."""
    places = {table: place_of(folder, table) for table in TABLES}
    return {table: path for table, path in places.items() if path.is_file()}


def kept_tags(folder: Path) -> Iterator[Tag]:
    """The tags of every pack that is kept."""
    for path in sorted((folder / "inputs" / "tags").glob("*.yaml")):
        yield from tags.read(path).tags


def read(given: Mapping[str, Path]) -> Brought:
    """Read the tables that are given, by name."""
    counted: Read[Visits] = visits.read(given["visits"]) if "visits" in given else Read(())
    nothing: Read[Price] = Read(())
    priced, listed = prices.read(given["prices"]) if "prices" in given else (Prices({}, ""), nothing)
    stated: Read[Donation] = donations.read(given["donations"]) if "donations" in given else Read(())
    problems = (*counted.problems, *listed.problems, *stated.problems)
    return Brought(counted.rows, priced, stated.rows, problems, counted.unnamed + listed.unnamed + stated.unnamed)

"""Transactions as a CSV table: one row a coin in or out. What an analyst exports from a ledger explorer by hand.

Columns: chain, txid, time (ISO 8601, empty while unconfirmed), side (`input` or `output`; on account chains the sender
is the input), address (empty where there is none), value (in coins); optional: index (place among its side), asset (a
token's name; otherwise the chain's own coin). The rows of one transaction may stand anywhere in the file.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from marque import clock
from marque.money import rows
from marque.money.ledger.model import CHAIN, DECIMALS, SIDES, Coin, Transaction, address_key, transaction_id
from marque.money.rows import Cells, Problem, Read, Refused

NEEDED = ("chain", "txid", "time", "side", "address", "value")
_EARLIEST = clock.parse_iso("2009-01-03") or 0  # no ledger is older


class _Row(NamedTuple):
    chain: str
    txid: str
    time: int | None
    side: str
    place: str
    coin: Coin
    record: str


def read(path: Path) -> Read[Transaction]:
    """The transactions of a table, each named by its first row; every wrong row or transaction is named."""
    found = rows.read(path, NEEDED, _row)
    groups: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in found.rows:
        groups[row.chain, row.txid].append(row)
    kept: list[Transaction] = []
    problems = list(found.problems)
    for group in groups.values():
        one = _transaction(group)
        if one is not None:
            kept.append(one)
        else:
            place = f"{path.name}:{rows.line_of(group[0].record)}"
            problems.append(Problem("money.transaction-contradicted", place, group[0].txid))
    return Read(tuple(kept), tuple(problems), found.unnamed)


def _transaction(group: list[_Row]) -> Transaction | None:
    """One transaction of its rows; None where they contradict each other."""
    if len({row.time for row in group}) != 1:
        return None
    placed: dict[tuple[str, str], Coin] = {}
    for row in group:
        # Without an index, two equal rows are two coins: an address may be paid the same sum twice at once.
        place = (row.side, row.place or row.record)
        if placed.setdefault(place, row.coin) != row.coin:
            return None
    first = group[0]
    spent, paid = (tuple(_side(placed, side)) for side in SIDES)
    return Transaction(first.chain, first.txid, first.time, spent, paid, first.record)


def _side(placed: dict[tuple[str, str], Coin], side: str) -> Iterator[Coin]:
    return (coin for (where, _), coin in placed.items() if where == side)


def _row(cells: Cells, record: str) -> _Row:
    chain = rows.text(cells, "chain").lower()
    if not CHAIN.fullmatch(chain):
        raise Refused("chain")
    txid = transaction_id(chain, rows.text(cells, "txid"))
    if txid is None:
        raise Refused("txid")
    index = rows.text(cells, "index", needed=False)
    if index and not (index.isascii() and index.isdigit() and len(index) < 10):
        raise Refused("index")
    side = rows.one_of(cells, "side", SIDES)
    coin = Coin(_address(cells, chain), _asset(cells, chain), units(cells, "value"))
    return _Row(chain, txid, _time(cells), side, index, coin, record)


def _address(cells: Cells, chain: str) -> str | None:
    text = rows.text(cells, "address", needed=False)
    if not text:
        return None
    address = address_key(chain, text.removeprefix(f"{chain}:"))
    if address is None:
        raise Refused("address")
    return address


def _asset(cells: Cells, chain: str) -> str:
    asset = (rows.text(cells, "asset", needed=False) or chain).upper()
    if not (asset.isascii() and asset.isalnum() and len(asset) <= 12):
        raise Refused("asset")
    return asset


def _time(cells: Cells) -> int | None:
    text = rows.text(cells, "time", needed=False)
    if not text:
        return None
    moment = clock.parse_iso(text)
    if moment is None or moment < _EARLIEST:
        raise Refused("time")
    return moment


def units(cells: Cells, name: str) -> int:
    """An amount of coins in units of 10**-18, exact."""
    rows.number(cells, name)
    whole, _, part = cells[name].partition(".")
    return int(whole + part.ljust(DECIMALS, "0"))

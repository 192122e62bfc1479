"""Transactions of an address from an Esplora-style server that the operator names. Opens no connection itself.

The server is believed as far as its own words hold together: every transaction must touch the address that was asked
for, pages must bring something new, and there is an end to how many are asked for. Whoever runs the server learns which
address somebody looks into: a server of one's own tells nobody.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marque.digest import sha256
from marque.errors import InputRefused
from marque.money.ledger.model import DECIMALS, Coin, Transaction, address_key
from marque.money.rows import Problem

SATOSHI = 8
MAX_PAGES, MAX_PAGE, MAX_ALL, MAX_COINS = 400, 32 << 20, 512 << 20, 20_000
MOST = 2**63 - 1
_TXID = re.compile(r"[0-9a-f]{64}")
_LATEST = 4_102_444_800  # 2100
Fetch = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer as it came, and what it says."""

    body: bytes
    transactions: tuple[Transaction, ...]
    problems: tuple[Problem, ...]


def pages(fetch: Fetch, chain: str, address: str) -> Iterator[Page]:
    """Every page of an address, newest first, by the last confirmed transaction seen. Ends at one without news."""
    seen: set[str] = set()
    size = 0
    path = f"/address/{address}/txs"
    for _ in range(MAX_PAGES):
        body = fetch(path)
        size += len(body)
        if size > MAX_ALL:
            break
        page = parse(body, chain, address)
        news = [one for one in page.transactions if one.txid not in seen]
        seen.update(one.txid for one in news)
        yield page
        confirmed = [one for one in news if one.time is not None]
        if not confirmed:
            return
        path = f"/address/{address}/txs/chain/{confirmed[-1].txid}"
    raise InputRefused("money.ledger-too-long", address=address, pages=MAX_PAGES)


def parse(body: bytes, chain: str, address: str) -> Page:
    """What a page says. Records are `<digest of the page>:<place in it>`."""
    digest = sha256(body)
    try:
        listed = json.loads(body)
    except (ValueError, RecursionError) as reason:
        raise InputRefused("money.ledger-not-json", address=address) from reason
    if not isinstance(listed, list):
        raise InputRefused("money.ledger-not-json", address=address)
    found: list[Transaction] = []
    problems: list[Problem] = []
    for number, entry in enumerate(listed[:10_000]):
        try:
            one = _transaction(entry, chain, f"{digest}:{number}")
        except (KeyError, TypeError, ValueError):
            problems.append(Problem("money.ledger-entry", f"{digest[:12]}:{number}"))
            continue
        if address in {coin.address for coin in (*one.inputs, *one.outputs)}:
            found.append(one)
        else:
            problems.append(Problem("money.ledger-foreign", f"{digest[:12]}:{number}", one.txid))
    return Page(body, tuple(found), tuple(problems))


def _transaction(entry: Mapping[str, Any], chain: str, record: str) -> Transaction:
    txid = entry["txid"]
    if not isinstance(txid, str) or not _TXID.fullmatch(txid):
        raise ValueError(txid)
    spent = (None if source.get("is_coinbase") else source["prevout"] for source in _bounded(entry["vin"]))
    inputs = tuple(_coin(coin, chain) for coin in spent if coin is not None)
    outputs = tuple(_coin(coin, chain) for coin in _bounded(entry["vout"]))
    return Transaction(chain, txid, _time(entry["status"]), inputs, outputs, record)


def _bounded(listed: object) -> Iterable[Mapping[str, Any]]:
    if not isinstance(listed, list) or len(listed) > MAX_COINS:
        raise ValueError("coins")
    return listed


def _coin(entry: Mapping[str, Any], chain: str) -> Coin:
    value, address = entry["value"], entry.get("scriptpubkey_address")
    if type(value) is not int or not 0 <= value <= MOST:
        raise ValueError("value")
    key = address_key(chain, address) if isinstance(address, str) else None
    return Coin(key, chain.upper(), value * 10 ** (DECIMALS - SATOSHI))


def _time(status: Mapping[str, Any]) -> int | None:
    if not status["confirmed"]:
        return None
    seconds = status["block_time"]
    if type(seconds) is not int or not 0 < seconds < _LATEST:
        raise ValueError("time")
    return seconds * 1_000_000

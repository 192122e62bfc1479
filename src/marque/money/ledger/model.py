"""What a transaction of a public ledger is here: coins in, coins out, a time, and where it was read.

A ledger shows that coins moved between addresses. It shows neither who holds an address nor what was paid for. Whoever
sent coins is a bystander: senders are read to tell an owner's own coins from receipts, and are never listed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from marque.money.rows import Problem
from marque.signals.checks import ethereum

DECIMALS = 18  # amounts are whole numbers of 10**-18 of a coin, so that sums are exact on every chain
# Chains whose transactions spend coins: their inputs can be clustered. On all others an address is an account.
SPENDING = ("btc", "ltc", "doge")
HEXADECIMAL = ("eth", "bsc", "polygon", "arbitrum", "optimism", "base")
SIDES = ("input", "output")
_SHAPES = {
    "btc": re.compile(r"[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,87}"),
    "ltc": re.compile(r"[LM3][1-9A-HJ-NP-Za-km-z]{25,34}|ltc1[02-9ac-hj-np-z]{11,87}"),
    "doge": re.compile(r"[DA9][1-9A-HJ-NP-Za-km-z]{25,34}"),
    "trx": re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}"),
    **dict.fromkeys(HEXADECIMAL, re.compile(r"0x[0-9a-f]{40}")),
}
_SAME_DAY = 86_400_000_000  # a table made by hand gives the day, or another zone's hour
_ANY = re.compile(r"[!-~]{10,128}")
_HASH = re.compile(r"(?:0x)?[0-9a-f]{64}")
CHAIN = re.compile(r"[a-z][a-z0-9-]{1,15}")


class Coin(NamedTuple):
    """An amount at one side of a transaction; the address is None where the script has none."""

    address: str | None
    asset: str
    units: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """`time` in UTC microseconds, None while unconfirmed. `record`: `<digest of the source>:<ordinal in it>`."""

    chain: str
    txid: str
    time: int | None
    inputs: tuple[Coin, ...]
    outputs: tuple[Coin, ...]
    record: str


def address_key(chain: str, text: str) -> str | None:
    """An address as addresses are compared: its shape is checked, its checksum is not. None for what is none."""
    lower = text.lower()
    folded = lower if chain in HEXADECIMAL or lower.startswith(("bc1", "ltc1")) else text
    return folded if _SHAPES.get(chain, _ANY).fullmatch(folded) else None


def shown(chain: str, address: str) -> str:
    """`<chain>:<address>` as signals write it."""
    if chain in HEXADECIMAL:
        return f"{chain}:0x{ethereum.checksummed(address[2:])}"
    return f"{chain}:{address}"


def known_address(value: str) -> tuple[str, str] | None:
    """Chain and key of an address as signals write it (`btc:bc1q...`)."""
    chain, _, address = value.partition(":")
    key = address_key(chain, address)
    return (chain, key) if key else None


def transaction_id(chain: str, text: str) -> str | None:
    """A transaction's id; 64 hexadecimal digits on the chains that are known to write it so."""
    if chain in _SHAPES:
        return text.lower() if _HASH.fullmatch(text.lower()) else None
    return text if _ANY.fullmatch(text) else None


def merged(found: Iterable[Transaction]) -> tuple[list[Transaction], list[Problem]]:
    """Each transaction once, in order of time and id.

    The same one read twice counts once, and the fuller reading stands (a table may list one side only). Two readings
    that contradict each other are both left out and named: one of the sources is wrong, and it is not known which.
    """
    kept: dict[tuple[str, str], Transaction] = {}
    clash: set[tuple[str, str]] = set()
    for one in found:
        key = (one.chain, one.txid)
        both = _same(kept[key], one) if key in kept else one
        if both is None:
            clash.add(key)
        else:
            kept[key] = both
    rows = [one for key, one in kept.items() if key not in clash]
    problems = [Problem("money.transaction-contradicted", f"{chain}:{txid}") for chain, txid in sorted(clash)]
    return sorted(rows, key=lambda one: (one.time is None, one.time or 0, one.chain, one.txid)), problems


def _same(a: Transaction, b: Transaction) -> Transaction | None:
    """The fuller of two readings, None where they contradict each other."""
    if a.time is not None and b.time is not None and abs(a.time - b.time) > _SAME_DAY:
        return None
    for full, part in sorted(((a, b), (b, a)), key=lambda pair: pair[0].record):
        if _holds(full.inputs, part.inputs) and _holds(full.outputs, part.outputs):
            return full if full.time is not None else replace(full, time=part.time)
    return None


def _holds(full: Sequence[Coin], part: Sequence[Coin]) -> bool:
    return not Counter(part) - Counter(full)

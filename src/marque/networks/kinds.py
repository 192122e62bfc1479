"""What is known beforehand about each kind of signal: dated rows in `kinds.csv`.

A `group` is a provenance: things that reach a page by the same hand. An analytics id stands in the page's own text
and is copied with it, so its group is `page`, whatever its family; an advertising tag stands there too, but a copier
has a reason to change it, so it votes apart (`tag`) and still makes no link with nothing but the page beside it.
`purity` is the prior share (per mille) of pairs of sites sharing a value of that kind on two or three sites that are
one operator's; it is an estimate, and it gives way to measurement as the input grows.
"""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PAGE, TAG, HOSTING, CERTIFICATE, NEVER, PAYER = "page", "tag", "hosting", "certificate", "never", "payer"
PAYMENT, IDENTITY, REGISTRANT = "payment", "identity", "registrant"
# What stands open on a page, so that anybody can put it on another; the rest takes a hand on the server or the name.
OPEN = (PAGE, TAG, PAYMENT, IDENTITY)

# What a kind nobody described counts as, by the family it came with.
_BY_FAMILY = {
    "money": TAG,
    "payment": "payment",
    "identity": "identity",
    "page": PAGE,
    "infrastructure": HOSTING,
    "content": NEVER,
    "risk": NEVER,
}
_UNKNOWN = (300, 4, 100)


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of `kinds.csv`. `against` is the weight of holding two different values at the same time."""

    name: str
    family: str
    group: str
    purity: int
    spread: int
    intruders: int
    against: int
    alone: bool
    source: str
    date: str


@cache
def known() -> Mapping[str, Kind]:
    """Every described kind by name."""
    text = (files("marque.networks") / "kinds.csv").read_text("utf-8")
    return {row["kind"]: _kind(row) for row in csv.DictReader(text.splitlines())}


def _kind(row: Mapping[str, str]) -> Kind:
    return Kind(
        name=row["kind"],
        family=row["family"],
        group=row["group"],
        purity=int(row["purity"]),
        spread=int(row["spread"]),
        intruders=int(row["intruders"]),
        against=int(row["against"]),
        alone=row["alone"] == "yes",
        source=row["source"],
        date=row["date"],
    )


def of(name: str, family: str | None) -> Kind:
    """The kind's row; a kind nobody described counts little, under the family it came with."""
    row = known().get(name)
    if row is not None:
        return row
    purity, spread, intruders = _UNKNOWN
    family = family or "other"
    return Kind(name, family, _BY_FAMILY.get(family, "other"), purity, spread, intruders, 0, False, "undescribed", "")


def prior_odds(kind: Kind, sites: float) -> float:
    """Prior log2 odds that two sites sharing a value on `sites` sites are one operator's.

    Beyond the number of sites an operator usually spreads one value over, the odds fall by four per doubling: a value
    on more sites than that is more and more likely everybody's.
    """
    if not kind.purity:
        return -30.0
    share = kind.purity / 1000
    return math.log2(share / (1 - share)) - 2 * max(0.0, math.log2(sites / kind.spread))

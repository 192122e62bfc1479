"""Who pays whom across networks: each advertiser, ad system and programme, and how many networks hang on it.

A payer of many networks is where one request reaches furthest. That an advertiser's banner stands on a site does not
prove that the advertiser knows; affiliates place banners too. Readers who give are bystanders and are no payer here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

DONATION = "donation"


@dataclass(frozen=True, slots=True)
class Payer:
    """One payer. `operator`: the network in which the payer's own domain stands, where it is a site of this data."""

    name: str
    directions: tuple[str, ...]
    operator: str | None
    networks: tuple[str, ...]
    sites: int
    accounts: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    directions: set[str] = field(default_factory=set)
    networks: set[str] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)


def payers(flows: pa.Table, network_of: Mapping[str, str]) -> list[Payer]:
    """Every payer but readers: those who pay most networks first, then most sites, then by name."""
    found: dict[str, _Seen] = defaultdict(_Seen)
    for row in flows.filter(pc.not_equal(flows["direction"], DONATION)).to_pylist():
        seen = found[row["payer"]]
        seen.directions.add(row["direction"])
        seen.records.update(row["records"])
        for kept, value in (
            (seen.networks, row["network"]),
            (seen.sites, row["payee"]),
            (seen.accounts, row["intermediary"]),
        ):
            if value is not None:
                kept.add(value)
    rows = (
        Payer(
            name, tuple(sorted(seen.directions)), network_of.get(name), tuple(sorted(seen.networks)),
            len(seen.sites), tuple(sorted(seen.accounts)), tuple(sorted(seen.records)),
        )
        for name, seen in found.items()
    )  # fmt: skip
    return sorted(rows, key=lambda one: (-len(one.networks), -one.sites, one.name))

"""Who pays whom, as far as signals say: payer, the account in between, the site that shows it, and its network.

A flow says that the account is shown or named there. It does not say that anything was paid, how much, or who holds
the account. Amounts stay empty until something observed gives one. Donors, customers and other bystanders are no party.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyarrow as pa
import pyarrow.compute as pc

from marque.evidence import tables
from marque.money.model import FLOWS
from marque.networks.ground import ground

VERSION = 1  # of what is made of the same sightings and networks
INFERRED = "inferred"
_COLUMNS = ("site", "kind", "value", "role", "record")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of `kinds.csv`: what kind of money a signal speaks of, and how its value names the payer."""

    direction: str
    payer: str

    def payer_of(self, value: str) -> str:
        """The paying side: an ad system, a programme, an advertiser, or readers as a body."""
        how, _, name = self.payer.partition(":")
        if how == "fixed":
            return name
        return {"before-colon": value.partition(":")[0], "before-comma": value.partition(",")[0]}.get(how, value)


@cache
def rules() -> Mapping[str, Rule]:
    """The kinds of signal that speak of money."""
    text = (files("marque.money") / "kinds.csv").read_text("utf-8")
    return {row["kind"]: Rule(row["direction"], row["payer"]) for row in csv.DictReader(text.splitlines())}


def trace(sightings: pa.Table, networks: pa.Table, matches: pa.Table | None = None) -> pa.Table:
    """One row a site and account (or advertiser), with every record that shows it.

    Only for sites in a network or that give ground to look (`marque.networks.ground`): whom a lawful site earns from
    is no business of ours.
    """
    network = dict(zip(networks["site"].to_pylist(), networks["network"].to_pylist(), strict=True))
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    grounds = ground(sightings, matches)
    for site, kind, value, record in _shown(sightings):
        if site in network or site in grounds.given:
            found[site, kind, value].add(record)
    rows = (_flow(*key, sorted(records), network.get(key[0])) for key, records in sorted(found.items()))
    return tables.ordered(tables.of_rows(FLOWS, rows))


def _shown(sightings: pa.Table) -> Iterator[tuple[str, str, str, str]]:
    """Money signals of sites and of advertisers; what a bystander wrote is dropped."""
    wanted = pc.is_in(sightings["kind"], value_set=pa.array(list(rules()), pa.string()))
    held = pc.and_(wanted, pc.is_valid(sightings["site"]))
    kept = sightings.filter(pc.and_(held, pc.not_equal(pc.fill_null(sightings["role"], "site"), "bystander")))
    for site, kind, value, role, record in zip(*(kept[name].to_pylist() for name in _COLUMNS), strict=True):
        # An advertiser's own wallet or account, behind its banner, is not where the site is paid.
        if role != "advertiser" or rules()[kind].direction == "banner":
            yield site, kind, value, record


def _flow(site: str, kind: str, value: str, records: list[str], network: str | None) -> Mapping[str, object]:
    rule = rules()[kind]
    payer = rule.payer_of(value)
    return {
        "payer": payer,
        "intermediary": None if payer == value else value,
        "payee": site,
        "network": network,
        "low": None,
        "mid": None,
        "high": None,
        "currency": None,
        "period": None,
        "basis": INFERRED,
        "records": records,
        "kind": kind,
        "direction": rule.direction,
    }

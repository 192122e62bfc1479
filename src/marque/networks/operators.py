"""Suspected operators: the accounts and aliases that stand on the sites of a network, with dates, records and doubts.

An account is not a person. One person holds many accounts, many people hold one, agencies and payment houses hold
accounts for others, and anybody can write somebody else's address on a page. What bystanders wrote and what belongs to
advertisers is left out; accounts that stand on sites outside the network as well are shown as such.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa

from marque.networks.groups import Groups

MOST = 200  # accounts of a network that are kept, those on most of its sites first
_RECORDS, _ABROAD = 3, 5
# Kinds whose value begins with the vendor or chain: accounts with different vendors are no rivals of each other.
_VENDORED = ("donation-handle", "chat-handle", "announcement-channel", "crypto-address", "ad-account", "affiliate-id")

_HELD = """
CREATE TABLE held AS
SELECT s.site, s.kind, s.value, min(s.family) AS family, min(s.time) AS since, max(s.time) AS until,
       min(s.record) AS record, CASE WHEN v.kind IS NULL THEN '' ELSE split_part(s.value, ':', 1) END AS vendor
FROM sightings s JOIN accounts a ON a.kind = s.kind LEFT JOIN vendored v ON v.kind = s.kind
WHERE s.role = 'site' AND s.site IS NOT NULL GROUP BY s.site, s.kind, s.value, v.kind"""
_SPREAD = "CREATE TABLE spread AS SELECT kind, value, count(*) AS sites FROM held GROUP BY kind, value"
_HERE = """
CREATE TABLE here AS
SELECT n.network, h.kind, h.value, min(h.vendor) AS vendor, min(h.family) AS family, count(*) AS sites,
       count(CASE WHEN n.role = 'core' THEN 1 END) AS core, min(h.since) AS since, max(h.until) AS until
FROM held h JOIN networks n ON n.site = h.site GROUP BY n.network, h.kind, h.value"""
_BESIDE = """
CREATE TABLE beside AS
SELECT n.network, h.kind, h.vendor, count(DISTINCT h.site) AS sites
FROM held h JOIN networks n ON n.site = h.site GROUP BY n.network, h.kind, h.vendor"""
_KEPT = """
CREATE TABLE kept AS
SELECT * FROM (
  SELECT h.*, s.sites - h.sites AS outside, b.sites - h.sites AS rivals, t.sites AS of, t.core AS core_of,
         row_number() OVER (PARTITION BY h.network ORDER BY h.sites DESC, s.sites, h.kind, h.value) AS place
  FROM here h JOIN spread s ON s.kind = h.kind AND s.value = h.value
  JOIN beside b ON b.network = h.network AND b.kind = h.kind AND b.vendor = h.vendor
  JOIN (SELECT network, count(*) AS sites, count(CASE WHEN role = 'core' THEN 1 END) AS core
        FROM networks GROUP BY network) t ON t.network = h.network)
WHERE place <= {most}"""
_SITES = """
SELECT k.network, k.kind, k.value, h.site, h.record FROM kept k
JOIN held h ON h.kind = k.kind AND h.value = k.value JOIN networks n ON n.site = h.site AND n.network = k.network
ORDER BY k.network, k.place, h.site"""
_ABROAD_IN = """
SELECT DISTINCT k.network, k.kind, k.value, n.network FROM kept k
JOIN held h ON h.kind = k.kind AND h.value = k.value JOIN networks n ON n.site = h.site AND n.network <> k.network
ORDER BY 1, 2, 3, 4"""
_ROWS = """
SELECT network, kind, value, family, sites, core, of, core_of, since, until, outside, rivals
FROM kept ORDER BY network, place"""

Key = tuple[str, str, str]  # network, kind, value


@dataclass(frozen=True, slots=True)
class Account:
    """One account or alias in one network. `group`: accounts of one number stand on sites they have in common.

    Times are UTC
    microseconds. `rivals`: sites of the network that name another account of the kind (and vendor), and never this one.
    """

    network: str
    kind: str
    value: str
    account: str
    family: str
    sites: int
    core: int
    of: int
    core_of: int
    since: int | None
    until: int | None
    records: tuple[str, ...]
    outside: int
    abroad: tuple[str, ...]
    rivals: int
    several: bool
    group: int = 0

    @property
    def doubts(self) -> tuple[str, ...]:
        """What speaks against taking this for the operator's own account, as codes."""
        found = (
            ("networks.operator-elsewhere", self.outside >= self.sites),
            ("networks.operator-outside", 0 < self.outside < self.sites),
            ("networks.operator-rivals", self.rivals > 0 and not self.several),
            ("networks.operator-halo", self.core == 0),
            ("networks.operator-single", self.sites == 1 and self.of > 1),
            ("networks.operator-copied", self.account == "tool"),
        )
        return tuple(code for code, holds in found if holds)


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of `accounts.csv`: what an account of this kind is, and whether one hand usually has several."""

    account: str
    several: bool


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that is an account or an alias."""
    text = (files("marque.networks") / "accounts.csv").read_text("utf-8")
    return {row["kind"]: Kind(row["account"], row["several"] == "yes") for row in csv.DictReader(text.splitlines())}


def gather(sightings: pa.Table, networks: pa.Table, most: int = MOST) -> list[Account]:
    """The accounts of every network, those on most of its sites first; ties by kind and value."""
    engine = duckdb.connect(":memory:")
    try:
        _load(engine, sightings, networks)
        for statement in (_HELD, _SPREAD, _HERE, _BESIDE, _KEPT.format(most=int(most))):
            engine.execute(statement)
        sites: dict[Key, list[tuple[str, str]]] = defaultdict(list)
        for network, kind, value, site, record in engine.execute(_SITES).fetchall():
            sites[network, kind, value].append((site, record))
        abroad: dict[Key, list[str]] = defaultdict(list)
        for network, kind, value, other in engine.execute(_ABROAD_IN).fetchall():
            abroad[network, kind, value].append(other)
        rows = engine.execute(_ROWS).fetchall()
    finally:
        engine.close()
    return _grouped([_account(row, sites, abroad) for row in rows], sites)


def _load(engine: duckdb.DuckDBPyConnection, sightings: pa.Table, networks: pa.Table) -> None:
    wanted = sightings.select(["site", "kind", "family", "value", "role", "record"])
    wanted = wanted.append_column("time", sightings["time"].cast(pa.int64()))  # microseconds, UTC
    given = {
        "sightings": wanted,
        "networks": networks.select(["network", "site", "role"]),
        "accounts": pa.table({"kind": sorted(kinds())}),
        "vendored": pa.table({"kind": sorted(_VENDORED)}),
    }
    for name, table in given.items():
        engine.register("given", table)
        engine.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608  our own names
        engine.unregister("given")


def _account(
    row: Sequence[object], sites: Mapping[Key, Sequence[tuple[str, str]]], abroad: Mapping[Key, Sequence[str]]
) -> Account:
    network, kind, value, family = (str(each) for each in row[:4])
    here, core, of, core_of = (int(str(each)) for each in row[4:8])
    key, known = (network, kind, value), kinds()[kind]
    return Account(
        network, kind, value, known.account, family, here, core, of, core_of, _moment(row[8]), _moment(row[9]),
        tuple(record for _, record in sites[key][:_RECORDS] if record), int(str(row[10])),
        tuple(abroad.get(key, ())[:_ABROAD]), int(str(row[11])), known.several,
    )  # fmt: skip


def _moment(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _grouped(accounts: Sequence[Account], sites: Mapping[Key, Sequence[tuple[str, str]]]) -> list[Account]:
    """The same with groups numbered from 1 in each network, in the order of their first account.

    Accounts that stand on more sites outside than inside join nothing: a service's address would join everybody.
    """
    groups, first = Groups(len(accounts)), dict[tuple[str, str], int]()
    for place, account in enumerate(accounts):
        if account.outside < account.sites:
            for site, _ in sites[account.network, account.kind, account.value]:
                groups.join(place, first.setdefault((account.network, site), place))
    numbers: dict[str, dict[int, int]] = defaultdict(dict)
    found = []
    for place, account in enumerate(accounts):
        known = numbers[account.network]
        found.append(replace(account, group=known.setdefault(groups.root(place), len(known) + 1)))
    return found

"""Reach of each network, and its choke points: shared resources, whose they are, and what would go with each.

Every figure is a range. Its low end takes only what the last captures showed standing, and only sites that have
nothing else of the kind; its high end takes all that was ever seen. That a resource is shared says whom to ask. It
does not say that its owner knows what it carries, nor that what goes would stay away.
"""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa

from marque.evidence.suffixes import registrable

MOST = 60  # choke points of a network that are kept, those on most sites first
_FOR_EACH_OTHER = frozenset({"payment", "advertising"})
Range = tuple[int, int]

_WANTED = """
CREATE TABLE sightings AS
SELECT g.site, g.kind, g.value, g.record FROM given g JOIN wanted w ON w.kind = g.kind
WHERE g.site IS NOT NULL AND g.role <> 'bystander'"""
_VALUES = "SELECT DISTINCT kind, value FROM sightings ORDER BY kind, value"
_CARRIED = """
SELECT n.network, s.kind, f.resource, s.site, min(s.record) FROM sightings s
JOIN folded f ON f.kind = s.kind AND f.value = s.value JOIN networks n ON n.site = s.site
GROUP BY n.network, s.kind, f.resource, s.site ORDER BY 1, 2, 3, 4"""
_SPREAD = """
SELECT s.kind, f.resource, count(DISTINCT s.site) FROM sightings s
JOIN folded f ON f.kind = s.kind AND f.value = s.value GROUP BY s.kind, f.resource"""


@dataclass(frozen=True, slots=True)
class World:
    """What is known of sites beside their signals: which stood at their last capture, what they carry and speak.

    `works` are those found on a site without a licence; `visits` what somebody says of a site, as a range.
    """

    up: Collection[str] = frozenset()
    works: Mapping[str, Collection[str]] = field(default_factory=dict)
    languages: Mapping[str, Collection[str]] = field(default_factory=dict)
    visits: Mapping[str, Range] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one network reaches. `visits` is None where nobody says anything of any member; `said` is of how many."""

    network: str
    sites: Range
    works: Range
    visits: Range | None
    said: int


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """One shared resource of one network, and what the network would lose with it.

    `sites` of `of` members; `works` of `works_of`; `languages` that only sites standing on it serve, at the high end.
    `elsewhere`: sites outside the network on the same resource, which would be hit as well.
    """

    network: str
    kind: str
    resource: str
    owner: str
    provider: str
    sites: Range
    of: int
    works: Range
    works_of: int
    languages: tuple[str, ...]
    elsewhere: int
    record: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of `resources.csv`: whose a resource is, and how the house behind a value is read from it."""

    owner: str
    provider: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that is a shared resource of somebody else's."""
    text = (files("marque.networks") / "resources.csv").read_text("utf-8")
    return {row["kind"]: Kind(row["owner"], row["provider"]) for row in csv.DictReader(text.splitlines())}


def fold(kind: str, value: str) -> str:
    """The resource that a value stands for: of an account only the house that keeps it can be asked."""
    rule, _, fixed = kinds()[kind].provider.partition(":")
    if rule == "fixed":
        return fixed
    if rule == "before-colon":
        return value.partition(":")[0]
    if rule == "before-comma":
        return value.partition(",")[0]
    if rule == "domain":
        return registrable(value.partition(",")[0]) or value
    return f"{value[:2]} {value[4:8]}" if rule == "bank" else value


def provider(kind: str, resource: str) -> str:
    """Who could be asked, as far as the value says; "" where it has to be looked up first."""
    return resource if kinds()[kind].provider else ""


def reach(networks: pa.Table, world: World) -> list[Reach]:
    """Every network, the widest first: by visits where any are known, then by the works on sites that stand."""
    found = [_reach(network, members, world) for network, members in _members(networks).items()]
    return sorted(found, key=_order)


def _order(row: Reach) -> tuple[Range, Range, Range, str]:
    return _negative(row.visits or (-1, -1)), _negative(row.works), _negative(row.sites), row.network


def _reach(network: str, members: Mapping[str, str], world: World) -> Reach:
    core = [site for site, role in members.items() if role == "core" and site in world.up]
    said = [world.visits[site] for site in members if site in world.visits]
    return Reach(
        network,
        (len(core), len(members)),
        (len(_union(core, world.works)), len(_union(members, world.works))),
        (sum(low for low, _ in said), sum(high for _, high in said)) if said else None,
        len(said),
    )


def _negative(value: Range) -> Range:
    return -value[0], -value[1]


def _members(networks: pa.Table) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    columns = (networks[name].to_pylist() for name in ("network", "site", "role"))
    for network, site, role in sorted(zip(*columns, strict=True)):
        found.setdefault(network, {})[site] = role
    return found


def _union(sites: Iterable[str], held: Mapping[str, Collection[str]]) -> set[str]:
    return {each for site in sites for each in held.get(site, ())}


def chokepoints(sightings: pa.Table, networks: pa.Table, world: World, most: int = MOST) -> list[Chokepoint]:
    """The resources that at least two sites of a network stand on: by network, those that carry most first."""
    carried, spread = _carried(sightings, networks)
    found: list[Chokepoint] = []
    for network, members in _members(networks).items():
        here = carried.get(network, {})
        wide = sorted((row for row in here.items() if len(row[1]) > 1), key=lambda row: (-len(row[1]), row[0]))[:most]
        found += _of_network(network, members, here, dict(wide), spread, world)
    return found


Key = tuple[str, str]  # kind, resource
Carried = dict[Key, dict[str, str]]  # resource -> site -> record


def _carried(sightings: pa.Table, networks: pa.Table) -> tuple[dict[str, Carried], dict[Key, int]]:
    """Per network the resources and the sites on them, and on how many sites of the run each resource is."""
    engine = duckdb.connect(":memory:")
    try:
        engine.register("given", sightings.select(["site", "kind", "value", "role", "record"]))
        engine.register("networks", networks.select(["network", "site"]))
        engine.register("wanted", pa.table({"kind": sorted(kinds())}))
        engine.execute(_WANTED)
        engine.register("folded", _folded(engine.execute(_VALUES).fetchall()))
        found: dict[str, Carried] = defaultdict(dict)
        for network, kind, resource, site, record in engine.execute(_CARRIED).fetchall():
            found[network].setdefault((kind, resource), {})[site] = record or ""
        spread = {(kind, resource): count for kind, resource, count in engine.execute(_SPREAD).fetchall()}
    finally:
        engine.close()
    return found, spread


def _folded(values: Sequence[tuple[str, str]]) -> pa.Table:
    kinds_of, names = [kind for kind, _ in values], [value for _, value in values]
    resources = [fold(kind, value) for kind, value in values]
    text = pa.string()
    columns = (pa.array(each, text) for each in (kinds_of, names, resources))
    return pa.table(dict(zip(("kind", "value", "resource"), columns, strict=True)))


def _of_network(
    network: str, members: Mapping[str, str], here: Carried, wide: Carried, spread: Mapping[Key, int], world: World
) -> list[Chokepoint]:
    choices = _choices(here)
    works, languages = _carriers(members, world.works), _carriers(members, world.languages)
    found = []
    for (kind, resource), sites in wide.items():
        owner, ever = kinds()[kind].owner, set(sites)
        sure = {site for site in ever if site in world.up and len(choices[site, _sort(kind)]) == 1}
        found.append(
            Chokepoint(
                network, kind, resource, owner, provider(kind, resource), (len(sure), len(ever)), len(members),
                (len(_lost(works, sure)), len(_lost(works, ever))), len(works), tuple(sorted(_lost(languages, ever))),
                spread[kind, resource] - len(ever), sites[min(sites)],
            )
        )  # fmt: skip
    found.sort(key=lambda row: (*_negative(row.sites)[::-1], row.owner, row.kind, row.resource))
    return found


def _sort(kind: str) -> str:
    """What can stand in for a resource: another payment house or ad system of any kind, else only one of its kind."""
    owner = kinds()[kind].owner
    return owner if owner in _FOR_EACH_OTHER else kind


def _choices(here: Carried) -> dict[tuple[str, str], set[str]]:
    """Per site and sort: the resources the site has. With two of them it outlives the loss of one."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (kind, resource), sites in here.items():
        for site in sites:
            found[site, _sort(kind)].add(resource)
    return found


def _carriers(members: Iterable[str], held: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for site in members:
        for each in held.get(site, ()):
            found[each].add(site)
    return found


def _lost(carriers: Mapping[str, set[str]], sites: set[str]) -> set[str]:
    """What none but these sites carry."""
    return {each for each, where in carriers.items() if where <= sites}

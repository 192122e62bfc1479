"""ads.txt and app-ads.txt lines joined with sellers.json: advertiser -> ad system -> account -> site -> network.

A line is what the site's file says; the list is what the ad system says. Neither proves who holds the account or that
it was paid. Accounts that serve many unrelated sites are intermediaries', whatever a line calls them, and are never the
payee of one network.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from marque.evidence import suffixes
from marque.money.sellers.sellers_json import TYPES, Seller, SellerList
from marque.networks.ground import ground

RELATIONS = {"ads-txt-direct": "direct", "ads-txt-reseller": "reseller", "adsense-publisher": "page"}
# What a line and the ad system's own list say together; `holder` is what follows from it.
STANDINGS = (
    "agrees", "both", "unnamed", "other-domain", "direct-but-intermediary", "reseller-but-publisher", "not-listed",
    "unclear", "not-looked",
)  # fmt: skip
_T = TypeVar("_T")
HOLDERS = ("network", "intermediary", "unknown")
UNRELATED = 10  # sites outside the network with the same account, past which it is an intermediary's by measurement


@dataclass(frozen=True, slots=True)
class Line:
    """One account named by one site. `sites` and `networks` count where else in this data the account stands."""

    site: str
    network: str | None
    system: str
    account: str
    relation: str
    standing: str
    holder: str
    kind: str | None
    name: str | None
    domain: str | None
    confidential: bool | None
    sites: int
    networks: int
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of sellers by system and account; which systems were looked at at all."""

    entries: Mapping[tuple[str, str], tuple[Seller, ...]]
    systems: frozenset[str]


def lists(sightings: pa.Table, files: Iterable[SellerList] = ()) -> Lists:
    """Lists seen in captures, and lists brought as files."""
    entries: dict[tuple[str, str], list[Seller]] = defaultdict(list)
    systems: set[str] = set()
    for found in files:
        systems.add(_system(found.system))
        for seller in found.sellers:
            entries[_system(found.system), seller.account].append(seller)
    for seller in _captured(sightings):
        systems.add(seller.system)
        entries[seller.system, seller.account].append(seller)
    return Lists({key: tuple(sellers) for key, sellers in entries.items()}, frozenset(systems))


def _captured(sightings: pa.Table) -> Iterator[Seller]:
    kept = sightings.filter(pc.equal(sightings["kind"], "seller"))
    for value, record in zip(kept["value"].to_pylist(), kept["record"].to_pylist(), strict=True):
        host, _, rest = value.partition(",")
        account, kind, domain = (["", "", *rest.rsplit(",", 2)])[-3:]
        if host and account:
            known = kind if kind in TYPES else None
            yield Seller(_system(host), account, known, None, domain or None, None, record)


def _system(name: str) -> str:
    """An ad system by its registrable domain: its list may lie on a host below it."""
    folded = name.strip().lower().rstrip(".")
    return suffixes.registrable(folded) or folded


def join(sightings: pa.Table, networks: pa.Table, known: Lists, matches: pa.Table | None = None) -> list[Line]:
    """A line per site and account, for sites in a network or that give ground to look; ordered."""
    network = dict(zip(networks["site"].to_pylist(), networks["network"].to_pylist(), strict=True))
    named = _named(sightings)
    spread: dict[tuple[str, str], set[str]] = defaultdict(set)
    for site, system, account, _ in named:
        spread[system, account].add(site)
    members: dict[str, set[str]] = defaultdict(set)
    for site, name in network.items():
        members[name].add(site)
    given = ground(sightings, matches).given
    found = []
    for (site, system, account, relation), records in sorted(named.items()):
        own = (site, system, account, "direct") not in named or relation != "page"
        if own and (site in network or site in given):
            family = members[network[site]] if site in network else {site}
            key, where = (site, system, account, relation), spread[system, account]
            found.append(_line(key, records, network, where, _Known(family, known)))
    return found


def _named(sightings: pa.Table) -> dict[tuple[str, str, str, str], set[str]]:
    """Site, system, account and relation to the records that show it; what bystanders wrote is left out."""
    wanted = pc.is_in(sightings["kind"], value_set=pa.array(list(RELATIONS), pa.string()))
    held = pc.and_(wanted, pc.is_valid(sightings["site"]))
    kept = sightings.filter(pc.and_(held, pc.equal(pc.fill_null(sightings["role"], "site"), "site")))
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    columns = (kept[name].to_pylist() for name in ("site", "kind", "value", "record"))
    for site, kind, value, record in zip(*columns, strict=True):
        system, _, account = ("google.com", "", value) if kind == "adsense-publisher" else value.partition(",")
        found[site, _system(system), account, RELATIONS[kind]].add(record)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    family: set[str]  # the sites of the line's network
    lists: Lists


def _line(
    key: tuple[str, str, str, str], records: set[str], network: Mapping[str, str], where: set[str], known: _Known
) -> Line:
    site, system, account, relation = key
    sellers = known.lists.entries.get((system, account), ())
    groups = {network[other] for other in where if other in network}
    standing = _standing(relation, sellers, known.family, looked=system in known.lists.systems)
    return Line(
        site, network.get(site), system, account, relation, standing,
        _holder(relation, standing, len(where - known.family), len(groups)),
        _one({seller.kind for seller in sellers}),
        _one({seller.name for seller in sellers if seller.name}),
        _one({seller.domain for seller in sellers if seller.domain}),
        _one({seller.confidential for seller in sellers if seller.confidential is not None}),
        len(where), len(groups), tuple(sorted(records)),
    )  # fmt: skip


def _one(values: set[_T]) -> _T | None:
    """The only value, None where there is none or more than one."""
    return next(iter(values)) if len(values) == 1 else None


def _standing(relation: str, sellers: tuple[Seller, ...], family: set[str], *, looked: bool) -> str:
    if not looked:
        return "not-looked"
    if not sellers:
        return "not-listed"
    kinds = {seller.kind for seller in sellers}
    if len(kinds) != 1 or None in kinds:
        return "unclear"
    (kind,) = kinds
    if relation == "reseller":
        return "reseller-but-publisher" if kind == "publisher" else "agrees"
    if kind == "intermediary":
        return "direct-but-intermediary"
    domains = {_system(seller.domain) for seller in sellers if seller.domain}
    if domains and not domains & {_system(site) for site in family}:
        return "other-domain"
    if kind == "both":
        return "both"
    return "agrees" if domains else "unnamed"  # a DIRECT line can be copied: only a named domain confirms it


def _holder(relation: str, standing: str, outside: int, groups: int) -> str:
    """Whose the account is: the network's only where line and list agree, and nobody unrelated names it as well."""
    if outside > UNRELATED or standing == "direct-but-intermediary":
        return "intermediary"
    if relation == "reseller":
        return "unknown" if standing in ("reseller-but-publisher", "unclear") else "intermediary"
    return "network" if standing == "agrees" and groups <= 1 else "unknown"


def whose(found: Iterable[Line]) -> dict[str, str]:
    """Whose each account is, by the name that flows give it. Where lines disagree, the more careful word counts."""
    held: dict[str, set[str]] = defaultdict(set)
    for line in found:
        held[line.account if line.relation == "page" else f"{line.system},{line.account}"].add(line.holder)
    return {name: _settled(holders) for name, holders in sorted(held.items())}


def _settled(holders: set[str]) -> str:
    if "intermediary" in holders:
        return "intermediary"
    return next(iter(holders)) if len(holders) == 1 else "unknown"

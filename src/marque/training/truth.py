"""What is true of a world, written beside it: who runs what, what was planted, and what must never be claimed."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from marque.clock import iso
from marque.training.cast import HERO, Cast
from marque.training.library import works
from marque.training.model import Planted, Site, Visit
from marque.training.packing import BROKEN_OFF
from marque.training.story import ALIAS, SLIP_ADDRESS, SLIP_SITES

FORMAT = 1
SERVICES = {"solmaru": ("ko", "es", "ja")}
# Kinds that everybody may share: they never make two sites one operator's.
COMMON = ("banner-advertiser", "referral-code", "page-theme", "script-url", "ip-address")
_WHY = {
    "copycat": "copied the page, its analytics id and its icon; money and chat are its own",
    "impostor": "took the name after the seizure; nothing else is the same",
    "agency-client": "both were built by one agency, which leaves its mail and its tag container in every page",
    "intermediary-client": "one firm sells advertising for both and stands in both lists as DIRECT",
    "advertiser": "one gambling house pays for banners on both",
    "address": "one delivery network or hosting company answers for both",
    "recycled-id": "the id was given out again after the first holder had gone",
}


def tell(cast: Cast, visits: list[Visit], seed: int) -> dict[str, Any]:
    """Everything that is true, as plain values."""
    planted = sorted({claim for visit in visits for claim in visit.planted}, key=_order)
    return {
        "format": FORMAT,
        "seed": seed,
        "sites": [_site(site) for site in cast.sites],
        "operators": [
            {"operator": o.key, "alias": o.alias, "habit": o.habit, "sites": list(o.hosts)} for o in cast.operators
        ],
        "works": [_work(work) for work in works()],
        "services": _services(cast),
        "successors": list(_successors(cast)),
        "impostors": [{"site": "new-solmaru.example", "pretends": "solmaru46.example"}],
        "links": list(_links(cast, planted)),
        "decoys": list(_decoys(cast, planted)),
        "pages": list(_pages(visits)),
        "servings": [_serving(serving) for visit in visits for serving in visit.servings],
        "signals": [_signal(claim) for claim in planted if claim.role != "bystander"],
        "bystanders": [_signal(claim) for claim in planted if claim.role == "bystander"],
        "damaged": [BROKEN_OFF],
        "story": _story(),
    }


def _order(claim: Planted) -> tuple[str, str, str, str]:
    return claim.site, claim.kind, claim.value, claim.role


def _site(site: Site) -> dict[str, Any]:
    return {
        "site": site.host,
        "operator": site.operator,
        "kind": site.kind,
        "part": site.part,
        "brand": site.brand,
        "languages": list(site.languages),
        "lawful": site.lawful,
        "first": iso(site.visits[0]),
        "last": iso(site.until if site.until is not None else site.visits[-1]),
    }


def _work(work: Any) -> dict[str, Any]:
    return {
        "work": work.key,
        "titles": work.titles,
        "holder": work.holder,
        "known": work.known,
        "languages": list(work.languages),
    }


def _signal(claim: Planted) -> dict[str, str]:
    return {"site": claim.site, "kind": claim.kind, "value": claim.value, "role": claim.role}


def _serving(serving: Any) -> dict[str, Any]:
    return {name: getattr(serving, name) for name in ("uri", "site", "work", "unit", "language", "panels", "part")}


def _pages(visits: Iterable[Visit]) -> Iterator[dict[str, Any]]:
    for visit in visits:
        for reply in visit.replies:
            if reply.page is None:
                verdict = visit.verdicts[reply.uri]
                yield {"uri": reply.uri, "site": visit.site.host, "time": iso(reply.time), "verdict": verdict}


def _services(cast: Cast) -> list[dict[str, Any]]:
    """The hero's three lines: each language is one service with its addresses in succession."""
    lines = []
    for language in SERVICES[HERO]:
        members = [s for s in _of(cast, HERO) if language in s.languages and s.part not in {"slip", "bulletin"}]
        rows = [
            {
                "site": s.host,
                "role": _role(s),
                "from": iso(s.visits[0]),
                "to": None if s.until is None else iso(s.until),
            }
            for s in members
        ]
        lines.append({"service": f"{HERO}-{language}", "names": sorted({s.brand for s in members}), "sites": rows})
    return lines


def _role(site: Site) -> str:
    return "mirror" if site.part == "mirror" else "current" if site.until is None else "former"


def _of(cast: Cast, operator: str) -> list[Site]:
    return [site for site in cast.sites if site.operator == operator]


def _successors(cast: Cast) -> Iterator[dict[str, str]]:
    """Who followed whom, within one language of the service."""
    for language in SERVICES[HERO]:
        line = [s for s in _of(cast, HERO) if language in s.languages and not s.part]
        for before, after in itertools.pairwise(sorted(line, key=lambda s: s.visits[0])):
            how = "seized" if cast.rows[before.host].get("end") == "seized" else "moved"
            yield {"site": after.host, "predecessor": before.host, "how": how}


def _shared(planted: Iterable[Planted]) -> dict[tuple[str, str], set[str]]:
    """Sites by value."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in planted:
        if claim.role != "bystander":
            found[claim.kind, claim.value].add(claim.site)
    return found


def _links(cast: Cast, planted: Iterable[Planted]) -> Iterator[dict[str, Any]]:
    """Every pair of one operator, with the planted values that both show (none where it kept them apart)."""
    shared = _shared(claim for claim in planted if claim.role == "site" and claim.kind not in COMMON)
    for operator in cast.operators:
        for a, b in itertools.combinations(sorted(operator.hosts), 2):
            values = [
                {"kind": kind, "value": value} for (kind, value), sites in sorted(shared.items()) if {a, b} <= sites
            ]
            yield {"a": a, "b": b, "operator": operator.key, "shared": values}


def _decoys(cast: Cast, planted: Iterable[Planted]) -> Iterator[dict[str, str]]:
    """Pairs that look alike and are not one operator's: every value shared across operators, and the impostor."""
    sites = {site.host: site for site in cast.sites}
    for (kind, value), holders in sorted(_shared(planted).items()):
        for a, b in itertools.combinations(sorted(holders), 2):
            if sites[a].operator is None or sites[a].operator != sites[b].operator:
                why = _reason(sites[a], sites[b], kind)
                yield {"a": a, "b": b, "kind": kind, "value": value, "why": why}
    for other in _of(cast, HERO):
        yield {
            "a": "new-solmaru.example",
            "b": other.host,
            "kind": "brand",
            "value": "Solmaru",
            "why": _WHY["impostor"],
        }


def _reason(one: Site, other: Site, kind: str) -> str:
    if kind in {"banner-advertiser", "referral-code"}:
        return _WHY["advertiser"]
    if kind == "ip-address":
        return _WHY["address"]
    if kind == "ads-txt-direct":
        return _WHY["intermediary-client"]
    parts = {one.part, other.part}
    return next(
        (_WHY[part] for part in ("copycat", "recycled-id", "agency-client") if part in parts), _WHY["agency-client"]
    )


def _story() -> dict[str, Any]:
    """The places of the walk through the demonstration."""
    return {
        "service": HERO,
        "reported": "solmaru46.example",
        "sisters": ["solmaru-es.example", "solmaru-jp.example"],
        "seized": "solmaru46.example",
        "successor": "norivia1.example",
        "impostor": "new-solmaru.example",
        "tempting": {"a": "solmaru44.example", "b": "solmaru-free.example", "why": _WHY["copycat"]},
        "slip": {"alias": ALIAS, "contact": SLIP_ADDRESS, "sites": list(SLIP_SITES)},
    }

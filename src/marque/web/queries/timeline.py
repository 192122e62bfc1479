"""The life of a network's sites on one line of time: one bar a site, or how many were alive where there are many.

A bar runs from the first to the last capture: before and after it nobody looked, which is not the same as absence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Min

from marque.web.models import Member, Record, Site, Successor

BARS, BINS = 50, 24
LENGTH = 1000.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One site: where its bar stands, when it was captured, what followed it."""

    site: Site
    x: float
    width: float
    marks: tuple[float, ...]
    after: tuple[Successor, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """One stretch of time: how many sites were first seen, seen, and last seen in it."""

    start: int
    end: int
    born: int
    alive: int
    ended: int
    width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars or bins between two moments, and how many sites have no known time."""

    first: int
    last: int
    bars: list[Bar]
    bins: list[Bin]
    unknown: int


def timeline(network: str) -> Timeline | None:
    """The line of time of a network; None where no capture of it has a time."""
    names = Member.objects.filter(network=network).values("site")
    sites = list(Site.objects.filter(site__in=names).order_by("first", "site"))
    known = [site for site in sites if site.first is not None and site.last is not None]
    if not known:
        return None
    first = min(_moment(site.first) for site in known)
    last = max(_moment(site.last) for site in known)
    unknown = len(sites) - len(known)
    if len(known) > BARS:
        return Timeline(first, last, [], _bins(known, first, last), unknown)
    return Timeline(first, last, _bars(known, first, last), [], unknown)


def _moment(value: int | None) -> int:
    return value if value is not None else 0


def _bars(sites: Sequence[Site], first: int, last: int) -> list[Bar]:
    names = [site.site for site in sites]
    seen: dict[str, list[int]] = {}
    rows = Record.objects.filter(site__in=names, time__isnull=False).values("site", "capture")
    for row in rows.annotate(at=Min("time")).order_by("site", "at"):
        seen.setdefault(str(row["site"]), []).append(row["at"])
    after: dict[str, list[Successor]] = {}
    for each in Successor.objects.filter(predecessor__in=names).order_by("-probability", "site"):
        after.setdefault(str(each.predecessor), []).append(each)
    span = max(last - first, 1)

    def place(value: int) -> float:
        return round((value - first) / span * LENGTH, 1)

    return [
        Bar(
            site,
            place(_moment(site.first)),
            max(place(_moment(site.last)) - place(_moment(site.first)), 4.0),
            tuple(place(at) for at in seen.get(site.site, [])[:60]),
            tuple(after.get(site.site, [])[:3]),
        )
        for site in sites
    ]


def _bins(sites: Sequence[Site], first: int, last: int) -> list[Bin]:
    edges = [first + (last - first) * number // BINS for number in range(BINS + 1)]
    found = []
    for start, end in pairwise(edges):
        closing = end if end < last else last + 1
        born = sum(start <= _moment(site.first) < closing for site in sites)
        ended = sum(start <= _moment(site.last) < closing for site in sites)
        alive = sum(_moment(site.first) < closing and _moment(site.last) >= start for site in sites)
        found.append(Bin(start, end, born, alive, ended, round(alive / len(sites) * 100, 1)))
    return found

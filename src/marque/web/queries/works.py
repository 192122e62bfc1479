"""Works: the list, and who carries one."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, Sum

from marque.web.models import Cover, Match, Site, Work
from marque.web.queries import paging


def listed(after: str | None) -> paging.Page[Work]:
    """Works, those on most sites first."""
    return paging.page(Work.objects.all(), ("-sites", "work"), after)


@dataclass(frozen=True, slots=True)
class Carrier:
    """One site that carries a work: how many units, how sure."""

    site: Site
    units: int
    best: Match
    licensed: bool
    unsure: bool


def carriers(work: str, most: int = 100) -> list[Carrier]:
    """The sites that carry a work, surest first; those with a licence and those left unsure come last and say so."""
    rows = Match.objects.filter(work=work).order_by("site", "unit", "id")
    wanted = rows.values_list("site", "unit", "answer", "score", "licensed", "id")[:20_000]
    found = sorted(_carrier(name, list(group)) for name, group in groupby(wanted, key=itemgetter(0)))[: 2 * most]
    sites = Site.objects.in_bulk([row[3] for row in found])
    best = Match.objects.defer("pieces").in_bulk([row[4] for row in found])
    return [
        Carrier(sites[name], -units, best[match], licensed, unsure)
        for licensed, unsure, units, name, match in found
        if name in sites
    ][:most]


def _carrier(name: str, matches: list[tuple[Any, ...]]) -> tuple[bool, bool, int, str, int]:
    """A site by the order it is shown in, with the number of its best match."""
    best = min(matches, key=lambda row: (row[2] != "match", -(row[3] or 0), row[5]))
    return bool(best[4]), best[2] != "match", -len({row[1] for row in matches}), name, int(best[5])


def possible(work: str) -> int:
    """On how many sites too little of a work was seen to say more than that they may carry it."""
    rows = Match.objects.filter(work=work)
    return rows.exclude(site__in=rows.filter(answer="match").values("site")).values("site").distinct().count()


def covers(work: str) -> dict[str, int]:
    """On how many pages of how many sites a cover of the work is shown."""
    found = Cover.objects.filter(work=work).aggregate(pages=Sum("pages"), sites=Count("site"))
    return {name: count or 0 for name, count in found.items()}


def known() -> int:
    """How many works the run or its catalogue names."""
    return Work.objects.count()

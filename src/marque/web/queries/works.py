"""Works: the list, and who carries one."""

from dataclasses import dataclass
from itertools import groupby

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
    matches: list[Match]
    licensed: bool
    unsure: bool

    @property
    def best(self) -> Match:
        return self.matches[0]


def carriers(work: str, most: int = 200) -> list[Carrier]:
    """The sites that carry a work, surest first; those with a licence and those left unsure come last and say so."""
    rows = list(Match.objects.filter(work=work).defer("pieces").order_by("site", "unit", "id")[:20_000])
    sites = Site.objects.in_bulk([row.site for row in rows])
    found = []
    for name, group in groupby(rows, key=lambda row: row.site):
        matches = sorted(group, key=lambda row: (row.answer != "match", -(row.score or 0), row.pk))
        if name not in sites:
            continue
        found.append(
            Carrier(
                sites[name],
                len({row.unit for row in matches}),
                matches,
                bool(matches[0].licensed),
                matches[0].answer != "match",
            )
        )
    found.sort(key=lambda item: (item.licensed, item.unsure, -item.units, item.site.site))
    return found[:most]


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

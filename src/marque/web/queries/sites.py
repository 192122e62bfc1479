"""Sites: the list with its filters, and all that one site's page shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Max, Min, QuerySet

from marque.web.models import Cover, Flow, Match, Record, Signal, Site, Work
from marque.web.queries import evidence, paging
from marque.web.queries.runs import once

SORTS: dict[str, tuple[str, ...]] = {
    "works": ("-works", "site"),
    "site": ("site",),
    "signals": ("-signals", "site"),
    "links": ("-links", "site"),
    "last": ("-latest", "site"),
}
FILTERS = ("level", "state", "service_kind", "network", "service")
FAMILY_ORDER = ("payment", "money", "identity", "infrastructure", "page", "content", "risk", "other")
_SHOWN = 12


def listed(wanted: Mapping[str, str]) -> paging.Page[Site]:
    """A page of the list, filtered and sorted as the address says."""
    rows: QuerySet[Site] = Site.objects.all()
    for name in FILTERS:
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    return paging.page(rows, SORTS.get(wanted.get("sort", ""), SORTS["works"]), wanted.get("after"))


@once
def choices() -> dict[str, list[tuple[str, int]]]:
    """What the list can be filtered by, with how many sites each leaves."""
    return {
        name: [
            (row[name], row["sites"])
            for row in Site.objects.values(name).annotate(sites=Count("site")).order_by("-sites", name)[:20]
            if row[name]
        ]
        for name in FILTERS[:3]
    }


@dataclass(frozen=True, slots=True)
class Family:
    """The signals of one family on a site: the rarest first, and how many there are."""

    name: str
    signals: list[Signal]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.signals)


def families(site: str, shown: int = _SHOWN) -> list[Family]:
    """A site's signals by family; those of bystanders apart, at the end, masked."""
    found: list[Family] = []
    totals = Signal.objects.filter(site=site).values("family").annotate(total=Count("id"))
    by_name = {row["family"]: row["total"] for row in totals}
    for name in sorted(by_name, key=lambda name: (FAMILY_ORDER.index(name) if name in FAMILY_ORDER else 99, name)):
        rows = Signal.objects.filter(site=site, family=name).order_by("sites", "id")
        ordered = sorted(rows[: shown * 4], key=lambda row: (row.role == "bystander", row.sites, row.pk))
        found.append(Family(name, evidence.placed(ordered[:shown]), by_name[name]))
    return found


def signals(site: str, family: str | None, after: str | None) -> paging.Page[Signal]:
    """All signals of a site, a page at a time."""
    rows = Signal.objects.filter(site=site, **({"family": family} if family else {}))
    page = paging.page(rows, ("family", "sites", "id"), after)
    evidence.placed(page.rows)
    return page


def of_kinds(site: str, kinds: tuple[str, ...], most: int = 8) -> list[Signal]:
    """A site's own signals of some kinds, rarest first."""
    rows = Signal.objects.filter(site=site, kind__in=kinds).exclude(role="bystander")
    return evidence.placed(list(rows.order_by("sites", "id")[:most]))


@dataclass(frozen=True, slots=True)
class Served:
    """One work on one site: how many units, and how sure."""

    work: Work
    units: int
    score: float
    licensed: bool
    unsure: bool
    first: Match


def served(site: str, most: int = 200) -> list[Served]:
    """The works found on a site, surest first; licensed and unsure ones say so."""
    rows = list(Match.objects.filter(site=site).defer("pieces").order_by("work", "id")[:5_000])
    works = Work.objects.in_bulk([row.work for row in rows])
    found = []
    for name, group in groupby(rows, key=lambda row: row.work):
        matches = sorted(group, key=lambda row: (row.answer != "match", -(row.score or 0), row.pk))
        best = matches[0]
        found.append(
            Served(
                works[name],
                len({row.unit for row in matches}),
                best.score or 0.0,
                bool(best.licensed),
                best.answer != "match",
                best,
            )
        )
    found.sort(key=lambda item: (item.licensed, item.unsure, -item.score, item.work.work))
    return found[:most]


def covers(site: str) -> int:
    """Of how many catalogued works the site shows covers."""
    return Cover.objects.filter(site=site).count()


def pages(site: str, after: str | None) -> paging.Page[Record]:
    """What was captured of a site, newest first."""
    return paging.page(Record.objects.filter(site=site, time__isnull=False), ("-time", "record"), after)


@dataclass(frozen=True, slots=True)
class Moment:
    """One capture of a site: when, how many records, and what its pages were."""

    capture: str
    first: int | None
    last: int | None
    records: int
    verdicts: list[tuple[str, int]]


def history(site: str, most: int = 60) -> list[Moment]:
    """Captures of a site in time order, newest first, each with the verdicts of its records."""
    rows = Record.objects.filter(site=site).values("capture", "verdict")
    rows = rows.annotate(count=Count("record"), first=Min("time"), last=Max("time"))
    found: dict[str, list[dict[str, object]]] = {}
    for row in rows.order_by("capture", "-count", "verdict"):
        found.setdefault(row["capture"], []).append(dict(row))
    moments = [_moment(capture, group) for capture, group in found.items()]
    moments.sort(key=lambda moment: (-(moment.last or -1), moment.capture))
    return moments[:most]


def _moment(capture: str, group: list[dict[str, object]]) -> Moment:
    first = [row["first"] for row in group if isinstance(row["first"], int)]
    last = [row["last"] for row in group if isinstance(row["last"], int)]
    verdicts = [(str(row["verdict"]), int(str(row["count"]))) for row in group]
    return Moment(capture, min(first, default=None), max(last, default=None), sum(n for _, n in verdicts), verdicts)


def pictures(site: str, most: int = 8) -> list[Record]:
    """Pictures captured on a site's pages, those of known works first, then in the order they were captured."""
    kinds = ("image/png", "image/jpeg", "image/webp", "image/gif")
    rows = Record.objects.filter(site=site, media_type__in=kinds, verdict="content", page__isnull=False)
    return list(rows.order_by("-known", "time", "record")[:most])


def money(site: str, most: int = 10) -> list[Flow]:
    """Who pays a site, as far as the signals say."""
    return list(Flow.objects.filter(payee=site).order_by("basis", "payer", "id")[:most])

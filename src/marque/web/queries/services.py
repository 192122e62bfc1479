"""Services: sites grouped by the offer that their readers would take them for. Who runs them is another question."""

from collections.abc import Sequence
from dataclasses import dataclass

from marque.web.models import Offer, Service, Site, Successor
from marque.web.queries import paging

_SHOWN = 5
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """A service with the first sites of its life, and how many more there are."""

    offer: Offer
    sites: list[Service]

    @property
    def more(self) -> int:
        return self.offer.sites - len(self.sites)


def listed(after: str | None) -> tuple[list[Group], paging.Page[Offer]]:
    """Services, those that most sites carried first, each with its sites in order of time."""
    page = paging.page(Offer.objects.all(), ("-sites", "-works", "service"), after)
    lives: dict[str, list[Service]] = {}
    for row in Service.objects.filter(service__in=[offer.service for offer in page.rows]):
        lives.setdefault(row.service, []).append(row)
    return [Group(offer, in_order(lives.get(offer.service, []))[:_SHOWN]) for offer in page.rows], page


def in_order(rows: Sequence[Service]) -> list[Service]:
    """Sites of a service in the order in which they are first known; those of unknown time first."""
    return sorted(rows, key=lambda row: (row.first if row.first is not None else -1, row.site))


def of_site(site: Site) -> list[Service]:
    """The life of the service a site belongs to, in order."""
    return in_order(list(Service.objects.filter(service=site.service))) if site.service else []


@dataclass(frozen=True, slots=True)
class Step:
    """What may have followed what, and days between the last sight of one and the first of the other."""

    row: Successor
    days: int | None


def before(site: str) -> list[Step]:
    """What a site may have followed, most likely first."""
    rows = Successor.objects.filter(site=site, predecessor__isnull=False).order_by("-probability", "predecessor")
    return _steps(list(rows[:10]))


def after(site: str) -> list[Step]:
    """What may have followed a site, most likely first."""
    return _steps(list(Successor.objects.filter(predecessor=site).order_by("-probability", "site")[:10]))


def _steps(rows: Sequence[Successor]) -> list[Step]:
    known = Site.objects.in_bulk([name for row in rows for name in (row.site, row.predecessor) if name])
    return [Step(row, _days(known.get(str(row.predecessor)), known.get(row.site))) for row in rows]


def _days(one: Site | None, other: Site | None) -> int | None:
    """Whole days without either; 0 where both stood at the same time. None where a time is unknown."""
    if one is None or other is None or one.last is None or other.first is None:
        return None
    return max(0, (other.first - one.last) // _DAY)

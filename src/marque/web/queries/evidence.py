"""Records and sightings: what a page needs to lead back to the bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from marque.web.models import Capture, Record, Sighting, Signal
from marque.web.queries import paging


@dataclass(frozen=True, slots=True)
class Steps:
    """A sighting among its likes (same site, same value): the ones before and after it, and its place."""

    before: Sighting | None
    after: Sighting | None
    place: int
    total: int


def sighting(record: str, part: str, start: int, end: int, kind: str) -> Sighting | None:
    """The sighting at a span; without a kind the first one there."""
    found = Sighting.objects.filter(record=record, part=part, start=start, end=end)
    return (found.filter(kind=kind) if kind else found).order_by("id").first()


def _likes(found: Sighting) -> "QuerySet[Sighting]":
    return Sighting.objects.filter(site=found.site, kind=found.kind, value=found.value, role=found.role)


def steps(found: Sighting) -> Steps:
    """Where `n` and `p` lead from a sighting."""
    likes = _likes(found)
    earlier = likes.filter(id__lt=found.pk).order_by("-id")
    return Steps(
        earlier.first(),
        likes.filter(id__gt=found.pk).order_by("id").first(),
        earlier[:10_000].count() + 1,
        likes[:10_000].count(),
    )


def placed(signals: Sequence[Signal]) -> list[Signal]:
    """The signals with their first sightings at hand, asked for together."""
    seen = Sighting.objects.in_bulk([signal.sighting for signal in signals])
    for signal in signals:
        signal.seen = seen.get(signal.sighting)
    return list(signals)


def first(site: str, kind: str, value: str) -> Sighting | None:
    """The first sighting of a value on a site."""
    return Sighting.objects.filter(site=site, kind=kind, value=value).order_by("id").first()


def of_record(record: str, most: int = 200) -> list[Sighting]:
    """What was seen in a record, in the order of its bytes."""
    return list(Sighting.objects.filter(record=record).order_by("start", "id")[:most])


def masked(record: str, part: str, low: int, high: int) -> list[tuple[int, int]]:
    """Spans of a record that hold a bystander's value and touch a window: never shown."""
    rows = Sighting.objects.filter(record=record, part=part, role="bystander", start__lt=high, end__gt=low)
    return [(row.start, row.end) for row in rows.order_by("start")[:2_000]]


def carriers(kind: str, value: str, after: str | None) -> paging.Page[Signal]:
    """The sites that carry a value. A bystander's value is asked for by nobody."""
    rows = Signal.objects.filter(kind=kind, value=value).exclude(role="bystander")
    page = paging.page(rows, ("site", "id"), after)
    placed(page.rows)
    return page


def capture(digest: str) -> Capture | None:
    """One capture."""
    return Capture.objects.filter(digest=digest).first()


def records(digest: str, verdict: str, after: str | None) -> paging.Page[Record]:
    """A capture's records in file order."""
    rows = Record.objects.filter(capture=digest, **({"verdict": verdict} if verdict else {}))
    return paging.page(rows, ("ordinal", "record"), after)

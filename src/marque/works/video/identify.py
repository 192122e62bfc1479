"""Which units of a catalogue a film contains, and when in it which part of them is shown, mirrored or not."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.works.media import Found, Span
from marque.works.video import decide, model, timeline
from marque.works.video.codes import mirrored
from marque.works.video.decide import CALIBRATION, Stretch
from marque.works.video.model import FRAME, PLACE, UNIT, Codes, Integers
from marque.works.video.reference import Reference
from marque.works.video.timeline import Hits, Run

CLOSER = 8  # bits by which a code must be nearer to a unit than to any other to say anything of it
PLACES = 2  # that a frame must share where its whole looks different
_SURE = 24  # bits: one place this near is enough
_NEVER = 1 << 20


def identify(query: pa.Table, reference: Reference) -> list[Found]:
    """Units that the query contains or may contain, by score and number."""
    asked = model.read(query)
    best: dict[int, Found] = {}
    for turned in (False, True):
        for unit, hits in _hits(asked, reference, turned):
            found = _found(unit, hits, asked, reference, turned)
            if found is not None and (
                unit not in best or (found.score, found.seen) > (best[unit].score, best[unit].seen)
            ):
                best[unit] = found
    return sorted(best.values(), key=lambda one: (-one.score, one.unit))


def _found(unit: int, hits: Hits, asked: Codes, reference: Reference, turned: bool) -> Found | None:
    runs = [(run, _stretch(run, reference)) for run in timeline.runs(hits)]
    runs = [(run, stretch) for run, stretch in runs if stretch.sights >= CALIBRATION.sights_per_run]
    length = reference.seconds[unit]
    score, answer = decide.answer([stretch for _, stretch in runs], asked.seconds, length)
    if answer is None:
        return None
    spans = tuple(_span(run, stretch) for run, stretch in runs)
    return Found(unit, score, answer, turned, spans, min(_of(length), _seen(spans)), _of(length))


def _hits(asked: Codes, reference: Reference, turned: bool) -> Iterator[tuple[int, Hits]]:
    """Hits of each unit that has enough of them, by number."""
    query, code, distance = reference.index.search(mirrored(asked.code, asked.kind) if turned else asked.code)
    same = asked.kind[query] == reference.codes.kind[code]
    query, code, distance = query[same], code[same], distance[same]
    owner = reference.unit[code]
    voting = reference.votes[code] & ~_elsewhere(query, reference.twins[owner], distance)
    query, code, distance = query[voting], code[voting], distance[voting]
    owner = owner[voting]
    order = np.argsort(owner, kind="stable")
    bounds = np.append(np.flatnonzero(np.diff(owner[order], prepend=-1)), len(order))
    for start, end in pairwise(bounds.tolist()):
        rows = order[start:end]
        if len(rows) >= timeline.LEAST:
            yield int(owner[rows[0]]), _paired(asked, reference.codes, query[rows], code[rows], distance[rows], turned)


def _paired(here: Codes, there: Codes, query: Integers, code: Integers, distance: Integers, turned: bool) -> Hits:
    own, other = here.only(query), there.only(code)
    across = UNIT - own.x if turned else own.x
    grow = np.where(own.size > 0, other.size / np.maximum(own.size, 1.0), 1.0)
    # The place of the query's left upper corner in the unit's frame, so that it is the same for all places of a frame.
    right, down = (other.x - grow * across) / UNIT, (other.y - grow * own.y) / UNIT
    grown = np.log(np.maximum(grow, 1e-3))
    return Hits(
        query,
        code,
        own.time,
        own.lasts,
        other.time,
        other.lasts,
        own.kind,
        grown,
        right,
        down,
        distance.astype(np.int64),
    )


def _elsewhere(query: Integers, work: Integers, distance: Integers) -> npt.NDArray[np.bool_]:
    """Which hits another film explains nearly as well."""
    order = np.lexsort((distance, query))
    asked, named, apart = query[order], work[order], distance[order]
    starts = np.flatnonzero(np.diff(asked, prepend=-1))
    own = np.cumsum(np.diff(asked, prepend=-1) != 0) - 1  # to which query code each row belongs
    first, nearest = named[starts][own], apart[starts][own]
    rival = np.where(named != first, apart, _NEVER)
    second = np.minimum.reduceat(rival, starts)[own] if len(starts) else rival
    torn = np.zeros(len(order), np.bool_)
    torn[order] = np.where(named == first, second, nearest) <= apart + CLOSER
    return torn


def _stretch(run: Run, reference: Reference) -> Stretch:
    """From the first frame that agrees to the end of the last; in the unit, where the line says that they are."""
    there, end = (run.line.speed * time + run.line.offset for time in (run.start, run.end))
    return Stretch(run.start, run.end, max(0.0, there), max(0.0, end), _sights(run.hits, reference), run.shown)


def _sights(hits: Hits, reference: Reference) -> int:
    """Different sights that agree: frames of which most was not seen before in the run.

    A shot that stands still, however long, is one sight; so is a set that a series comes back to.
    """
    seen: set[int] = set()
    sights = 0
    for time in np.unique(hits.time):
        now = hits.only(hits.time == time)
        looks = set(reference.sight[now.code].tolist())
        places = now.kind == PLACE
        backed = (now.kind == FRAME).any() or len(looks) >= PLACES or bool((now.distance[places] <= _SURE).any())
        sights += bool(backed and 2 * len(looks & seen) < len(looks))
        seen |= looks
    return sights


def _span(run: Run, stretch: Stretch) -> Span:
    distance = int(np.median(run.hits.distance))
    return Span(
        round(stretch.start, 2), round(stretch.end, 2), round(stretch.there, 2), round(stretch.there_end, 2), distance
    )


def _seen(spans: tuple[Span, ...]) -> int:
    """Seconds of the unit that were found."""
    return len({second for span in spans for second in range(int(span.start), max(int(span.start) + 1, int(span.end)))})


def _of(seconds: float) -> int:
    return max(1, int(seconds))

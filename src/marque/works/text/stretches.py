"""Where a query runs along a unit: hits whose places advance together, as stretches; and the stretches in one order.

Scanning drops and doubles letters, so places drift a little from hit to hit; lines put between and paragraphs left out
begin a new stretch. One hit says nothing: short phrases stand in any book.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from marque.works.text.model import HAN, LETTERS, SYLLABLES, Bytes, Places
from marque.works.text.reference import Floats, Numbers

Flags = npt.NDArray[np.bool_]

# Characters within which several hits are one phrase and count once: who writes "once upon" writes "a time" as well.
PHRASE = {LETTERS: 32, SYLLABLES: 14, HAN: 12}
_GAP = 240  # characters of the query between two hits of a stretch, at most
_DRIFT, _DRIFT_PER = 12, 8  # characters by which places may come apart, and one more for so many of gap
_LAP = 6  # characters by which one stretch may lap over the next: a letter lost where they meet
_OPEN, _LONG = 64, 8  # stretches followed at once: the newest, and those of so many hits before them
_CELL, _BAND = 512, 128  # of the histogram: characters of the query, characters of offset
_LEAST_HITS, _LEAST_CELL = 3, 1.5  # of neighbouring cells, without which a hit is chance
_MOST = 4_000  # stretches of a unit that are put in order


@dataclass(frozen=True, slots=True)
class Hits:
    """Pairs of equal shingles: places in the query and in a unit, the unit, the vote, the script. By query place."""

    query: Places
    query_end: Places
    place: Places
    place_end: Places
    unit: Places
    vote: Floats
    script: Bytes

    def only(self, which: Places | Flags) -> "Hits":
        return Hits(*(getattr(self, name)[which] for name in Hits.__slots__))


def joined(parts: Sequence[Hits]) -> Hits:
    """All hits of the parts, in their order."""
    none = np.zeros(0, np.int64)
    whole = [Hits(none, none, none, none, none, np.zeros(0), np.zeros(0, np.uint8)), *parts]
    return Hits(*(np.concatenate([getattr(part, name) for part in whole]) for name in Hits.__slots__))


@dataclass(slots=True)
class Stretch:
    """Part of the query and the part of a unit it runs along. `phrases` are places in the query, each with its vote.

    `own` are those that only this unit's family shows there; they alone weigh.
    """

    query_start: int
    query_end: int
    start: int
    end: int
    last_query: int
    last_place: int
    hits: int = 0
    script: int = LETTERS
    phrases: list[tuple[int, float]] = field(default_factory=list)
    own: list[tuple[int, float]] = field(default_factory=list)

    @property
    def votes(self) -> float:
        return sum(vote for _, vote in self.phrases)

    @property
    def weight(self) -> float:
        return sum(vote for _, vote in self.own)

    @property
    def owned(self) -> float:
        """The share of its phrases that only this unit's family shows."""
        return len(self.own) / max(1, len(self.phrases))

    def covers(self, place: int) -> bool:
        return self.query_start <= place < self.query_end


def likely(hits: Hits) -> Hits:
    """Hits that do not stand alone: others of the unit lie near, at about the same offset."""
    across = hits.query // _CELL
    offset = hits.place - hits.query
    band = (offset - offset.min(initial=0)) // _BAND + 1
    wide, high = int(band.max(initial=0)) + 2, int(across.max(initial=0)) + 3
    cell = (hits.unit * high + across + 1) * wide + band
    cells, which = np.unique(cell, return_inverse=True)
    votes, count = np.bincount(which, hits.vote, len(cells)), np.bincount(which, minlength=len(cells))
    around, many = np.zeros(len(cells)), np.zeros(len(cells), np.int64)
    for shift in (step * wide + side for step in (-1, 0, 1) for side in (-1, 0, 1)):
        at = np.minimum(np.searchsorted(cells, cells + shift), max(0, len(cells) - 1))
        there = cells[at] == cells + shift
        around += np.where(there, votes[at], 0.0)
        many += np.where(there, count[at], 0)
    return hits.only(((around >= _LEAST_CELL) & (many >= _LEAST_HITS))[which])


def find(hits: Hits) -> Iterator[Stretch]:
    """The stretches of one unit's hits, by where they begin in the query."""
    found: list[Stretch] = []
    running: list[Stretch] = []
    columns = (hits.query, hits.query_end, hits.place, hits.place_end, hits.vote, hits.script)
    for query, query_end, place, place_end, vote, script in zip(*(each.tolist() for each in columns), strict=True):
        running = [stretch for stretch in running if query - stretch.last_query <= _GAP]
        if len(running) > _OPEN:  # a phrase that stands everywhere in a book opens many, none of them the long one
            running = sorted(running, key=lambda stretch: stretch.hits >= _LONG)[-_OPEN:]
        best = min(running, key=lambda stretch: _apart(stretch, query, place), default=None)
        if best is None or _apart(best, query, place) > 0:
            best = Stretch(query, query_end, place, place_end, query, place, script=script)
            found.append(best)
            running.append(best)
        _extend(best, query, query_end, place, place_end, vote)
    yield from found


def _apart(stretch: Stretch, query: int, place: int) -> float:
    """How far the hit is from continuing the stretch; at most 0 where it does, the less the better."""
    ahead, along = query - stretch.last_query, place - stretch.last_place
    if ahead < 0 or along < 0 or (ahead == 0) != (along == 0):
        return float("inf")
    allowed = _DRIFT + ahead // _DRIFT_PER
    drift = abs(along - ahead)
    return drift / allowed - 1.0 if drift <= allowed else float(drift)


def _extend(stretch: Stretch, query: int, query_end: int, place: int, place_end: int, vote: float) -> None:
    stretch.hits += 1
    stretch.last_query, stretch.last_place = query, place
    stretch.query_end, stretch.end = max(stretch.query_end, query_end), max(stretch.end, place_end)
    if stretch.phrases and query - stretch.phrases[-1][0] < PHRASE.get(stretch.script, PHRASE[LETTERS]):
        begun, so_far = stretch.phrases[-1]
        stretch.phrases[-1] = begun, min(1.0, so_far + vote)
    else:
        stretch.phrases.append((query, vote))


def in_order(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The heaviest run of stretches that come in the same order in query and unit."""
    kept = sorted(stretches, key=lambda each: (-each.weight, each.query_start, each.start))[:_MOST]
    kept.sort(key=lambda each: (each.query_start, each.start))
    if not kept:
        return []
    ends = np.array([(each.query_end, each.end) for each in kept])
    total = np.array([each.weight for each in kept])
    before = np.full(len(kept), -1)
    for at, each in enumerate(kept[1:], 1):
        fits = (ends[:at, 0] <= each.query_start + _LAP) & (ends[:at, 1] <= each.start + _LAP)
        if fits.any():
            best = int(np.where(fits, total[:at], -1.0).argmax())
            before[at], total[at] = best, total[at] + total[best]
    chain, at = [], int(total.argmax())
    while at >= 0:
        chain.append(kept[at])
        at = int(before[at])
    return chain[::-1]


def units_of(hits: Hits) -> Iterator[tuple[int, Hits]]:
    """The hits of each unit, by unit; within it by place in the query, then in the unit."""
    ordered = hits.only(np.lexsort((hits.place, hits.query, hits.unit)))
    units, first = np.unique(ordered.unit, return_index=True)
    bounds: Numbers = np.append(first, len(ordered.unit)).astype(np.int32)
    for unit, begin, end in zip(units.tolist(), bounds, bounds[1:], strict=False):
        yield unit, ordered.only(np.arange(begin, end))

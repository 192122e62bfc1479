"""Do hits agree on when the film is shown? Lines from query time to the unit's time, at one speed each.

A chance hit lies anywhere, in time and in the frame. Hits that keep their order and distances in time at one speed, and
whose places moved and grew alike within the frame, are what showing the film makes and chance does not.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from marque.works.video.model import PLACE, Bytes, Floats, Integers

WINDOW, STEP = 30.0, 15.0  # seconds of the query in which one line is looked for
SPEEDS = np.array([0.95, 0.96, 0.97, 0.98, 0.99, 1.0, 1.01, 1.02, 1.03, 25 / 24, 1.05])  # unit's seconds in a second
ROOM = 0.7  # seconds a hit may lie beside the line: frames are a second apart
LEAST = 2  # frames that make a line
MOST = 240  # hits of a window that are compared with each other
_AGAIN = 3  # lines a window may show: films that were cut together, scenes taken out
_GAP = 3.0  # seconds without a frame on the line: a frame speaks for no more, and another line may lie there
_GROWN, _MOVED = 0.25, 0.08  # how far a place may lie from the others' way: logarithm of size, parts of the width

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hits:
    """Query codes near codes of one unit: times on both sides and how long they last there, and the way of places.

    `grown`, `right` and `down` say how a place's patch lies in the unit's frame against the query's.
    """

    query: Integers
    code: Integers
    time: Floats
    lasts: Floats
    there: Floats
    lasts_there: Floats
    kind: Bytes
    grown: Floats
    right: Floats
    down: Floats
    distance: Integers

    def only(self, rows: Integers | Flags) -> "Hits":
        """Some of the hits."""
        return Hits(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Line:
    """there = speed x time + offset."""

    speed: float
    offset: float

    def fits(self, hits: Hits) -> Flags:
        """Which hits lie on the line; what stands still lies there as long as it lasts."""
        return _near(hits.there - self.speed * hits.time - self.offset, hits)


def _near(late: Floats, hits: Hits) -> Flags:
    slack = np.maximum(hits.lasts - 1.5, 0.0), np.maximum(hits.lasts_there - 1.5, 0.0)
    return np.asarray((late <= ROOM + slack[0]) & (late >= -ROOM - slack[1]))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the query that shows a stretch of the unit, as its hits in order of time."""

    line: Line
    hits: Hits

    @property
    def start(self) -> float:
        return float(self.hits.time.min())

    @property
    def end(self) -> float:
        return float((self.hits.time + np.minimum(self.hits.lasts, self.hits.lasts_there)).max())

    @property
    def shown(self) -> float:
        """Seconds that frames speak for: each until the next, but not for longer than a gap, or than it stands."""
        order = np.argsort(self.hits.time, kind="stable")
        until = np.append(self.hits.time[order][1:], self.end)
        lasts = np.minimum(self.hits.lasts, self.hits.lasts_there)[order]
        return float(np.minimum(until - self.hits.time[order], np.maximum(lasts, _GAP)).sum())


def runs(hits: Hits) -> list[Run]:
    """The stretches of the query whose hits lie on one line."""
    found: list[Run] = []
    for start in np.arange(0.0, float(hits.time.max(initial=0.0)) + STEP, STEP):
        inside = hits.only((hits.time >= start) & (hits.time < start + WINDOW))
        for _ in range(_AGAIN):
            line = _line(inside)
            if line is None:
                break
            on = line.fits(inside)
            _add(found, Run(line, inside.only(on)))
            inside = inside.only(~on)
    moved = [Run(run.line, _alike_moved(run.hits)) for run in found]
    return _apart([part for run in moved for part in _parts(run, moved)])


def _line(hits: Hits) -> Line | None:
    """The line on which the most frames of the query have a hit."""
    if len(hits.time) < LEAST:
        return None
    kept = hits.only(np.sort(np.argsort(hits.distance, kind="stable")[:MOST]))
    kept = kept.only(np.argsort(kept.time, kind="stable"))
    starts = np.flatnonzero(np.diff(kept.time, prepend=-1.0))
    late = kept.there[None, :] - kept.there[:, None]
    passed = kept.time[None, :] - kept.time[:, None]
    nearer = 1.0 + (64 - kept.distance[None, :]) / 6400  # of lines with as many frames, the one that fits better
    votes = np.stack(
        [
            np.maximum.reduceat(_near(late - speed * passed, kept) * nearer, starts, axis=1).sum(axis=1)
            for speed in SPEEDS
        ]
    )
    # Of speeds that do as well the plainest: nobody changes a film's speed without reason.
    speed, pivot = np.unravel_index(int(np.argmax(votes - np.abs(SPEEDS - 1.0)[:, None] / 2)), votes.shape)
    if votes[speed, pivot] < LEAST:
        return None
    rough = Line(float(SPEEDS[speed]), float(kept.there[pivot] - SPEEDS[speed] * kept.time[pivot]))
    return _fit(kept.only(rough.fits(kept)), rough)


def _fit(members: Hits, line: Line) -> Line:
    """Least squares where the members are far enough apart to say a speed."""
    middle, there = members.time.mean(), members.there.mean()
    spread = float(((members.time - middle) ** 2).sum())
    speed = line.speed
    if float(np.ptp(members.time)) > STEP:
        fitted = float(((members.time - middle) * (members.there - there)).sum() / spread)
        speed = fitted if SPEEDS[0] - 0.01 <= fitted <= SPEEDS[-1] + 0.01 else speed
    return Line(speed, float(there - speed * middle))


def _add(found: list[Run], run: Run) -> None:
    """As a part of the run that it goes on with, or as one of its own."""
    at = run.start
    for number, other in enumerate(found):
        apart = abs((run.line.speed - other.line.speed) * at + run.line.offset - other.line.offset)
        if apart <= 2 * ROOM and run.start <= other.end + STEP:
            hits = _together(other.hits, run.hits)
            found[number] = Run(_fit(hits, run.line), hits)
            return
    found.append(run)


def _together(one: Hits, other: Hits) -> Hits:
    new = ~np.isin(other.query * (1 << 32) + other.code, one.query * (1 << 32) + one.code)
    added = other.only(new)
    return Hits(*(np.concatenate([getattr(one, name), getattr(added, name)]) for name in Hits.__slots__))


def _alike_moved(hits: Hits) -> Hits:
    """Without places that did not move and grow within the frame as most of the run's did."""
    place = hits.kind == PLACE
    if place.sum() < 3:
        return hits
    kept = np.ones(len(hits.time), np.bool_)
    for values, room in ((hits.grown, _GROWN), (hits.right, _MOVED), (hits.down, _MOVED)):
        kept &= np.abs(values - np.median(values[place])) <= room
    return hits.only(kept | ~place)


def _parts(run: Run, found: list[Run]) -> list[Run]:
    """A run without the gaps in which another line has frames: pieces of a trailer may lie on one line by chance."""
    times = np.unique(run.hits.time).tolist()
    cuts = [
        after
        for before, after in pairwise(times)
        if after - before > _GAP and any(_fills(other, run.line, before, after) for other in found)
    ]
    part = np.searchsorted(np.array(cuts), run.hits.time, side="right")
    return [Run(run.line, run.hits.only(part == number)) for number in range(len(cuts) + 1)]


def _fills(other: Run, line: Line, before: float, after: float) -> bool:
    hits = other.hits.only((other.hits.time > before) & (other.hits.time < after))
    return len(np.unique(hits.time[~line.fits(hits)])) >= LEAST


def _apart(found: list[Run]) -> list[Run]:
    """A moment of the query shows one moment of the unit: where runs overlap, the one with more frames keeps it."""
    taken: list[Run] = []
    for run in sorted(found, key=lambda each: (-len(np.unique(each.hits.time)), each.line.offset)):
        free = np.ones(len(run.hits.time), np.bool_)
        for other in taken:
            free &= (run.hits.time < other.start) | (run.hits.time >= other.end)
        hits = run.hits.only(free)
        if len(np.unique(hits.time)) >= LEAST:
            taken.append(Run(run.line, hits))
    return sorted(taken, key=lambda each: (each.start, each.line.offset))

"""Do hits agree on when the recording plays? One line from query time to the unit's time, at one shift of pitch.

A chance hit lies anywhere. Hits that keep their order and distances in time, at one tempo and one shift of pitch, are
what playing the recording makes and chance does not.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WINDOW, STEP = 20.0, 10.0  # seconds of the query in which tempo is taken as constant
TEMPOS = np.linspace(0.88, 1.12, 25)  # seconds of the unit in a second of the query
ROOM = 0.15  # seconds a hit may lie beside the line
PITCH_ROOM = 0.6  # semitones its shift may differ
LEAST = 3  # hits that make a line
MOST = 160  # hits of a window that are compared with each other
_KEEPS = 0.8  # of the best line's hits: enough to follow the line of the window before

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hits:
    """Query codes near codes of one unit: times and pitches on both sides, bits apart, weight of each."""

    query: Integers
    code: Integers
    at: Floats
    pitch: Floats
    there: Floats
    pitch_there: Floats
    distance: Integers
    weight: Floats

    def only(self, rows: Integers | npt.NDArray[np.bool_] | slice) -> "Hits":
        """Some of the hits."""
        return Hits(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Line:
    """there = tempo x at + offset; pitch = pitch there + shift."""

    tempo: float
    offset: float
    shift: float

    def fits(self, hits: Hits) -> npt.NDArray[np.bool_]:
        """Which hits lie on the line."""
        beside = np.abs(hits.there - self.tempo * hits.at - self.offset) <= ROOM
        return np.asarray(beside & (np.abs(hits.pitch - hits.pitch_there - self.shift) <= PITCH_ROOM))


def runs(hits: Hits) -> list[Hits]:
    """The stretches of the query in which hits lie on one line, each as its hits, in order of time."""
    found: list[tuple[Line, Hits]] = []
    hits = hits.only(np.argsort(hits.at, kind="stable"))
    for start in np.arange(0.0, float(hits.at.max(initial=0.0)) + STEP, STEP):
        inside = hits.only(slice(*np.searchsorted(hits.at, [start, start + WINDOW]).tolist()))
        line = _line(inside, found[-1][0] if found else None)
        if line is None:
            continue
        members = inside.only(line.fits(inside))
        if found and _goes_on(found[-1], line, members):
            members = _joined(found.pop()[1], members)
            line = _fit(members, line)
        found.append((line, members))
    return _apart([_distinct(members) for _, members in found])


def _line(hits: Hits, before: Line | None) -> Line | None:
    """The line that most hits of a window lie on; the one of the window before where it does nearly as well."""
    if len(hits.at) < LEAST:
        return None
    kept = hits.only(np.sort(np.argsort(hits.distance, kind="stable")[:MOST]))
    late = kept.there[None, :] - kept.there[:, None]
    passed = kept.at[None, :] - kept.at[:, None]
    shift = kept.pitch - kept.pitch_there
    same = (np.abs(shift[None, :] - shift[:, None]) <= PITCH_ROOM) * kept.weight[None, :]
    votes = np.stack([((np.abs(late - tempo * passed) <= ROOM) * same).sum(axis=1) for tempo in TEMPOS])
    if before is not None and (kept.weight * before.fits(kept)).sum() >= _KEEPS * votes.max():
        return before
    tempo, pivot = np.unravel_index(int(np.argmax(votes)), votes.shape)
    rough = Line(float(TEMPOS[tempo]), float(kept.there[pivot] - TEMPOS[tempo] * kept.at[pivot]), float(shift[pivot]))
    members = rough.fits(kept)
    return _fit(kept.only(members), rough) if members.sum() >= LEAST else None


def _fit(members: Hits, line: Line) -> Line:
    """Least squares where the members are far enough apart to say a tempo."""
    at, there = members.at[-MOST:], members.there[-MOST:]
    middle, spread = at.mean(), float(((at - at.mean()) ** 2).sum())
    tempo = line.tempo
    if spread > 4.0 and len(at) > LEAST:
        fitted = float(((at - middle) * (there - there.mean())).sum() / spread)
        tempo = fitted if TEMPOS[0] <= fitted <= TEMPOS[-1] else tempo
    shift = float(np.median(members.pitch - members.pitch_there))
    return Line(tempo, float(there.mean() - tempo * middle), shift)


def _goes_on(last: tuple[Line, Hits], line: Line, members: Hits) -> bool:
    """Whether a window's line is the last one's, seen a little later."""
    if not len(members.at):
        return False
    at = float(members.at.min())
    apart = abs((line.tempo - last[0].tempo) * at + line.offset - last[0].offset)
    return apart <= 3 * ROOM and abs(line.shift - last[0].shift) <= PITCH_ROOM


def _joined(one: Hits, other: Hits) -> Hits:
    new = ~np.isin(other.query * (1 << 32) + other.code, one.query * (1 << 32) + one.code)
    added = other.only(new)
    return Hits(*(np.concatenate([getattr(one, name), getattr(added, name)]) for name in Hits.__slots__))


def _distinct(hits: Hits) -> Hits:
    """Each query code and each code of the unit once, the nearest pair first."""
    kept = np.lexsort((hits.code, hits.query, hits.distance))
    for side in (hits.query, hits.code):
        _, first = np.unique(side[kept], return_index=True)
        kept = kept[np.sort(first)]
    return hits.only(kept[np.lexsort((hits.code[kept], hits.at[kept]))])


def _apart(found: list[Hits]) -> list[Hits]:
    """A moment of the query shows one moment of the unit: where runs overlap, the heavier keeps it."""
    taken: list[Hits] = []
    for hits in sorted(found, key=lambda run: (-float(run.weight.sum()), float(run.at[0]))):
        free = np.ones(len(hits.at), np.bool_)
        for other in taken:
            free &= (hits.at < other.at[0]) | (hits.at > other.at[-1])
        if free.sum() >= LEAST:
            taken.append(hits.only(free))
    return sorted(taken, key=lambda run: float(run.at[0]))

"""The lives of a network's sites on one line of time: a bar a site with its moves, or bins where there are many.

A bar runs from the first to the last capture. Before and after it nobody looked, which is not the same as absence; a
move is drawn from the end of one bar to the start of the other, and is as sure as the succession behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

BARS, BINS = 50, 24
LENGTH = 1000.0
_SHORTEST, _MARKS = 4.0, 60


@dataclass(frozen=True, slots=True)
class Life:
    """One site: when it was first and last captured (UTC microseconds, None when unknown), and when in between."""

    site: str
    first: int | None
    last: int | None
    seen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One site's bar along the line, and a mark for each time it was captured."""

    site: str
    x: float
    width: float
    marks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """From the end of one bar to the start of another, by their places in the list."""

    source: int
    target: int
    x1: float
    x2: float


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
    """Bars or bins between two moments, the moves between bars, and how many sites have no known time."""

    first: int
    last: int
    bars: tuple[Bar, ...]
    moves: tuple[Move, ...]
    bins: tuple[Bin, ...]
    unknown: int


def timeline(lives: Sequence[Life], moves: Mapping[str, Sequence[str]]) -> Timeline | None:
    """The line of time of some sites; None where none has a known time. `moves`: what may have followed each site."""
    known = sorted(
        (
            (life.first, life.site, life.last, life)
            for life in lives
            if life.first is not None and life.last is not None
        ),
        key=lambda row: row[:2],
    )
    if not known:
        return None
    first, last = known[0][0], max(row[2] for row in known)
    unknown = len(lives) - len(known)
    if len(known) > BARS:
        return Timeline(first, last, (), (), _bins([(row[0], row[2]) for row in known], first, last), unknown)
    bars = tuple(_bar(row[3], row[0], row[2], first, last) for row in known)
    return Timeline(first, last, bars, _moves(bars, moves), (), unknown)


def _place(moment: int, first: int, last: int) -> float:
    return round((moment - first) / max(last - first, 1) * LENGTH, 1)


def _bar(life: Life, begin: int, end: int, first: int, last: int) -> Bar:
    x = _place(begin, first, last)
    marks = tuple(_place(moment, first, last) for moment in life.seen[:_MARKS])
    return Bar(life.site, x, max(round(_place(end, first, last) - x, 1), _SHORTEST), marks)


def _moves(bars: Sequence[Bar], moves: Mapping[str, Sequence[str]]) -> tuple[Move, ...]:
    place = {bar.site: number for number, bar in enumerate(bars)}
    return tuple(
        Move(number, place[after], round(bar.x + bar.width, 1), bars[place[after]].x)
        for number, bar in enumerate(bars)
        for after in moves.get(bar.site, ())
        if after in place and after != bar.site
    )


def _bins(spans: Sequence[tuple[int, int]], first: int, last: int) -> tuple[Bin, ...]:
    edges = [first + (last - first) * number // BINS for number in range(BINS + 1)]
    found = []
    for start, end in pairwise(edges):
        closing = end if end < last else last + 1
        born = sum(start <= begin < closing for begin, _ in spans)
        ended = sum(start <= over < closing for _, over in spans)
        alive = sum(begin < closing and over >= start for begin, over in spans)
        found.append(Bin(start, end, born, alive, ended, round(alive / len(spans) * 100, 1)))
    return tuple(found)

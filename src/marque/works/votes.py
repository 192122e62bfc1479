"""What each code of a catalogue may say about which unit a page shows.

A code that occurs in several works, or in many units of one, is furniture (credits, logos, title cards, a platform's
notices); one that occurs in many places of one unit is a pattern that anyone draws. Neither gets a vote, and where
half of a panel is such, none of it does: what is left there are edges of the same furniture.

A code's vote depends on the codes near it only, so where units come or go, only codes near theirs are asked again;
the votes are those that asking all codes would give.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from marque.signals.pictures.pdq import Bytes
from marque.works.entries import Unit
from marque.works.index import WHOLE, Column, Index
from marque.works.segments.segment import Found

MANY_UNITS = 2  # a panel may be shown again in one later unit; in more it is furniture
MANY_PLACES = 5  # within a unit: windows of a facade, dots of a screentone
MOSTLY = 0.5
FURNITURE = 255  # more units never make it less
_TOGETHER = 1024  # codes asked together: those of furniture have thousands of others near
_MANY = 20_000  # codes for which loading machine code pays

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose codes an index holds: the unit of each run (-1 for none), and what votes count units and works as."""

    unit: Integers
    episode: Integers
    work: Integers


def owners(units: Sequence[Unit], unit_of_run: Integers) -> Owners:
    """Owners of the runs of an index."""
    shown = names(units)
    return Owners(unit_of_run, numbers(shown), numbers([work for work, _ in shown]))


def renewed(index: Index, whose: Owners, fresh: Flags, touched: Flags, block: Column) -> Index:
    """With the votes of `fresh` and `touched` codes, and of all whose votes hang on them, asked again."""
    rough, votes = index.rough.copy(), index.votes.copy()
    asked = np.flatnonzero(fresh)
    rough[asked], met = _asked(index, whose, asked)
    again = np.flatnonzero((touched | (met & (rough != FURNITURE))) & ~fresh)
    again = again[index.held(again)]
    rough[again], _ = _asked(index, whose, again)
    codes = _of_runs(index.starts, np.unique(index.runs(np.concatenate([asked, again]))))
    votes[codes] = np.where(rough[codes] == FURNITURE, 0, rough[codes])
    votes[codes[_mostly_silent(votes[codes], index.runs(codes), block[codes])]] = 0
    return replace(index, votes=votes, rough=rough)


def near(index: Index, codes: Integers) -> Flags:
    """Which codes of an index lie near some of its codes."""
    met = np.zeros(len(index), np.bool_)
    for at in range(0, len(codes), _TOGETHER):
        met[index.search_lanes(index.lanes(codes[at : at + _TOGETHER]))[1]] = True
    return met


def of_runs(index: Index, runs: Integers) -> Integers:
    """The codes of some runs."""
    return _of_runs(index.starts, runs)


def _of_runs(starts: Integers, runs: Integers) -> Integers:
    sizes = starts[runs + 1] - starts[runs]
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts[runs] - before, sizes) + np.arange(int(sizes.sum()))


def _asked(index: Index, whose: Owners, codes: Integers) -> tuple[Bytes, Flags]:
    """The vote of each code before its part of a panel is looked at, and which codes were met. Equal ones ask once."""
    lanes = index.lanes(codes)
    order = np.lexsort(lanes.T)
    lanes = lanes[order]
    first = np.flatnonzero(np.r_[np.ones(min(1, len(lanes)), np.bool_), (lanes[1:] != lanes[:-1]).any(axis=1)])
    met, found = np.zeros(len(index), np.bool_), np.zeros(len(first), np.uint8)
    many = True if len(first) >= _MANY else None
    for at in range(0, len(first), _TOGETHER):
        some = first[at : at + _TOGETHER]
        answer = index.search_lanes(lanes[some], by_machine=many)
        met[answer[1]] = True
        found[at : at + _TOGETHER] = _weighed(answer, whose.unit[index.runs(answer[1])], whose, len(some))
    votes = np.zeros(len(codes), np.uint8)
    votes[order] = np.repeat(found, np.diff(np.r_[first, len(lanes)]))
    return votes, met


def _weighed(answer: Found, unit: Integers, whose: Owners, size: int) -> Bytes:
    """100, less where a second unit shows it too, nothing for patterns; furniture is marked."""
    one = answer[0]
    in_units, in_works, in_editions = (
        _spread(one, group, size) for group in (whose.episode[unit], whose.work[unit], unit)
    )
    places = np.bincount(one, minlength=size) // np.maximum(in_editions, 1)
    weight = WHOLE // np.maximum(in_units, 1)
    weight[places > MANY_PLACES] = 0
    weight[(in_works > 1) | (in_units > MANY_UNITS)] = FURNITURE
    return weight.astype(np.uint8)


def names(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """Work and unit of each, as votes count them: works with exactly the same pictures do not silence each other.

    Two holders may have registered one work under two names; a page that shows it is then named by both.
    """
    first: dict[str, tuple[str, str]] = {}
    return [first.setdefault(unit.digest, (unit.work, unit.unit)) for unit in units]


def numbers(of: Sequence[object]) -> Integers:
    """A number for each name, equal for equal names."""
    known: dict[object, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in of], np.int64)


def _spread(code: Integers, group: Integers, size: int) -> Integers:
    """For each code, in how many different groups it was found."""
    pairs = np.unique(code * (int(group.max(initial=0)) + 1) + group)
    return np.bincount(pairs // (int(group.max(initial=0)) + 1), minlength=size).astype(np.int64)


def _mostly_silent(weight: Bytes, run: Integers, block: Integers) -> Flags:
    """Which codes lie in a part of a panel of which at least half has no vote."""
    key = run * (int(block.max(initial=0)) + 1) + block
    _, part = np.unique(key, return_inverse=True)
    silent = np.bincount(part, weight == 0) / np.maximum(np.bincount(part), 1)
    return np.asarray(silent[part] >= MOSTLY, np.bool_)

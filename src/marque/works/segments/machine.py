"""The search of a large segment as machine code, some ten times as fast as numpy's; the answers are the same.

Compiled by numba at the first search of a large segment and kept on disk from then on (some seconds, once a machine).
`segment` loads this only for large segments, and does the same in numpy where numba is not installed.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit, types
from numba.extending import intrinsic

from marque.works.segments.tables import Tables
from marque.works.segments.words import BALLS, RADIUS, Integers, Lanes, Layout

Found = tuple[Integers, Integers, Integers]
Prepared = tuple[tuple[npt.NDArray[Any], ...], ...]
Function = TypeVar("Function", bound=Callable[..., Any])

_ROOM = 1 << 10  # pairs one answer may have; where there are more, the rest is asked again, with more room if need be
_DEAR = 4  # looking a code up costs as much as comparing that many in a row
_KEYS = 1 << 12  # more than the keys near one query's
_STRIDE = 1 << 16
_ONE = np.uint64(1)


def prepare(halves: tuple[Lanes, Lanes], tables: Tables, cut: Layout) -> Prepared:
    """What every search of a segment needs, in the form machine code takes it."""
    words = np.array([(word.lane, word.shift, (1 << word.width) - 1) for word in cut.words], np.uint64)
    columns = np.stack([cut.column, cut.flips, cut.bases[cut.column], cut.balls], axis=1)
    return _fixed(
        (words, columns, BALLS),
        (tables.bits, tables.ranks),
        (tables.bases, tables.steps, tables.crowded, tables.crowded_starts),
        halves,
        (tables.low, tables.high),
    )


def search(lanes: Lanes, prepared: Prepared) -> Found:
    """Every pair at most 31 apart; one found through several words stands there several times.

    Raises IndexError where the tables contradict themselves.
    """
    room, done, found = _ROOM + 4 * len(lanes), 0, []
    while done < len(lanes):
        pairs = np.empty((room, 3), np.int64)
        written, reached = _search(lanes, done, pairs, *prepared)
        if written < 0:
            raise IndexError
        found.append(pairs[:written])
        room = room * 4 if reached == done else room
        done = reached
    joined = found[0] if len(found) == 1 else np.concatenate([np.zeros((0, 3), np.int64), *found])
    return joined[:, 0], joined[:, 1], joined[:, 2]


def _fixed(*groups: tuple[npt.NDArray[Any], ...]) -> Prepared:
    """The same arrays as plain ones that cannot be written: of one type, whether in memory or mapped."""
    fixed = tuple(tuple(np.ascontiguousarray(part).view(np.ndarray) for part in group) for group in groups)
    for part in (part for group in fixed for part in group):
        part.flags.writeable = False
    return fixed


def _compiled(function: Function) -> Function:
    try:
        return cast(Function, njit(cache=True, nogil=True)(function))
    except RuntimeError:  # nowhere to keep compiled code
        return cast(Function, njit(nogil=True)(function))


def _count(_typing: Any, word: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), generate


_ones: Any = intrinsic(_count)


@_compiled
def _search(
    lanes: Any, done: int, pairs: Any, cut: Any, bitmap: Any, runs: Any, halves: Any, numbers: Any
) -> tuple[int, int]:
    """Pairs written and the first query not answered: there was no room for it."""
    written, size = 0, len(halves[0])
    at, wanted = np.empty(len(cut[1]), np.int64), np.empty(len(cut[1]), np.uint64)
    keys, starts, counts = np.empty(_KEYS, np.int64), np.empty(_KEYS, np.int64), np.empty(_KEYS, np.int64)
    for query in range(done, len(lanes)):
        begun = written
        _look(lanes[query], cut, bitmap[0], at, wanted)
        met = _occurring(at, wanted, bitmap, keys)
        total = _places(keys[:met], runs, starts, counts, len(numbers[0]))
        if total < 0:
            return -1, query
        if total * _DEAR > size:
            for first in range(0, size, _STRIDE):
                codes = np.arange(first, min(first + _STRIDE, size))
                written = _compare(lanes[query], query, halves, codes, pairs, written)
        else:
            codes = _standing(starts[:met], counts, numbers, total)
            written = _compare(lanes[query], query, halves, codes, pairs, written)
        if written < 0 or written > len(pairs):
            return min(written, begun), query
    return written, len(lanes)


@_compiled
def _look(lanes: Any, cut: Any, bits: Any, at: Any, wanted: Any) -> None:
    """The bitmap words a query looks at, and what it wants of them. No branch: the reads wait for memory together."""
    words, columns, balls = cut
    for column in range(len(columns)):
        number = columns[column, 0]
        key = np.int64((lanes[words[number, 0]] >> words[number, 1]) & words[number, 2])
        at[column] = ((key >> 6) ^ columns[column, 1]) + columns[column, 2]
        wanted[column] = bits[at[column]] & balls[columns[column, 3], key & 63]


@_compiled
def _occurring(at: Any, wanted: Any, bitmap: Any, keys: Any) -> int:
    """Numbers of the keys near the query's that some code has."""
    bits, ranks = bitmap
    hits = 0
    for column in range(len(at)):  # what is wanted moves to the front, again without a branch
        at[hits], wanted[hits] = at[column], wanted[column]
        hits += int(wanted[column] != 0)
    met = 0
    for hit in range(hits):
        word, rest, rank = bits[at[hit]], wanted[hit], np.int64(ranks[at[hit]])
        while rest:
            lowest = rest & (~rest + _ONE)
            keys[met] = rank + _ones(word & (lowest - _ONE))
            met += 1
            rest ^= lowest
    return met


@_compiled
def _places(keys: Any, runs: Any, starts: Any, counts: Any, places: int) -> int:
    """Where each key's codes begin and how many there are; all of them together, or -1 for what cannot be."""
    bases, steps, crowded, crowded_starts = runs
    total = 0
    for number in range(len(keys)):
        key = keys[number]
        if key + 1 >= len(steps):
            return -1
        start = np.int64(bases[key >> 4]) + steps[key]
        count = np.int64(bases[(key + 1) >> 4]) + steps[key + 1] - start
        if count == 0:
            at = np.searchsorted(crowded, np.uint32(key))
            if at >= len(crowded):
                return -1
            start = np.int64(crowded_starts[at])
            count = np.int64(crowded_starts[at + 1]) - start
        if count <= 0 or start + count > places:
            return -1
        starts[number], counts[number] = start, count
        total += count
    return total


@_compiled
def _standing(starts: Any, counts: Any, numbers: Any, total: int) -> Any:
    """The numbers of all codes of some keys."""
    low, high = numbers
    codes = np.empty(total, np.int64)
    written = 0
    for run in range(len(starts)):
        for place in range(starts[run], starts[run] + counts[run]):
            codes[written] = low[place]
            if len(high):
                codes[written] |= np.int64(high[place]) << 16
            written += 1
    return codes


@_compiled
def _compare(lanes: Any, query: int, halves: Any, codes: Any, pairs: Any, written: int) -> int:
    """Write the pairs that are near; how many there are then, even without room for them. -1: a number of no code."""
    front, back = halves
    one, two, three, four = lanes[0], lanes[1], lanes[2], lanes[3]
    for code in codes:
        if code >= len(front):
            return -1
        apart = _ones(front[code, 0] ^ one) + _ones(front[code, 1] ^ two)
        if apart > RADIUS:
            continue
        apart += _ones(back[code, 0] ^ three) + _ones(back[code, 1] ^ four)
        if apart > RADIUS:
            continue
        if written < len(pairs):
            pairs[written, 0], pairs[written, 1], pairs[written, 2] = query, code, apart
        written += 1
    return written

"""The search of a large segment as machine code, some ten times as fast as numpy's; the answers are the same.

Nearly all of its time is waiting for memory. So each step begins to read what the next one needs, and a word is looked
up for all queries before the next word is, whose tables are others. No branch hangs on what is being waited for.

Compiled by numba at the first search of a large segment and kept on disk from then on (some seconds, once a machine).
`segment` loads this only for large segments, and does the same in numpy where numba is not installed.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from marque.works.segments.instructions import compiled, fetch, ones
from marque.works.segments.tables import RUN, TOGETHER, Tables
from marque.works.segments.words import BALLS, RADIUS, Integers, Lanes, Layout

Found = tuple[Integers, Integers, Integers]
Prepared = tuple[tuple[npt.NDArray[Any], ...], ...]

_ROOM = 1 << 10  # pairs one answer may have; where there are more, the rest is asked again, with more room if need be
_DEAR = 4  # looking a code up costs as much as comparing that many in a row
_KEYS = 1 << 12  # more than the keys near one query's in a word
_STRIDE = 1 << 16
_ODD, _ONES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)
_U = np.uint64


def prepare(halves: tuple[Lanes, Lanes], tables: Tables, cut: Layout) -> Prepared:
    """What every search of a segment needs, in the form machine code takes it."""
    ends = np.searchsorted(cut.column, np.arange(len(cut.words) + 1))
    rows = [
        (word.lane, word.shift, word.width, base, first, stop)
        for word, base, first, stop in zip(
            cut.words, cut.bases.tolist(), ends.tolist(), ends[1:].tolist(), strict=False
        )
    ]
    return _fixed(
        (np.array(rows, np.int64), cut.flips.astype(np.uint32), cut.balls.astype(np.uint8), BALLS),
        (tables.bits, tables.ranks),
        (tables.runs, tables.crowded, tables.crowded_starts),
        (tables.numbers.reshape(-1), *(half.reshape(-1) for half in halves)),
    )


def search(lanes: Lanes, prepared: Prepared) -> Found:
    """Every pair at most 31 apart; one found through several words stands there several times.

    Raises IndexError where the tables contradict themselves.
    """
    tasks, room, done, found = len(prepared[0][0]) * len(lanes), _ROOM + 4 * len(lanes), 0, []
    spent = np.zeros(len(lanes), np.int64)
    while done < tasks:
        pairs = np.empty((room, 3), np.int64)
        written, reached = _search(lanes, done, spent, pairs, *prepared)
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


@compiled
def _search(
    lanes: Any, done: int, spent: Any, pairs: Any, cut: Any, bitmap: Any, runs: Any, codes: Any
) -> tuple[int, int]:
    """Pairs written and the first task (a query in a word) not done: there was no room for its pairs.

    `spent`: codes each query was compared with so far; -1 where that was every one.
    """
    written, size, tasks = 0, len(codes[1]) // 2, len(cut[0]) * len(lanes)
    at, wanted = np.empty(len(cut[1]) + 1, np.uint64), np.empty(len(cut[1]) + 1, np.uint64)
    keys, starts, counts = np.empty(_KEYS, np.uint64), np.empty(_KEYS, np.uint64), np.empty(_KEYS, np.uint64)
    for task in range(done, tasks):
        word, query = cut[0][task // len(lanes)], task % len(lanes)
        if spent[query] < 0:
            continue
        looked = _look(_key(lanes[query], word), word, cut, bitmap, at, wanted)
        met = _occurring(at[:looked], wanted, bitmap, runs[0], keys)
        total = _places(keys[:met], runs, codes[0], starts, counts, size, len(cut[0]))
        if total < 0:
            return -1, task
        if (spent[query] + total) * _DEAR > size:
            after, total = _all(lanes[query], query, codes, pairs, written), -1 - spent[query]
        else:
            standing = _standing(starts[:met], counts, codes, total, size)
            after = _compare(lanes[query], query, codes, standing, pairs, written)
        if after < 0 or after > len(pairs):
            return min(after, written), task
        written = after
        spent[query] += total
    return written, tasks


@compiled
def _key(lanes: Any, word: Any) -> Any:
    """A query's key in a word."""
    lane, shift, mask = word[0], word[1], (_U(1) << _U(word[2])) - _U(1)
    if shift >= 0:
        return lanes[lane] >> _U(shift) & mask
    return (lanes[lane] << _U(-shift) | lanes[lane + 1] >> _U(64 + shift)) & mask


@compiled
def _look(key: Any, word: Any, cut: Any, bitmap: Any, at: Any, wanted: Any) -> Any:
    """The bitmap words that hold keys near the query's, how many, and which of their bits are near."""
    flips, near, balls = cut[1][word[4] : word[5]], cut[2][word[4] : word[5]], cut[3]
    bits, ranks = bitmap
    high, low, base = key >> _U(6), key & _U(63), _U(word[3])
    for column in range(len(flips)):
        wanted[column] = bits[base + (high ^ _U(flips[column]))] & balls[_U(near[column]), low]
    hits = _U(0)
    for column in range(len(flips)):  # what holds some moves to the front
        at[hits] = base + (high ^ _U(flips[column]))
        wanted[hits] = wanted[column]
        hits += _U(wanted[column] != _U(0))
    for hit in range(hits):
        fetch(ranks, at[hit])
    return np.int64(hits)


@compiled
def _occurring(at: Any, wanted: Any, bitmap: Any, runs: Any, keys: Any) -> Any:
    """Numbers of the keys near the query's that some code has."""
    bits, ranks = bitmap
    met = _U(0)
    for hit in range(len(at)):
        word, rest, rank = bits[at[hit]], wanted[hit], _U(ranks[at[hit]])
        while rest:
            lowest = rest & (~rest + _U(1))
            key = rank + ones(word & (lowest - _U(1)))
            fetch(runs, key // _U(TOGETHER) * _U(RUN))
            keys[met] = key
            met += _U(1)
            rest ^= lowest
    return np.int64(met)


@compiled
def _places(keys: Any, runs: Any, numbers: Any, starts: Any, counts: Any, size: int, words: int) -> Any:
    """Where each key's codes begin and how many there are; all of them together, or -1 for what cannot be."""
    table, crowded, crowded_starts = runs
    total, places, bytes_each = _U(0), _U(size * words), _U(3 if size > 1 << 16 else 2)
    for number in range(len(keys)):
        key = keys[number]
        at = key // _U(TOGETHER) * _U(RUN)
        if at >= _U(len(table)):
            return -1
        held = _U(table[at + _U(2)]) << _U(32) | _U(table[at + _U(1)])
        shift = key % _U(TOGETHER) * _U(4)
        before = held & ((_U(1) << shift) - _U(1))
        before = (before & _ODD) + (before >> _U(4) & _ODD)
        start, count = _U(table[at]) + (before * _ONES >> _U(56)), held >> shift & _U(15)
        if count == 0:
            many = np.searchsorted(crowded, np.uint32(key))
            if many >= len(crowded):
                return -1
            start = _U(crowded_starts[many])
            count = _U(crowded_starts[many + 1]) - start
        if count == 0 or start >= places or count > places - start:
            return -1
        fetch(numbers, start * bytes_each)
        starts[number], counts[number] = start, count
        total += count
    return np.int64(total)


@compiled
def _standing(starts: Any, counts: Any, codes: Any, total: int, size: int) -> Any:
    """The numbers of all codes of some keys; one that is no code's is the last's."""
    numbers, front, _ = codes
    found = np.empty(total, np.uint64)
    written, three = _U(0), size > 1 << 16
    each, last = _U(3 if three else 2), _U(size - 1)
    for run in range(len(starts)):
        at = starts[run] * each
        for _ in range(counts[run]):
            code = _U(numbers[at]) | _U(numbers[at + _U(1)]) << _U(8)
            if three:
                code |= _U(numbers[at + _U(2)]) << _U(16)
            code = min(code, last)
            fetch(front, code * _U(2))
            found[written] = code
            written += _U(1)
            at += each
    return found


@compiled
def _compare(lanes: Any, query: int, codes: Any, asked: Any, pairs: Any, written: int) -> int:
    """Write the pairs that are near; how many there are then, even without room for them. Uses up what is asked."""
    _, front, back = codes
    near = _U(0)
    for number in range(len(asked)):  # what half of its bits leave moves to the front
        code = asked[number]
        at = code * _U(2)
        asked[near] = code
        near += _U(ones(front[at] ^ lanes[0]) + ones(front[at + _U(1)] ^ lanes[1]) <= _U(RADIUS))
    for number in range(near):
        at = asked[number] * _U(2)
        apart = ones(front[at] ^ lanes[0]) + ones(front[at + _U(1)] ^ lanes[1])
        apart += ones(back[at] ^ lanes[2]) + ones(back[at + _U(1)] ^ lanes[3])
        if apart <= _U(RADIUS):
            if written < len(pairs):
                pairs[written, 0], pairs[written, 1], pairs[written, 2] = query, asked[number], apart
            written += 1
    return written


@compiled
def _all(lanes: Any, query: int, codes: Any, pairs: Any, written: int) -> int:
    """The same with every code."""
    size = len(codes[1]) // 2
    for first in range(0, size, _STRIDE):
        asked = np.arange(first, min(first + _STRIDE, size)).astype(np.uint64)
        written = _compare(lanes, query, codes, asked, pairs, written)
    return written

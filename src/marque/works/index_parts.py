"""An index in parts that the workers of a cluster hold one each.

A code's part is the prefix of a mix of its bits: equal codes lie in one part, parts are of nearly the same size, and
every code is in exactly one. A query within the radius may lie in any part, so each part is asked; the answers of all
parts together are the answer of the whole, number for number.
"""

from collections.abc import Iterable

import numpy as np

from marque.signals.pictures.pdq import Bytes
from marque.works.index import Index
from marque.works.segments import segment, words
from marque.works.segments.segment import Found
from marque.works.segments.tables import MOST
from marque.works.segments.words import Integers, Lanes

_NUMBER = "number"
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
MOST_BITS = 16


def prefix(lanes: Lanes, bits: int) -> Integers:
    """The part of each code, out of 2 to the power of `bits`."""
    mixed = np.zeros(len(lanes), np.uint64)
    for lane, odd in enumerate(_ODD):
        mixed = (mixed ^ lanes[:, lane]) * np.uint64(odd)
        mixed ^= mixed >> np.uint64(29)
    return np.asarray((mixed * np.uint64(_ODD[0])) >> np.uint64(48), np.int64) >> (MOST_BITS - bits)


def part(index: Index, number: int, bits: int) -> Index:
    """The codes of one part, each with its number in the whole; removed ones are left out."""
    lanes = index.lanes(np.arange(len(index)))
    mine = np.flatnonzero((prefix(lanes, bits) == number) & index.held(np.arange(len(index))))
    made = []
    for at in range(0, len(mine), MOST):
        rows = mine[at : at + MOST]
        made.append(segment.build(lanes[rows], columns={_NUMBER: rows.astype(np.uint64)}))
    return Index(tuple(made), index.votes[mine])


def search(held: Index, queries: Bytes) -> Found:
    """Query, code number in the whole, and distance of every pair of this part at most 31 apart, in that order."""
    query, code, distance = held.search_lanes(words.spread(queries))
    return united([(query, held.column(_NUMBER)[code].astype(np.int64), distance)])


def united(answers: Iterable[Found]) -> Found:
    """The answers of several parts as one."""
    none = np.zeros(0, np.int64)
    query, code, distance = (np.concatenate(rows) for rows in zip((none, none, none), *answers, strict=True))
    order = np.lexsort((code, query))
    return query[order], code[order], distance[order]

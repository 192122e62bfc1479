"""From queries to the codes that share a near key with them, in bounded memory.

Nothing here decides: what is found by its keys is compared in full afterwards.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from marque.works.segments.tables import Tables
from marque.works.segments.words import BALLS, LOW, Integers, Lanes, Layout, keys_of

QUERIES = 64  # looked up together: their bitmap words fit the processor's cache
SLICE = 1 << 18  # codes compared at a time


def occurring(lanes: Lanes, tables: Tables, cut: Layout) -> tuple[Integers, Integers]:
    """Query and key number of every key near a query's that some code has."""
    keys = np.stack([keys_of(lanes, word) for word in cut.words], axis=1).astype(np.int64)
    near = BALLS[:, keys & 63].transpose(1, 2, 0).reshape(len(lanes), -1)
    at = np.take(keys >> LOW, cut.column, axis=1)
    at ^= cut.flips
    at += cut.bases[cut.column]
    found = tables.bits.take(at)
    found &= np.take(near, cut.column * len(BALLS) + cut.balls, axis=1)
    looked = np.flatnonzero(found)
    return _numbered(looked // len(cut.column), at.ravel()[looked], found.ravel()[looked], tables)


def _numbered(
    query: Integers, at: Integers, wanted: npt.NDArray[np.uint64], tables: Tables
) -> tuple[Integers, Integers]:
    """One row for each bit of `wanted`, with the number of its key among those that occur."""
    whole, rank = tables.bits[at], tables.ranks[at].astype(np.int64)
    queries, keys = [], []
    while len(query):
        lowest = wanted & (~wanted + np.uint64(1))
        queries.append(query)
        keys.append(rank + np.bitwise_count(whole & (lowest - np.uint64(1))))
        wanted = wanted ^ lowest
        more = np.flatnonzero(wanted)
        query, wanted, whole, rank = query[more], wanted[more], whole[more], rank[more]
    return np.concatenate([_NONE, *queries]), np.concatenate([_NONE, *keys])


_NONE = np.zeros(0, np.int64)


def candidates(
    query: Integers, start: Integers, count: Integers, tables: Tables
) -> Iterator[tuple[Integers, Integers]]:
    """Query and code number of all that stands at the given runs, at most `SLICE` at a time."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    for at in range(0, total, SLICE):
        stop = min(total, at + SLICE)
        first, last = np.searchsorted(ends, [at, stop - 1], side="right")
        runs = slice(int(first), int(last) + 1)
        before = ends[runs] - count[runs]
        begin, end = np.maximum(before, at), np.minimum(ends[runs], stop)
        places = np.repeat(start[runs] + begin - before - (begin - at), end - begin) + np.arange(stop - at)
        yield np.repeat(query[runs], end - begin), tables.codes(places)

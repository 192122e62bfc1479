"""A catalogue's texts as one index: every kept hash in order, with the unit and the place it comes from and its vote.

The index is exact: sorted hashes, found by bisection. What many works say counts little. Units of which one holds half
of the other (editions, a chapter and its volume) are one family: what they share is theirs, not common.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from marque.works.text.model import LETTERS, PAGES, TABLE, Bytes, Hashes, Places

MOST_PLACES = 1_024  # a hash in more places than that is nobody's; it bounds what one query shingle can cost
_SKETCH = 128  # least hashes of a unit that stand for it where units are compared
_ALIKE = 0.5
_FULL = 255  # a vote, in the byte it is kept in

Numbers = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reference:
    """`hashes` are sorted; `row` leads from each to its row in the units' own order, where the other columns stand."""

    hashes: Hashes
    votes: Bytes
    row: Numbers
    start: Hashes
    end: Hashes
    bounds: Places  # unit n has the rows from bounds[n] to bounds[n + 1]
    family: Places
    script: Bytes  # of each unit: in which most of it is written

    def unit_of(self, row: Places) -> Places:
        return np.searchsorted(self.bounds, row, side="right").astype(np.int64) - 1

    def length(self, unit: int) -> int:
        """Characters of the unit's text, up to its last shingle."""
        last = int(self.bounds[unit + 1])
        return int(self.end[last - 1]) if last > self.bounds[unit] else 0

    def pages(self, unit: int) -> float:
        """Pages the unit would fill in print."""
        return self.length(unit) / PAGES[int(self.script[unit])]


def build(tables: Sequence[pa.Table]) -> Reference:
    """The index of some units; a unit's number is its position."""
    whole = pa.concat_tables([TABLE.empty_table(), *(table.cast(TABLE) for table in tables)]).combine_chunks()
    hashes, start, end, script = (whole[name].to_numpy() for name in TABLE.names)
    bounds = np.concatenate([[0], np.cumsum([table.num_rows for table in tables], dtype=np.int64)]).astype(np.int64)
    row = np.argsort(hashes, kind="stable").astype(np.int32)
    ordered = hashes[row]
    unit = np.searchsorted(bounds, row, side="right").astype(np.int32) - 1
    family = _families(ordered, unit, len(tables))
    written = np.array([_most(script[first:last]) for first, last in pairwise(bounds)], np.uint8)
    votes = _votes(ordered, family[unit])
    return Reference(ordered, votes, row, start, np.maximum(start, end), bounds, family, written)


def _most(scripts: Bytes) -> int:
    return int(np.bincount(np.minimum(scripts, max(PAGES))).argmax()) if len(scripts) else LETTERS


def _families(ordered: Hashes, unit: Numbers, units: int) -> Places:
    """The family of each unit: those linked by holding half of one another's sketch."""
    first, second = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    begins = _begins(ordered)
    count = np.diff(np.append(begins, len(ordered)))
    usable = np.repeat((count <= MOST_PLACES) & (count > 0), count)
    for number, hashes in _sketches(ordered[usable], unit[usable], units):
        left, right = (np.searchsorted(ordered, hashes, side=side) for side in ("left", "right"))
        at = spread(left, right)[1]
        pairs = np.unique(np.stack([ordered[at].astype(np.int64), unit[at]]), axis=1)[1]
        held = np.bincount(pairs, minlength=units)
        alike = np.flatnonzero(held >= max(1.0, _ALIKE * len(hashes)))
        first.append(np.full(len(alike), number))
        second.append(alike)
    ends = np.concatenate(first), np.concatenate(second)
    graph = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(units, units))
    return connected_components(graph, directed=False)[1].astype(np.int64) if units else np.zeros(0, np.int64)


def _sketches(ordered: Hashes, unit: Numbers, units: int) -> list[tuple[int, Hashes]]:
    """The least hashes of each unit that has any."""
    by_unit = np.argsort(unit, kind="stable")  # stays in order of hash within each unit
    bounds = np.searchsorted(unit[by_unit], np.arange(units + 1))
    found = []
    for number in range(units):
        # Three times as many as wanted, because a unit may hold a hash more than once.
        hashes = np.unique(ordered[by_unit[bounds[number] : min(bounds[number] + 3 * _SKETCH, bounds[number + 1])]])
        if len(hashes):
            found.append((number, hashes[:_SKETCH]))
    return found


def _begins(ordered: npt.NDArray[np.generic]) -> Places:
    """Where each distinct value begins."""
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(new)


def _votes(ordered: Hashes, family: Places) -> Bytes:
    """A full vote for what one family has; less, the more families have it; none for what stands nearly everywhere."""
    begins = _begins(ordered)
    count = np.diff(np.append(begins, len(ordered)))
    which = np.repeat(np.arange(len(begins)), count)
    pairs = np.lexsort((family, which))
    new = np.ones(len(ordered), bool)
    new[1:] = (np.diff(which[pairs]) != 0) | (np.diff(family[pairs]) != 0)
    families = np.bincount(which[pairs][new], minlength=len(begins))
    worth: Floats = 1.0 / (1.0 + np.log2(np.maximum(families, 1)))
    worth[count > MOST_PLACES] = 0.0
    return np.repeat(np.round(worth * _FULL).astype(np.uint8), count)


def search(reference: Reference, hashes: Hashes, most: int) -> Iterator[tuple[Places, Places, Floats]]:
    """Every pair of a query and a catalogue row of equal hash, with its vote; by query row, about `most` at a time."""
    left = np.searchsorted(reference.hashes, hashes, side="left")
    right = np.searchsorted(reference.hashes, hashes, side="right")
    right = np.where(right - left > MOST_PLACES, left, right)
    part = np.cumsum(right - left) // most
    for first, last in pairwise([*_begins(part).tolist(), len(part)]):
        query, at = spread(left[first:last], right[first:last])
        yield query + first, reference.row[at].astype(np.int64), reference.votes[at] / _FULL


def spread(left: Places, right: Places) -> tuple[Places, Places]:
    """Half-open ranges written out: which range, and each position in it."""
    many = right - left
    which = np.repeat(np.arange(len(many)), many)
    at = np.arange(len(which)) - np.repeat(np.cumsum(many) - many, many) + left[which]
    return which.astype(np.int64), at.astype(np.int64)

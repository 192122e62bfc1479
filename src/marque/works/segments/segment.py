"""A segment: codes that never change, searched exactly. Small ones are compared one by one, others through tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.signals.pictures.pdq import Bytes
from marque.works.segments import probing
from marque.works.segments import tables as tabled
from marque.works.segments.words import RADIUS, Integers, Lanes, Layout, layout

SMALL, LARGE = 1 << 12, 1 << 19  # codes from which tables pay, and from which machine code does
LONGER, LONGEST = 3 << 18, 1 << 22  # codes from which fewer and longer words pay, and still fewer
OWNER = 32  # bytes of an owner's name
_PAIRS = 1 << 16  # compared at a time
_DEAR = 8  # looking a code up costs as much as comparing that many in a row

Found = tuple[Integers, Integers, Integers]  # query, code, distance


@dataclass(frozen=True, slots=True)
class Segment:
    """Codes in two halves: the first 128 bits settle nearly every comparison.

    Codes stand in runs, each of which belongs to an owner named by 32 bytes; `columns` say more of each code.
    `name` is that of the file it is mapped from.
    """

    front: Lanes  # n x 2
    back: Lanes
    tables: tabled.Tables | None
    owners: Bytes = field(default_factory=lambda: np.zeros((0, OWNER), np.uint8))
    sizes: npt.NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, np.uint32))
    columns: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)
    name: str = ""
    prepared: list[Any] = field(default_factory=list, compare=False)

    def __len__(self) -> int:
        return len(self.front)

    def lanes(self, codes: Integers | slice) -> Lanes:
        """Some of the codes, whole."""
        return np.concatenate([self.front[codes], self.back[codes]], axis=1)

    def search(self, lanes: Lanes, *, by_machine: bool | None = None) -> Found:
        """Every pair at most 31 apart, by query and code. Raises IndexError where its tables are damaged.

        Machine code has to be loaded first; whether that pays is told, or else decided by the segment's size.
        """
        pays = len(self) >= LARGE if by_machine is None else by_machine
        if pays and self.tables is not None and machine_code():
            return self._by_machine(lanes, self.tables)
        step = probing.QUERIES
        found = [_moved(self._some(lanes[at : at + step]), at) for at in range(0, len(lanes), step)]
        query, code, distance = (np.concatenate([_NONE, *(part[n] for part in found)]) for n in range(3))
        return query, code, distance

    def _by_machine(self, lanes: Lanes, held: tabled.Tables) -> Found:
        from marque.works.segments import machine

        if not self.prepared:
            self.prepared.append(machine.prepare((self.front, self.back), held, cut(len(self))))
        query, code, distance = machine.search(lanes, self.prepared[0])
        if len(query) < 2:
            return query, code, distance
        _, once = np.unique(query * len(self) + code, return_index=True)
        return query[once], code[once], distance[once]

    def _some(self, lanes: Lanes) -> Found:
        if self.tables is None:
            return self._compared(lanes)
        query, key = probing.occurring(lanes, self.tables, cut(len(self)))
        start, count = self.tables.starts(key)
        dear = np.bincount(query, weights=count, minlength=len(lanes)) * _DEAR > len(self)
        rest = ~dear[query]
        near = [
            self._near(lanes, *pairs)
            for pairs in probing.candidates(query[rest], start[rest], count[rest], self.tables)
        ]
        crowd = np.flatnonzero(dear)
        if len(crowd):
            one, code, _ = self._compared(lanes[crowd])
            near.append(crowd[one] * len(self) + code)
        pairs = np.unique(np.concatenate([_NONE, *near]))  # a pair near in several words was found several times
        one, code = pairs // len(self), pairs % len(self)
        return one, code, self._distance(lanes, one, code)

    def _near(self, lanes: Lanes, query: Integers, code: Integers) -> Integers:
        """Of pairs those at most 31 apart, each as query number x size + code number."""
        apart = np.bitwise_count(self.front.take(code, axis=0) ^ lanes[:, :2].take(query, axis=0))
        near = np.flatnonzero(apart[:, 0] + apart[:, 1] <= RADIUS)
        query, code = query[near], code[near]
        near = np.flatnonzero(self._distance(lanes, query, code) <= RADIUS)
        return query[near] * len(self) + code[near]

    def _distance(self, lanes: Lanes, query: Integers, code: Integers) -> Integers:
        return np.asarray(np.bitwise_count(self.lanes(code) ^ lanes[query]).sum(axis=1, dtype=np.int64), np.int64)

    def _compared(self, lanes: Lanes) -> Found:
        """Every query with every code."""
        pairs = []
        for at in range(0, len(self), max(1, _PAIRS // max(1, len(lanes)))):
            one, two = (half.copy() for half in self.front[at : at + max(1, _PAIRS // max(1, len(lanes)))].T)
            apart = np.bitwise_count(lanes[:, None, 0] ^ one)
            apart += np.bitwise_count(lanes[:, None, 1] ^ two)
            query, code = np.nonzero(apart <= RADIUS)
            code += at
            near = self._distance(lanes, query, code) <= RADIUS
            pairs.append(query[near] * len(self) + code[near])
        joined = np.sort(np.concatenate([_NONE, *pairs]))
        query, code = joined // max(1, len(self)), joined % max(1, len(self))
        return query, code, self._distance(lanes, query, code)


_NONE = np.zeros(0, np.int64)


def cut(codes: int) -> Layout:
    """How the codes of a segment of that size are cut into words."""
    if codes >= LONGEST:
        return layout(11)
    return layout(12 if codes >= LONGER else 16)


@cache
def machine_code() -> bool:
    """Whether large segments can be searched by machine code."""
    return find_spec("numba") is not None


def build(
    lanes: Lanes,
    owners: Bytes | None = None,
    sizes: npt.NDArray[np.uint32] | None = None,
    columns: Mapping[str, npt.NDArray[Any]] | None = None,
) -> Segment:
    """A segment of at most `tables.MOST` codes."""
    front, back = np.ascontiguousarray(lanes[:, :2]), np.ascontiguousarray(lanes[:, 2:])
    made = tabled.build(lanes, cut(len(lanes))) if len(lanes) >= SMALL else None
    if owners is None or sizes is None:
        return Segment(front, back, made, columns=columns or {})
    return Segment(front, back, made, owners, sizes, columns or {})


def _moved(found: Found, by: int) -> Found:
    return found[0] + by, found[1], found[2]

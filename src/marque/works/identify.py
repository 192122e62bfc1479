"""Which units of a catalogue a page may show, and which of their panels where. Votes, not yet an answer.

A hit is a query patch within 31 bits of a catalogue patch. Hits count by how rare their code is, only where they
agree on a placing, and each place once.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.signals.pictures.pdq import Bytes, inverse
from marque.works.consensus import Placing, agree
from marque.works.reference import Block, Integers, Reference
from marque.works.strip import WIDTH, Segment
from marque.works.votes import WHOLE, names, numbers

Floats = npt.NDArray[np.float64]

LEAST_MEMBERS = 2


@dataclass(frozen=True, slots=True)
class Query:
    """A page: its patches in strip units and the pictures they come from."""

    places: Floats  # n x 4: x, y, size, angle
    codes: Bytes
    mirrored: Bytes
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A block of the catalogue found on the page. `shared`: most of what was found there a second unit shows too."""

    number: int
    block: Block
    placing: Placing
    weight: float
    distance: int
    shared: bool = False

    @property
    def at(self) -> float:
        """How far down the page its middle is."""
        place = self.block.place
        middle = complex(place.x + place.w / 2, place.y + place.h / 2)
        return (self.placing.factor * middle + self.placing.shift).imag


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with the blocks found on the page, in reading order; `in_order` are those whose order agrees."""

    unit: int
    mirrored: bool
    seen: tuple[Seen, ...]
    in_order: tuple[Seen, ...]

    @property
    def weight(self) -> float:
        """All votes that agree."""
        return sum(block.weight for block in self.seen)


@dataclass(frozen=True, slots=True)
class _Hits:
    query: Integers
    code: Integers
    distance: Integers
    weight: Floats


def identify(query: Query, reference: Reference, *, mirrored: bool = False, inverted: bool = False) -> list[Candidate]:
    """Candidates, the heaviest edition of each unit, by work and unit."""
    places, codes = query.places, query.codes
    if mirrored:
        places = np.stack([WIDTH - places[:, 0], places[:, 1], places[:, 2], 180.0 - places[:, 3]], axis=1)
        codes = query.mirrored
    if inverted:
        places, codes = places + np.array([0.0, 0.0, 0.0, 180.0]), inverse(codes)
    hits = _search(codes, reference)
    best: dict[tuple[str, str], Candidate] = {}
    for number in np.unique(reference.unit[hits.code]).tolist():
        seen = tuple(_seen(number, places, hits, reference))
        if seen:
            found = Candidate(number, mirrored, seen, _in_order(seen))
            name = reference.units[number].work, reference.units[number].unit
            if name not in best or found.weight > best[name].weight:
                best[name] = found
    return [best[name] for name in sorted(best)]


def _search(codes: Bytes, reference: Reference) -> _Hits:
    query, code, distance = reference.index.search(codes)
    weight = reference.index.votes[code] / WHOLE
    weight[np.isin(query, _torn(query, code, reference))] = 0.0
    return _Hits(query, code, distance, weight)


def _torn(query: Integers, code: Integers, reference: Reference) -> Integers:
    """Query patches that point to several works at once: they say nothing of any."""
    works = numbers([work for work, _ in names(reference.units)])
    pairs = np.unique(np.stack([query, works[reference.unit[code]]]), axis=1)
    return np.flatnonzero(np.bincount(pairs[0]) > 1) if pairs.size else _NONE


_NONE = np.zeros(0, np.int64)


def _seen(number: int, places: Floats, hits: _Hits, reference: Reference) -> Iterator[Seen]:
    """The blocks of one unit on whose placing at least two voting hits agree.

    Hits without a vote are placed too: a block where they are the more is furniture of which some edge looked rare.
    """
    mine = np.flatnonzero(reference.unit[hits.code] == number)
    blocks = reference.block[hits.code[mine]]
    for block in np.unique(blocks[hits.weight[mine] > 0]).tolist():
        rows = mine[blocks == block]
        there = reference.places[hits.code[rows]].astype(np.float64)
        placing = agree(places[hits.query[rows]], there, hits.weight[rows])
        members = rows[placing.members]
        voting = members[hits.weight[members] > 0]
        if len(voting) >= LEAST_MEMBERS and len(voting) * 2 > len(members):
            distance, weight = int(np.median(hits.distance[voting])), float(hits.weight[voting].sum())
            shared = weight * 4 <= len(voting) * 3
            yield Seen(block, reference.blocks[number][block], placing, weight, distance, shared)


def _in_order(seen: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """The longest run of blocks that come in the same order on the page as in the unit."""
    tails: list[float] = []
    length = []
    for block in seen:
        place = bisect_left(tails, block.at)
        tails[place : place + 1] = [block.at]
        length.append(place + 1)
    kept, wanted, below = [], len(tails), float("inf")
    for block, here in zip(reversed(seen), reversed(length), strict=True):
        if here == wanted and block.at < below:
            kept.append(block)
            wanted, below = wanted - 1, block.at
    return tuple(reversed(kept))

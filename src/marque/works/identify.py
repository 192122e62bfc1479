"""Which units of a catalogue a page may show, and which of their panels where. Votes, not yet an answer.

The index names units: a query patch within 31 bits of a catalogue patch is a hit. Each unit so named is then compared
with the page code by code, more than twice as far: among a few hundred codes of one unit that is still no chance, where
they agree on a placing. Hits count by how rare and how near their code is, and each place once.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.signals.pictures.pdq import Bytes, inverse
from marque.works import contested
from marque.works.blocks import Block
from marque.works.consensus import Placing, agree
from marque.works.index import RADIUS, WHOLE
from marque.works.reference import Integers, Reference
from marque.works.segments import words
from marque.works.strip import WIDTH, Segment

Floats = npt.NDArray[np.float64]
Lanes = npt.NDArray[np.uint64]  # n x 4

LEAST_MEMBERS, LEAST_FAR = 2, 3  # that agree, where one of them is near, and where none is
HALF_FAR, FAR = 64, 72  # bits, within a unit that the index named
HALF_FAR_WORTH, FAR_WORTH = 0.5, 0.25  # of a near hit
LINE = 24.0  # strip units: far hits within it may be a line of lettering, and the same words stand in many works
FACE = 120.0  # strip units
COMPARED = 100  # units compared code by code, the heaviest first
GLANCE = 96  # codes of a page that show whether it is worth asking as mirrored, or as a negative
ALL_COMPARED = 50  # units: so many are all compared, named by the index or not
MOST_PAIRS = 60_000_000  # and so many pairs of codes, for a page without end
_CHUNK = 1 << 15  # pairs compared at once: what is made of them stays in the processor cache


@dataclass(frozen=True, slots=True)
class Query:
    """A page: its patches in strip units and the pictures they come from."""

    places: Floats  # n x 4: x, y, size, angle
    codes: Bytes
    mirrored: Bytes
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A block of the catalogue found on the page, by hits that lie so far `across` it.

    `shared`: most of what was found there a second unit shows too.
    """

    number: int
    block: Block
    placing: Placing
    weight: float
    distance: int
    shared: bool = False
    across: float = float(WIDTH)

    @property
    def narrow(self) -> bool:
        """Whether one face or one thing may be all that is the same: another episode may show it again."""
        return self.across < FACE

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
    inverted: bool = False

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
    torn: Integers  # query patches that point to several works at once: they say nothing of any


def identify(query: Query, reference: Reference, *, mirrored: bool = False, inverted: bool = False) -> list[Candidate]:
    """Candidates, the heaviest edition of each unit, by work and unit."""
    places, codes = turned(query, mirrored=mirrored, inverted=inverted)
    if (mirrored or inverted) and len(reference.units) > ALL_COMPARED and not _worth_asking(codes, reference):
        return []
    hits = _search(codes, reference)
    named = [(number, False) for number in _compared(hits, reference, len(codes))]
    named += [(number, True) for number in contested.units(hits.code, reference)]
    best: dict[tuple[str, str], Candidate] = {}
    for number, many in named:
        seen = tuple(_seen(number, places, _closer(codes, number, hits.torn, reference, many=many), reference))
        if seen and (not many or contested.inside([one.number for one in in_order(seen)], number, reference)):
            found = Candidate(number, mirrored, seen, in_order(seen), inverted)
            name = reference.units[number].work, reference.units[number].unit
            if name not in best or found.weight > best[name].weight:
                best[name] = found
    return [best[name] for name in sorted(best)]


def turned(query: Query, *, mirrored: bool, inverted: bool) -> tuple[Floats, Bytes]:
    """Places and codes as they are if what the page shows is mirrored, or a negative."""
    places, codes = query.places, query.codes
    if mirrored:
        places = np.stack([WIDTH - places[:, 0], places[:, 1], places[:, 2], 180.0 - places[:, 3]], axis=1)
        codes = query.mirrored
    if inverted:
        places, codes = places + np.array([0.0, 0.0, 0.0, 180.0]), inverse(codes)
    return places, codes


def _worth_asking(codes: Bytes, reference: Reference) -> bool:
    """Whether some of a long page's codes, taken from all over it, name one unit twice.

    Few pages are mirrored or negatives; those that are show it at once, and the others should cost little.
    """
    if len(codes) <= 2 * GLANCE:
        return True
    some = codes[np.linspace(0, len(codes) - 1, GLANCE).astype(np.int64)]
    query, code, _ = reference.index.search(some)
    named = np.unique(np.stack([query, reference.unit[code]]), axis=1)[1]
    return bool((np.bincount(named) > 1).any())


def _search(codes: Bytes, reference: Reference) -> _Hits:
    query, code, distance = reference.index.search(codes)
    return _weighed(query, code, distance, _torn(query, code, reference), reference.index.votes[code])


def _weighed(query: Integers, code: Integers, distance: Integers, torn: Integers, votes: Bytes) -> _Hits:
    worth = np.where(distance <= RADIUS, 1.0, np.where(distance <= HALF_FAR, HALF_FAR_WORTH, FAR_WORTH))
    weight = votes / WHOLE * worth
    weight[np.isin(query, torn)] = 0.0
    return _Hits(query, code, distance, weight, torn)


def _compared(hits: _Hits, reference: Reference, asked: int) -> list[int]:
    """The units that the index named, the heaviest first, as many as may be compared; all of a small catalogue."""
    weight = np.bincount(reference.unit[hits.code], hits.weight, minlength=len(reference.units))
    ranked = np.lexsort((np.arange(len(weight)), -weight))[:COMPARED]
    ranked = ranked[(weight[ranked] > 0) | ((len(weight) <= ALL_COMPARED) & (asked > 0))]
    sizes = np.array([_end(number, reference) - _start(number, reference) for number in ranked.tolist()], np.int64)
    return sorted(ranked[np.cumsum(sizes * asked) <= MOST_PAIRS].tolist()) or ranked[:1].tolist()


def _start(number: int, reference: Reference) -> int:
    return reference.rows(number)[0]


def _end(number: int, reference: Reference) -> int:
    return reference.rows(number)[1]


def _closer(codes: Bytes, number: int, torn: Integers, reference: Reference, *, many: bool) -> _Hits:
    """Every pair of a query patch and a patch of this unit that is not too far apart.

    With `many`, what several works show counts too: whether it is more than their credits is asked of the whole.
    """
    start, end = _start(number, reference), _end(number, reference)
    asked, there = words.spread(codes), reference.index.lanes(np.arange(start, end))
    step = max(1, _CHUNK // (end - start))
    parts = []
    for at in range(0, len(asked), step):
        away = distances(asked[at : at + step], there)
        near = np.flatnonzero(away <= FAR)
        query, code = np.divmod(near, end - start)
        parts.append((query + at, code + start, away.ravel()[near].astype(np.int64)))
    query, code, distance = (np.concatenate([part[n] for part in parts]) for n in range(3))
    if many:
        return _weighed(query, code, distance, _NONE, contested.votes(reference.index, code))
    return _weighed(query, code, distance, torn, reference.index.votes[code])


def distances(asked: Lanes, there: Lanes) -> npt.NDArray[np.uint16]:
    """Bits in which each asked code differs from each code there, a lane of 64 at a time: small sums stay small."""
    one, two, three, four = (np.bitwise_count(asked[:, lane, None] ^ there[None, :, lane]) for lane in range(4))
    return np.asarray(np.add(one + two + three, four, dtype=np.uint16), np.uint16)


def _torn(query: Integers, code: Integers, reference: Reference) -> Integers:
    """Query patches that point to several works at once: they say nothing of any."""
    pairs = np.unique(np.stack([query, reference.works[reference.unit[code]]]), axis=1)
    return np.flatnonzero(np.bincount(pairs[0]) > 1) if pairs.size else _NONE


_NONE = np.zeros(0, np.int64)


def _seen(number: int, places: Floats, hits: _Hits, reference: Reference) -> Iterator[Seen]:
    """The blocks of one unit on whose placing enough voting hits agree.

    Hits without a vote are placed too: a block where they are the more is furniture of which some edge looked rare.
    """
    blocks = reference.block[hits.code]
    for block in np.unique(blocks[hits.weight > 0]).tolist():
        rows = np.flatnonzero(blocks == block)
        there = reference.places[hits.code[rows]].astype(np.float64)
        placing = agree(places[hits.query[rows]], there, hits.weight[rows])
        members = rows[placing.members]
        voting = members[hits.weight[members] > 0]
        near = bool((hits.distance[voting] <= RADIUS).any())
        enough = len(voting) >= (LEAST_MEMBERS if near else LEAST_FAR)
        enough = enough and (near or breadth(reference.places[hits.code[voting]]) >= LINE)
        if enough and len(voting) * 2 > len(members):
            distance, weight = int(np.median(hits.distance[voting])), float(hits.weight[voting].sum())
            shared = int(reference.index.votes[hits.code[voting]].sum()) * 4 <= len(voting) * 3 * WHOLE
            across = _across(reference.places[hits.code[voting]])
            yield Seen(block, reference.blocks[number][block], placing, weight, distance, shared, across)


def _across(places: npt.NDArray[np.floating]) -> float:
    """How far the two places lie from each other that are farthest apart."""
    at = places[:, 0].astype(np.float64) + 1j * places[:, 1].astype(np.float64)
    return float(np.abs(at[:, None] - at[None, :]).max())


def breadth(places: npt.NDArray[np.floating]) -> float:
    """How far places lie from one line through them, from side to side."""
    away = places[:, :2].astype(np.float64) - places[:, :2].mean(axis=0, dtype=np.float64)
    across = away @ np.linalg.eigh(away.T @ away)[1][:, 0]
    return float(across.max() - across.min())


def in_order(seen: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """The longest run of blocks that come in the same order on the page as in the unit.

    Blocks beside each other have no order: languages read a row from either side.
    """
    seen = tuple(block for row in _rows(seen) for block in sorted(row, key=lambda one: (one.at, one.number)))
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


def _rows(seen: tuple[Seen, ...]) -> list[list[Seen]]:
    """Blocks in order, those together of which the one lies beside the other for half of its height."""
    rows: list[list[Seen]] = []
    for block in seen:
        last = rows[-1][-1].block.place if rows else None
        place = block.block.place
        if last is not None:
            common = min(last.y + last.h, place.y + place.h) - max(last.y, place.y)
            if common * 2 > min(last.h, place.h):
                rows[-1].append(block)
                continue
        rows.append([block])
    return rows

"""Panels that were missed, looked for where their neighbours on the page say they stand.

A unit is decided by what is plainly the same. Its other panels may then be looked for with less, because only one place
on the page, one size and one turn are asked. What is found so is shown beside the rest and carries no weight: the
answer and its score stand without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from marque.works.blocks import Block
from marque.works.consensus import SCALE, TURN, agree
from marque.works.identify import Candidate, Floats, Lanes, Seen, distances, in_order
from marque.works.index import WHOLE
from marque.works.reference import Integers, Reference
from marque.works.segments import words

GUIDES = 3  # panels in reading order that a unit must have before others are looked for
FAR, LEAST = 88, 3  # bits two codes may differ in, and how many that agree with each other and with the neighbours
NEARER, FEWER = 76, 2  # or so many that are nearer
ASIDE = 60.0  # strip units to either side of where the neighbours say, and a share of the block's height up and down
SLACK = 0.35


@dataclass(frozen=True, slots=True)
class Page:
    """What a page asks, as it was asked when the unit was found: mirrored or inverted where that was needed."""

    places: Floats
    lanes: Lanes


def page(places: Floats, codes: npt.NDArray[np.uint8]) -> Page:
    """A page's patches, made ready."""
    return Page(places, words.spread(codes))


def completed(candidate: Candidate, asked: Page, reference: Reference) -> Candidate:
    """The candidate with the panels that its neighbours lead to."""
    guides = sorted(candidate.in_order, key=lambda seen: seen.number)
    if len(guides) < GUIDES:
        return candidate
    found = tuple(_missing(candidate, guides, asked, reference))
    if not found:
        return candidate
    seen = tuple(sorted((*candidate.seen, *found), key=lambda one: one.number))
    return replace(candidate, seen=seen, in_order=in_order(seen))


def _missing(candidate: Candidate, guides: list[Seen], asked: Page, reference: Reference) -> Iterator[Seen]:
    have = {seen.number for seen in candidate.seen}
    start, end = reference.rows(candidate.unit)
    rows = np.arange(start, end)
    blocks = reference.block[rows]
    for number, block in enumerate(reference.blocks[candidate.unit]):
        if number not in have and (blocks == number).any():
            near = _around(number, guides)
            seen = _looked_for(number, block, near, rows[blocks == number], asked, reference)
            if seen is not None:
                yield seen


def _around(number: int, guides: list[Seen]) -> list[Seen]:
    """The nearest guide on either side."""
    before = [guide for guide in guides if guide.number < number][-1:]
    after = [guide for guide in guides if guide.number > number][:1]
    return before + after


def _looked_for(
    number: int, block: Block, near: list[Seen], codes: Integers, asked: Page, reference: Reference
) -> Seen | None:
    """The block, if enough of its patches stand where its neighbours say."""
    rows = np.flatnonzero(_window(block, near, asked.places[:, 1]))
    if not len(rows):
        return None
    away = distances(asked.lanes[rows], reference.index.lanes(codes))
    query, code = np.nonzero(away <= FAR)
    there = reference.places[codes[code]].astype(np.float64)
    kept = _likely(asked.places[rows[query]], there, near)
    query, code, there = query[kept], code[kept], there[kept]
    if len(query) < min(FEWER, LEAST):
        return None
    votes = reference.index.votes[codes[code]] / WHOLE
    placing = agree(asked.places[rows[query]], there, votes)
    voting = placing.members[votes[placing.members] > 0]
    apart = away[query[voting], code[voting]]
    enough = len(voting) >= LEAST or int((apart <= NEARER).sum()) >= FEWER
    if not enough or len(voting) * 2 <= len(placing.members):
        return None
    return Seen(number, block, placing, 0.0, int(np.median(apart)))


def _window(block: Block, near: list[Seen], down: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Rows of the page between the neighbours; beside the last of them, as far as the block can lie from it."""
    reach = max(abs(guide.placing.factor) for guide in near) * block.place.h
    tops = [_down(guide, guide.block.place.y) for guide in near]
    feet = [_down(guide, guide.block.place.y + guide.block.place.h) for guide in near]
    low, high = min(tops), max(feet)
    if len(near) == 1:
        guide = near[0].block.place
        gap = max(block.place.y - guide.y - guide.h, guide.y - block.place.y - block.place.h, 0)
        far = abs(near[0].placing.factor) * gap + (1 + SLACK) * reach
        low, high = (low, high + far) if block.place.y >= guide.y else (low - far, high)
    return (down >= low - SLACK * reach) & (down <= high + SLACK * reach)


def _down(guide: Seen, y: float) -> float:
    place = guide.block.place
    return (guide.placing.factor * complex(place.x + place.w / 2, y) + guide.placing.shift).imag


def _likely(here: Floats, there: Floats, near: list[Seen]) -> npt.NDArray[np.bool_]:
    """Pairs of a size, turn and side that one of the neighbours would give them."""
    kept = np.zeros(len(here), np.bool_)
    ratio, turn = np.log(here[:, 2] / there[:, 2]), here[:, 3] - there[:, 3]
    for guide in near:
        factor, shift = guide.placing.factor, guide.placing.shift
        across = (factor * (there[:, 0] + 1j * there[:, 1]) + shift).real
        sized = np.abs(ratio - np.log(abs(factor))) <= SCALE
        turned = np.abs((turn - np.rad2deg(np.angle(factor)) + 180) % 360 - 180) <= TURN
        kept |= sized & turned & (np.abs(across - here[:, 0]) <= ASIDE)
    return kept

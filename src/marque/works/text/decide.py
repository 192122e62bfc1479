"""From stretches in order to a probability and an answer: `match`, `unsure`, or nothing said.

The score is the probability that the query contains text of the unit, from a printed prior and a fixed step for each
phrase that agrees (calibration.json; docs/decisions/0015-text-by-shared-passages.md). It says nothing about licence,
uploader or intent, nor who wrote the text first. However certain, a quotation is no copy, and what stands at either end
of a book, where others have it too, is not the book.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from marque.works.model import MATCH, UNSURE
from marque.works.text.model import LETTERS, PAGES
from marque.works.text.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers a score is made of."""

    prior_one_in: int
    millinats_per_phrase: int
    try_query: int
    try_unit: int
    match_at: float
    unsure_at: float
    match_pages: float
    match_share: float
    match_run: float
    front_pages: float
    back_pages: float
    ends_share: float
    within_pages: float


@dataclass(frozen=True, slots=True)
class Extent:
    """`query` is the share of the query's text that agrees; `length` the unit's, in characters, `pages` in pages."""

    query: float
    length: int
    pages: float


def _load() -> Calibration:
    body = json.loads((Path(__file__).parent / "calibration.json").read_text())
    return Calibration(**{name: body[name] for name in Calibration.__slots__})


CALIBRATION = _load()


def charge(query_length: int, unit_length: int, calibration: Calibration = CALIBRATION) -> float:
    """Votes that a stretch must have before it says anything: one to agree with, and more the more places were tried.

    Chance stretches are as many as there are places in the query times places in the unit.
    """
    tries = max(0.1, query_length / calibration.try_query * unit_length / calibration.try_unit)
    return 1.0 + math.log(tries) * 1000 / calibration.millinats_per_phrase


def evidence(stretches: Sequence[Stretch], charged: float) -> float:
    """Votes of the stretches beyond what each is charged."""
    return sum(stretch.weight - charged for stretch in stretches)


def probability(amount: float, calibration: Calibration = CALIBRATION) -> float:
    """Probability after `amount` of evidence, to six places so that no machine prints another."""
    odds = -math.log(calibration.prior_one_in - 1) + amount * calibration.millinats_per_phrase / 1000
    return round(min(1 / (1 + math.exp(-odds)), 1 - 1 / calibration.prior_one_in**2), 6)


def pages(stretches: Sequence[Stretch]) -> float:
    """How many printed pages the stretches' own parts fill, by the shorter of both sides."""
    return sum(map(_pages, stretches))


def _pages(stretch: Stretch) -> float:
    shorter = min(stretch.query_end - stretch.query_start, stretch.end - stretch.start)
    return shorter * stretch.owned / PAGES.get(stretch.script, PAGES[LETTERS])


def answer(
    stretches: Sequence[Stretch], charged: float, extent: Extent, calibration: Calibration = CALIBRATION
) -> tuple[float, str | None]:
    """Score and answer; None where the evidence is too little to name the unit at all."""
    score = probability(evidence(stretches, charged), calibration)
    if score >= calibration.match_at and _enough(stretches, extent, calibration):
        return score, MATCH
    return score, UNSURE if score >= calibration.unsure_at else None


def _enough(stretches: Sequence[Stretch], extent: Extent, calibration: Calibration) -> bool:
    """Whether it is a copy: half of the unit; or pages of it that are most of the query, or more than anyone quotes.

    A licence, a preface or a list of the publisher's books stands at an end and in other books as well; a catalogue
    cannot know which. Ends count only where the story agrees too.
    """
    inner = [_pages(each) * _within(each, extent, calibration) for each in stretches]
    whole = sum(inner) >= min(calibration.within_pages, extent.pages / 4)
    agreed = pages(stretches) if whole else sum(inner)
    if agreed >= extent.pages / 2:
        return True
    mostly = extent.query >= calibration.match_share or max(inner, default=0.0) >= calibration.match_run
    return agreed >= calibration.match_pages and mostly


def _within(stretch: Stretch, extent: Extent, calibration: Calibration) -> float:
    """The share of a stretch that stands at neither end of the unit."""
    page = extent.length / max(extent.pages, 1e-9)
    least = calibration.ends_share * extent.pages
    front, back = (
        page * min(max(of, least), extent.pages / 4) for of in (calibration.front_pages, calibration.back_pages)
    )
    inside = min(stretch.end, extent.length - back) - max(stretch.start, front)
    return max(0.0, inside / max(1, stretch.end - stretch.start))

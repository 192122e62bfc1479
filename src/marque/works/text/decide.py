"""From stretches in order to a probability and an answer: `match`, `unsure`, or nothing said.

The score is the probability that the query contains text of the unit, from a printed prior and a fixed step for each
phrase that agrees (calibration.json; docs/decisions/0015-text-by-shared-passages.md). It says nothing about licence,
uploader or intent, nor who wrote the text first. A quotation may be certain and still be no copy: less than a page is
`unsure`, unless it is half of the unit.
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
    return sum(
        min(each.query_end - each.query_start, each.end - each.start)
        * (len(each.own) / len(each.phrases))
        / PAGES.get(each.script, PAGES[LETTERS])
        for each in stretches
    )


def answer(
    stretches: Sequence[Stretch], charged: float, unit_pages: float, calibration: Calibration = CALIBRATION
) -> tuple[float, str | None]:
    """Score and answer for a unit of so many pages; None where the evidence is too little to name the unit at all."""
    score = probability(evidence(stretches, charged), calibration)
    if score >= calibration.match_at and pages(stretches) >= min(calibration.match_pages, unit_pages / 2):
        return score, MATCH
    return score, UNSURE if score >= calibration.unsure_at else None

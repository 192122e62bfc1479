"""From agreeing frames to a probability and an answer: `match`, `unsure`, or nothing said.

The score is the probability that the query contains pictures of the unit, from a stated prior and a fixed step for each
different sight that agrees (calibration.json; docs/decisions/0019-film-by-frames-in-order.md). It says nothing about
licence, uploader or intent. However certain, a few seconds, scenes out of order, or a small part of both films are no
match: a trailer is not the film, and the opening of a series is not its episode.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from marque.works.model import MATCH, UNSURE


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where in the query and in the unit, in seconds, and how many different sights agree there.

    `shown` is how many of these seconds frames speak for: nobody knows what stands in a long gap between two.
    """

    start: float
    end: float
    there: float
    there_end: float
    sights: int
    shown: float = math.inf

    @property
    def seconds(self) -> float:
        return min(self.end - self.start, self.there_end - self.there, self.shown)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers a score is made of."""

    prior_one_in: int
    millinats_per_sight: int
    sights_by_chance: int
    sights_per_run: int
    match_at: float
    match_sights: int
    match_seconds: int
    match_share: float
    run_sights: int
    run_seconds: int
    unsure_at: float


def _load() -> Calibration:
    body = json.loads((Path(__file__).parent / "calibration.json").read_text())
    return Calibration(**{name: body[name] for name in Calibration.__slots__})


CALIBRATION = _load()


def probability(sights: int, calibration: Calibration = CALIBRATION) -> float:
    """Probability after so many agreeing sights, to six places so that no machine prints another."""
    beyond = max(0, sights - calibration.sights_by_chance)
    odds = -math.log(calibration.prior_one_in - 1) + beyond * calibration.millinats_per_sight / 1000
    return round(min(1 / (1 + math.exp(-odds)), 1 - 1 / calibration.prior_one_in**2), 6)


def in_order(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Those that come in the unit's order, with as many sights as can be."""
    best: list[tuple[int, list[Stretch]]] = []
    for stretch in sorted(stretches, key=lambda each: (each.start, each.there)):
        before = [chain for chain in best if chain[1][-1].there_end <= stretch.there + 1.0]
        sights, chain = max(before, key=lambda each: each[0], default=(0, []))
        best.append((sights + stretch.sights, [*chain, stretch]))
    return max(best, key=lambda each: each[0], default=(0, []))[1]


def answer(
    stretches: Sequence[Stretch], query: float, unit: float, calibration: Calibration = CALIBRATION
) -> tuple[float, str | None]:
    """Score and answer for films of so many seconds; None where the evidence is too little to name the unit at all."""
    score = probability(sum(each.sights for each in in_order(stretches)), calibration)
    solid = [
        each for each in stretches if each.sights >= calibration.run_sights and each.seconds >= calibration.run_seconds
    ]
    ordered = in_order(solid)
    seconds, sights = sum(each.seconds for each in ordered), sum(each.sights for each in ordered)
    enough = sights >= calibration.match_sights and seconds >= calibration.match_seconds
    if score >= calibration.match_at and enough and seconds >= calibration.match_share * min(query, unit):
        return score, MATCH
    return score, UNSURE if score >= calibration.unsure_at else None

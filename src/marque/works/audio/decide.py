"""From agreeing codes to a probability and an answer: `match`, `unsure`, or nothing said.

The score is the probability that the query contains sound of the unit, from a stated prior and a fixed step for each
agreeing sound (calibration.json; docs/decisions/0016-sound-by-spectral-patches.md). It says nothing about licence,
uploader or intent, and a cover version is another recording.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from marque.works.model import MATCH, UNSURE


@dataclass(frozen=True, slots=True)
class Evidence:
    """What agrees: different sounds of the unit, and in how many different seconds of it they lie.

    What a unit plays again and again counts once on both sides: a loop of two seconds is two seconds of evidence.
    """

    sounds: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers a score is made of."""

    prior_one_in: int
    millinats_per_sound: int
    sounds_by_chance: int
    sounds_per_run: int
    match_at: float
    match_sounds: int
    match_seconds: int
    unsure_at: float


def _load() -> Calibration:
    body = json.loads((Path(__file__).parent / "calibration.json").read_text())
    return Calibration(**{name: body[name] for name in Calibration.__slots__})


CALIBRATION = _load()


def counts(run: Evidence, calibration: Calibration = CALIBRATION) -> bool:
    """Whether a run of agreeing codes is more than chance makes."""
    return run.sounds >= calibration.sounds_per_run


def probability(sounds: int, calibration: Calibration = CALIBRATION) -> float:
    """Probability after so many agreeing sounds, to six places so that no machine prints another."""
    beyond = max(0, sounds - calibration.sounds_by_chance)
    odds = -math.log(calibration.prior_one_in - 1) + beyond * calibration.millinats_per_sound / 1000
    return round(min(1 / (1 + math.exp(-odds)), 1 - 1 / calibration.prior_one_in**2), 6)


def answer(found: Evidence, calibration: Calibration = CALIBRATION) -> tuple[float, str | None]:
    """Score and answer; None where the evidence is too little to name the unit at all.

    However certain, a few seconds are no match: a sample or a jingle is not the recording.
    """
    score = probability(found.sounds, calibration)
    enough = found.sounds >= calibration.match_sounds and found.seconds >= calibration.match_seconds
    if score >= calibration.match_at and enough:
        return score, MATCH
    return score, UNSURE if score >= calibration.unsure_at else None

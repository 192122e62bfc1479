"""From how well a picture agrees with a cover to a probability, and to whether the cover is named at all.

The score is the probability that the picture shows the cover, from a printed prior and a fixed step for each hundredth
of agreement beyond chance (calibration.json). The answer is always `unsure`: a shop, a library and a review show covers
as a pirate does, so a cover says nothing of any unit, of licence, or of who shows it.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from marque.works.cover.laying import Laid


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers a score is made of."""

    prior_one_in: int
    millinats_per_hundredth: int
    by_chance: float
    least_peak: float
    named_at: float
    alike: float


def _load() -> Calibration:
    body = json.loads((Path(__file__).parent / "calibration.json").read_text())
    return Calibration(**{name: body[name] for name in Calibration.__slots__})


CALIBRATION = _load()


def probability(agreement: float, calibration: Calibration = CALIBRATION) -> float:
    """Probability of one cover on its own, to six places so that no machine prints another."""
    hundredths = round(100 * (agreement - calibration.by_chance))
    odds = -math.log(calibration.prior_one_in - 1) + hundredths * calibration.millinats_per_hundredth / 1000
    return round(min(1 / (1 + math.exp(-odds)), 1 - 1 / calibration.prior_one_in**2), 6)


def named(laid: Sequence[Laid], calibration: Calibration = CALIBRATION) -> list[tuple[Laid, float]]:
    """The covers a picture shows, each with its score.

    A pattern agrees as well some cells away and names nothing. Of covers that look alike (two volumes in one drawing)
    each is named, and they share the probability: which of them it is, nobody can see.
    """
    best: dict[int, Laid] = {}
    for each in laid:
        if each.agreement - max(0.0, each.elsewhere) >= calibration.least_peak:
            best.setdefault(each.cover, each)
    most = max((each.agreement for each in best.values()), default=0.0)
    alike = [each for each in best.values() if each.agreement >= most - calibration.alike]
    scored = [(each, probability(each.agreement, calibration)) for each in alike]
    certain = [(each, score) for each, score in scored if score >= calibration.named_at]
    return [(each, round(score / len(certain), 6)) for each, score in certain]

"""From agreeing hits to a probability and an answer: `match`, `unsure`, or nothing said.

The score is the probability that the page contains pictures of the unit, from a stated prior and a fixed step for
each agreeing hit (calibration.json; docs/decisions/0007-when-a-page-shows-a-unit.md). It says nothing about licence,
uploader or intent.
A cover, a single panel or a review's excerpt may be certain and still be no copy of a unit: without enough blocks in
reading order the answer is `unsure`.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from marque.works.blocks import ENDS
from marque.works.identify import Candidate, Seen
from marque.works.model import MATCH, UNSURE

SHUFFLED = 5  # blocks in whatever order that are half of a unit: a page read from its end, or mixed up


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers a score is made of."""

    prior_one_in: int
    millinats_per_hit: int
    hits_per_block: int
    first_hit: float
    match_at: float
    unsure_at: float
    match_blocks: int
    excerpt_blocks: int
    match_one_in: int


def _load() -> Calibration:
    body = json.loads((Path(__file__).parent / "calibration.json").read_text())
    return Calibration(**{name: body[name] for name in Calibration.__slots__})


CALIBRATION = _load()


def evidence(candidate: Candidate, calibration: Calibration = CALIBRATION) -> float:
    """Agreeing hits beyond the first of each block, capped a block; half if out of order, half if others may have it.

    The first hit of a block is what the others agree with; it may be a far one. The cap keeps one busy picture from
    deciding alone.
    """

    def worth(seen: Seen) -> float:
        extra = min(seen.weight, calibration.hits_per_block) - calibration.first_hit
        return max(0.0, extra) * (1.0 if seen in candidate.in_order else 0.5) * (1.0 if _own(seen) else 0.5)

    return sum(worth(seen) for seen in candidate.seen)


def _own(seen: Seen) -> bool:
    """Whether what was found is no other unit's: not known to be, and more than a face."""
    return not seen.shared and not seen.narrow


def probability(amount: float, calibration: Calibration = CALIBRATION) -> float:
    """Probability after `amount` of evidence, to six places so that no machine prints another."""
    odds = -math.log(calibration.prior_one_in - 1) + amount * calibration.millinats_per_hit / 1000
    return round(min(1 / (1 + math.exp(-odds)), 1 - 1 / calibration.prior_one_in**2), 6)


def spread(panels: int, of: int, calibration: Calibration = CALIBRATION) -> bool:
    """Whether so many panels, each page of a site showing too few, are a unit after all: half of it, and no excerpt."""
    return panels >= max(min(calibration.match_blocks, of), (of + 1) // 2)


def answer(candidate: Candidate, blocks: int, calibration: Calibration = CALIBRATION) -> tuple[float, str | None]:
    """Score and answer for a unit of so many blocks; None where the evidence is too little to name the unit at all."""
    score = probability(evidence(candidate, calibration), calibration)
    if score >= calibration.match_at and _enough(candidate, blocks, calibration):
        return score, MATCH
    return score, UNSURE if score >= calibration.unsure_at else None


def _enough(candidate: Candidate, blocks: int, calibration: Calibration) -> bool:
    """Enough in reading order to be the unit and no excerpt of it, nor a title card that another unit shows too.

    A review shows up to three panels; a long unit takes more. What a second unit shows as well (a card, a recap, a
    volume that holds the chapter) or may show (a face) counts only where half of the unit is there. Title cards and
    credits stand at either end; a catalogue of one work cannot know that others have them, so that something from
    within must be there.
    """
    wanted = min(blocks, max(calibration.excerpt_blocks + 1, -(-blocks // calibration.match_one_in)))
    own = [seen.number for seen in candidate.in_order if _own(seen)]
    within = any(ENDS <= number < blocks - ENDS for number in own)
    shuffled = sum(_own(seen) for seen in candidate.seen)
    return (
        (within and len(own) >= wanted)
        or spread(len(candidate.in_order), blocks, calibration)
        or (shuffled >= SHUFFLED and spread(shuffled, blocks, calibration))
    )

"""From a pair's integer sums to its score, probability and range, and whether it is accepted.

A link needs two provenances, or one value of a kind that is enough alone (a payment goes to whoever holds the account),
or one provenance whose purity was measured on many values of this very input. What a page's copy carries is never
enough, nor is what a hoster gives to all its customers.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.networks import kinds
from marque.networks.model import Model

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

# A pair without what a link needs is held at this score (one in three): shown, never accepted.
HELD_DOWN = -1000
STRONG = 4248  # log2 odds (1/1000 bit) of .95: the core
ACCEPTED = 0  # even odds: the halo
CAP = 6629  # log2 odds of .99: no probability above is shown while tested on synthetic data only
RULES = ("", "page-alone", "one-provenance", "hoster-alone", "no-ground")
NO_GROUND = RULES.index("no-ground")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Columns over the pairs: the rows that make the score, in order, and the score itself.

    `rule` indexes RULES. `score` = prior + total + against + held_down + calibration + judgement, exactly.
    """

    held_down: Integers
    calibration: Integers
    judgement: Integers
    score: Integers
    rule: Integers
    doubt: Integers


def judge(
    pairs: pa.Table, model: Model, bits: dict[str, int], judged: Integers, left: Booleans | None = None
) -> Verdicts:
    """`bits`: one bit a provenance, as in the pairs' mask. `judged`: 1 same, -1 not same, 0 nothing, per pair.

    `left`: pairs left in peace unless a payment ties them (`marque.networks.ground`).
    """
    column = {name: pairs[name].to_numpy().astype(np.int64) for name in ("total", "mask", "solid", "doubt", "against")}
    raw = int(model["prior"]) + column["total"] + column["against"]
    rule = _rule(column["mask"], column["solid"], bits)
    if left is not None:
        paid = (column["mask"] & bits.get(kinds.PAYMENT, 0)) != 0
        rule = np.where(left & ~paid & (rule == 0), NO_GROUND, rule)
    held_down = np.where(rule > 0, np.minimum(0, HELD_DOWN - raw), 0)
    calibrated = _interpolate(raw + held_down, model["calibration"])
    wanted = np.where(judged > 0, CAP, np.where(judged < 0, -CAP, calibrated))
    return Verdicts(
        held_down=held_down,
        calibration=calibrated - raw - held_down,
        judgement=wanted - calibrated,
        score=wanted,
        rule=rule,
        doubt=np.where(judged == 0, column["doubt"] + 500, 0),
    )


def probability(score: Integers) -> npt.NDArray[np.float64]:
    """1 / (1 + 2^(-score/1000)), the stated function, rounded to six places."""
    share: npt.NDArray[np.float64] = np.round(1 / (1 + np.exp2(-score / 1000)), 6)
    return share


def _rule(mask: Integers, solid: Integers, bits: dict[str, int]) -> Integers:
    """Which rule holds a pair down: an index of RULES."""
    page, tag, hosting, certificate = (
        bits.get(group, 0) for group in (kinds.PAGE, kinds.TAG, kinds.HOSTING, kinds.CERTIFICATE)
    )
    alone = (mask & (mask - 1)) == 0
    hoster = ((mask & ~(page | hosting)) == 0) | ((mask & ~(hosting | certificate)) == 0)
    copied = ((mask & ~(page | tag)) == 0) & ((mask & page) != 0)
    weak = solid == 0
    rule: Integers = np.select([(mask == 0) | ~weak, copied, alone, hoster], [0, 1, 2, 3], default=0).astype(np.int64)
    return rule


def _interpolate(raw: Integers, knots: list[list[int]]) -> Integers:
    """Straight lines between knots in integers; below the first and above the last, the end's value."""
    xs, ys = np.array([x for x, _ in knots], np.int64), np.array([y for _, y in knots], np.int64)
    held = np.clip(raw, xs[0], xs[-1])
    place = np.clip(np.searchsorted(xs, held, side="right") - 1, 0, len(xs) - 2)
    low, high = xs[place], xs[place + 1]
    inside: Integers = ys[place] + (held - low) * (ys[place + 1] - ys[place]) // np.maximum(high - low, 1)
    return np.minimum(inside, CAP)

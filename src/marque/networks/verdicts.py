"""From a pair's integer sums to its score, probability and range, and whether it is accepted.

A link needs two provenances that nobody could have planted or copied, or one that is enough alone: a hoster's or an ad
system's whose purity was measured on this very input, or, between sites that both give ground to look, a payment. What
a page's copy carries is never enough, nor is what a hoster gives to all its customers, nor what stands on a page for
all to take when only the taker gives ground to look.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.networks import kinds
from marque.networks.model import Model

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

COLUMNS = ("total", "mask", "solid", "told", "doubt", "against", "sound", "copied", "held", "lonely")
_NAMED = (
    kinds.PAGE, kinds.TAG, kinds.HOSTING, kinds.CERTIFICATE, kinds.PAYMENT, kinds.IDENTITY, kinds.REGISTRANT,
)  # fmt: skip
# A pair without what a link needs is held at this score (one in three): shown, never accepted.
HELD_DOWN = -1000
STRONG = 4248  # log2 odds (1/1000 bit) of .95: the core
ACCEPTED = 0  # even odds: the halo
VOICE = 1000  # less than a bit is no provenance of its own: it adds to the sum and opens no door
CAP = 6629  # log2 odds of .99: no probability above is shown while tested on synthetic data only
RULES = (
    "",
    "page-alone",
    "one-provenance",
    "hoster-alone",
    "no-ground",
    "beside-own",
    "copied-whole",
    "one-sided",
    "open-alone",
)
# Classes of evidence whose scores are calibrated apart: a hoster's mark alone, one provenance, two, three or more; and
# a value that the company of its holders holds, whatever else is shared; and what stands open to all, where one of the
# two shares nothing else with any holder and nothing tells who gives ground to look.
EVIDENCE = ("hosting", "one", "two", "three", "held", "open")
NO_GROUND, BESIDE_OWN, COPIED_WHOLE, ONE_SIDED, OPEN_ALONE = range(4, 9)


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


@dataclass(frozen=True, slots=True)
class Grounds:
    """Per pair: whether both sites give ground to look, one alone, and whether both are left in peace.

    `known`: whether any site of the input gives ground at all; a bare table of values says nothing of it.
    """

    both: Booleans
    one_sided: Booleans
    left: Booleans
    known: bool = False


def judge(
    pairs: pa.Table, model: Model, bits: dict[str, int], judged: Integers, grounds: Grounds | None = None
) -> Verdicts:
    """`bits`: one bit a provenance, as in the pairs' mask. `judged`: 1 same, -1 not same, 0 nothing, per pair.

    Without `grounds` no site gives any (`marque.networks.ground`).
    """
    column = {name: pairs[name].to_numpy().astype(np.int64) for name in COLUMNS}
    raw = int(model["prior"]) + column["total"] + column["against"]
    nothing = np.zeros(len(raw), np.bool_)
    rule = _rule(column, bits, grounds or Grounds(nothing, nothing, nothing))
    held_down = np.where(rule > 0, np.minimum(0, HELD_DOWN - raw), 0)
    calibrated = _calibrated(
        raw + held_down, evidence(column["mask"], column["held"], column["lonely"], bits), model["knots"]
    )
    # What a rule holds down stays down: published shares were measured on pairs that no rule holds.
    calibrated = np.where(rule > 0, np.minimum(calibrated, HELD_DOWN), calibrated)
    wanted = np.where(judged > 0, CAP, np.where(judged < 0, -CAP, calibrated))
    return Verdicts(
        held_down=held_down,
        calibration=calibrated - raw - held_down,
        judgement=wanted - calibrated,
        score=wanted,
        rule=rule,
        doubt=np.where(judged == 0, column["doubt"] + int(model["doubt"]), 0),
    )


def probability(score: Integers) -> npt.NDArray[np.float64]:
    """1 / (1 + 2^(-score/1000)), the stated function, rounded to six places."""
    share: npt.NDArray[np.float64] = np.round(1 / (1 + np.exp2(-score / 1000)), 6)
    return share


def _rule(column: dict[str, Integers], bits: dict[str, int], grounds: Grounds) -> Integers:
    """Which rule holds a pair down: an index of RULES. The reasons to suspect a plant come before the thin ones."""
    mask, both = column["mask"], grounds.both
    bit = {group: bits.get(group, 0) for group in _NAMED}
    page, tag, hosting = bit[kinds.PAGE], bit[kinds.TAG], bit[kinds.HOSTING]
    certain = bit[kinds.CERTIFICATE] | bit[kinds.REGISTRANT]
    open_to_all = page | tag | bit[kinds.PAYMENT] | bit[kinds.IDENTITY]
    stands = (column["solid"] > 0) | (both & (column["told"] > 0))
    paid = (mask & bit[kinds.PAYMENT]) != 0
    beyond = ~(page | hosting)
    conditions = {
        0: mask == 0,
        NO_GROUND: grounds.left & ~paid,
        BESIDE_OWN: ((mask & beyond) != 0) & ((column["sound"] & mask & beyond) == 0),
        COPIED_WHOLE: (column["copied"] > 0) & ((mask & ~open_to_all) == 0) & ~both,
        ONE_SIDED: grounds.one_sided & ((mask & certain) == 0),
        OPEN_ALONE: (column["lonely"] > 0) & ~both & grounds.known,
        -1: stands,
        1: ((mask & ~(page | tag)) == 0) & ((mask & page) != 0),
        2: (mask & (mask - 1)) == 0,
        3: (mask & ~(page | hosting | bit[kinds.CERTIFICATE])) == 0,
    }
    found: Integers = np.select(list(conditions.values()), list(conditions), default=0).astype(np.int64)
    return np.maximum(found, 0)


def evidence(mask: Integers, held: Integers, lonely: Integers, bits: dict[str, int]) -> Integers:
    """The class of evidence that a pair's calibration is measured in: an index of EVIDENCE."""
    count = np.bitwise_count(mask).astype(np.int64)
    alone = (count == 1) & (mask == bits.get(kinds.HOSTING, 0))
    found: Integers = np.where(alone, 0, np.clip(count, 1, EVIDENCE.index("three")))
    found = np.where(held > 0, EVIDENCE.index("held"), found)
    return np.where(lonely > 0, EVIDENCE.index("open"), found)


def _calibrated(raw: Integers, evidence: Integers, tables: list[list[list[int]]]) -> Integers:
    """Each raw score through the knots of its class of evidence."""
    shown = raw.copy()
    for place, knots in enumerate(tables):
        chosen = evidence == place
        shown[chosen] = _interpolate(raw[chosen], knots)
    return shown


def _interpolate(raw: Integers, knots: list[list[int]]) -> Integers:
    """Straight lines between knots in integers; below the first and above the last, the end's value."""
    xs, ys = np.array([x for x, _ in knots], np.int64), np.array([y for _, y in knots], np.int64)
    held = np.clip(raw, xs[0], xs[-1])
    place = np.clip(np.searchsorted(xs, held, side="right") - 1, 0, len(xs) - 2)
    low, high = xs[place], xs[place + 1]
    inside: Integers = ys[place] + (held - low) * (ys[place + 1] - ys[place]) // np.maximum(high - low, 1)
    return np.minimum(inside, CAP)

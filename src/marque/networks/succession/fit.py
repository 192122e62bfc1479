"""How much names and dates are worth in this input, learnt from it without labels, and who likely followed whom.

Expectation and maximisation over groups of candidates: how often sites with such names beside them follow one of
them, how near the dates of a move lie, which families move at all, and which of several candidates it is. Few sites
leave the estimates as they are; many overrule them. A family of names that hops is one offer to its readers, and
nobody's proof of one operator.
"""

from dataclasses import dataclass

import numpy as np

from marque.networks.naming import alike
from marque.networks.succession.candidates import KINDS
from marque.networks.succession.dated import Days
from marque.networks.succession.gaps import UNSEEN, Floats, Gaps
from marque.networks.succession.grouped import SIZES, Grouped

ROUNDS = 40
SORTS = 2 * len(KINDS)
COMMON = 0.35  # what a likeness is worth where either name is common words, in odds
FIRM = 10.0  # sites that an estimate counts as
LEAST, MOST = 1e-5, 0.97
# Of a family that hops so many members follow another; of one that does not, so few.
HOPS, STAYS, HOPPING = 0.92, 0.03, 0.6
HELD = 6.0  # natural units: the most that its other members say of a site
# Among several candidates, against any of them: by gap, by turn. Estimates, then learnt.
_GAP = np.array([0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.5, 3, 8, 12, 8, 3, 1.5, 0.8, 0.4, 0.2, 0.1, 0.05, 0.03, 0.03, 0.02])
_TURN = np.array([2.0, 0.5, 0.3, 0.15, 1.0])
BESIDE = 0.2  # what the dates are worth where the nearest outlasted the site; an estimate
ONE_EACH = 0.8  # how much a successor of one's own speaks against being another's


@dataclass(slots=True)
class Fit:
    """What is held at one round. `share`: per sort of group; `hopping`: of families; the rest weighs candidates."""

    gaps: Gaps
    share: Floats
    sized: Floats
    hopping: float
    by_gap: Floats
    by_turn: Floats
    by_sort: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """Per pair, in bits: what such names are worth here, what the dates say, and the choice among candidates."""

    named: Floats
    dates: Floats
    choice: Floats


def estimates() -> Floats:
    """Per sort the share beforehand."""
    share = np.array([alike.kinds()[kind].share / 1000 for kind in KINDS])
    common = COMMON * _odds(share)
    return np.column_stack([share, common / (1 + common)]).ravel()


def weigh(found: Grouped, gaps: Gaps, sites: int) -> Weights:
    """Learn from all groups, and say what each pair is worth."""
    before = estimates()
    fit = Fit(gaps, before, np.repeat(before, SIZES), HOPPING, _GAP, _TURN, _odds(before))
    own = fit.share[found.kind]
    for _ in range(ROUNDS):
        ratio = _dates(fit, found)
        likely = _likely(_odds(own) * ratio, found.site, sites)
        _learn_shares(fit, found, likely)
        fit.gaps.learn(found.gap[found.nearest], likely)
        own = _own(fit, found, ratio)
        _learn_choice(fit, found, likely)
    group, dates = found.group, np.log2(_dates(fit, found))
    return Weights(np.log2(_odds(own))[group], dates[group], np.log2(_choice(fit, found)))


def _dates(fit: Fit, found: Grouped) -> Floats:
    """Per group how much likelier a move gives the nearest dates than chance."""
    ratio = fit.gaps.evidence()[found.crowd, found.gap[found.nearest]]
    return np.asarray(np.where(found.beside, BESIDE * ratio, ratio), np.float64)


def _odds(share: Floats) -> Floats:
    return np.asarray(share / (1 - share), np.float64)


def _likely(odds: Floats, site: Days, sites: int) -> Floats:
    """Per group the probability that it holds the predecessor, beside the site's other groups and none at all."""
    total = 1 + np.bincount(site, odds, minlength=sites)
    return np.asarray(odds / total[site], np.float64)


def _learn_shares(fit: Fit, found: Grouped, likely: Floats) -> None:
    before = estimates()
    counted = np.bincount(found.kind, minlength=SORTS)
    fit.share = _within((np.bincount(found.kind, likely, minlength=SORTS) + FIRM * before) / (counted + FIRM))
    kinds, wide = found.shares, SIZES * SORTS
    counted = np.bincount(kinds, minlength=wide)
    start = np.repeat(fit.share, SIZES)
    fit.sized = _within((np.bincount(kinds, likely, minlength=wide) + FIRM * start) / (counted + FIRM))


def _within(share: Floats) -> Floats:
    return np.clip(share, 1e-4, 0.98)


def _own(fit: Fit, found: Grouped, ratio: Floats) -> Floats:
    """Per group its share, moved by whether the other members of its family hop."""
    bits = np.log(_odds(fit.sized))[found.shares]
    inside = np.flatnonzero(found.family >= 0)
    if len(inside):
        bits[inside] += _family(fit, found.family[inside], ratio[inside])
    return np.clip(1 / (1 + np.exp(-bits)), LEAST, MOST)


def _family(fit: Fit, family: Days, ratio: Floats) -> Floats:
    """What a site's relatives say, itself left out."""
    told = np.log((HOPS * ratio + 1 - HOPS) / (STAYS * ratio + 1 - STAYS))
    total = np.bincount(family, told)
    members = np.bincount(family) > 0
    start = np.log(fit.hopping / (1 - fit.hopping))
    hops = 1 / (1 + np.exp(-np.clip(start + total[members], -30, 30)))
    others = np.clip(total[family] - told, -HELD, HELD)
    known = 1 / (1 + np.exp(-(start + others)))
    moved = np.log(_odds(HOPS * known + STAYS * (1 - known)))
    usual = np.log(_odds(np.array(HOPS * fit.hopping + STAYS * (1 - fit.hopping))))
    fit.hopping = float(np.clip((hops.sum() + FIRM * HOPPING) / (len(hops) + FIRM), 0.05, 0.95))
    return np.asarray(moved - usual, np.float64)


def _choice(fit: Fit, found: Grouped) -> Floats:
    """Per pair its share of its group."""
    weight = fit.by_gap[found.gap] * fit.by_turn[found.turn] * fit.by_sort[found.sort]
    total = np.bincount(found.group, weight)
    return np.asarray(weight / total[found.group], np.float64)


def _learn_choice(fit: Fit, found: Grouped, likely: Floats) -> None:
    """Which candidates are taken, against taking any of the group; groups of one teach nothing."""
    several = np.where(found.size > 1, likely, 0.0)[found.group]
    taken = several * _choice(fit, found)
    any_of = several / found.size[found.group]

    def ratio(place: Days, start: Floats, firm: float) -> Floats:
        wide = len(start)
        chosen = np.bincount(place, taken, minlength=wide) + firm * start
        return np.asarray(chosen / (np.bincount(place, any_of, minlength=wide) + firm), np.float64)

    fit.by_gap = ratio(found.gap, _GAP, FIRM)
    fit.by_gap[UNSEEN] = _GAP[UNSEEN]
    fit.by_turn = ratio(found.turn, _TURN, 2 * FIRM)
    fit.by_sort = ratio(found.sort, _odds(estimates()), FIRM)


def rivals(old: Days, new: Days, bits: Floats, sites: int) -> Floats:
    """Per pair, in bits and never above 0: what the others say that might be followed, or might follow.

    `bits`: the log odds of each pair alone. A site follows one other; and mostly one other follows it.
    """
    odds = np.exp2(np.clip(bits, -60, 60))
    held = np.ones(len(odds))
    for _ in range(4):
        whole = 1 + np.bincount(new, odds * held, minlength=sites)[new]
        likely = odds * held / whole
        spoken = np.log1p(-ONE_EACH * np.minimum(likely, 0.999))
        held = np.exp(np.bincount(old, spoken, minlength=sites)[old] - spoken)
    others = 1 + np.bincount(new, odds * held, minlength=sites)[new] - odds * held
    return np.asarray(np.log2(held) - np.log2(np.maximum(others, 1)), np.float64)

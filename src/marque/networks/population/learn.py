"""Learn the rates from the input itself, without labels: expectation and maximisation over values, round by round.

What is known of a kind beforehand counts as a few values and gives way to what is measured. Rates that only pure
values could show (how often one who belongs shares nothing else, how often two who belong are placed together) are
read off the kinds that are mostly pure already, and never rise with the number of holders.
"""

import numpy as np
import numpy.typing as npt

from marque.networks.population import company, rounds
from marque.networks.population.holding import TELLING
from marque.networks.population.holdings import Floats, Holdings, summed
from marque.networks.population.pairs import LEAST, pair
from marque.networks.population.rates import SIZES, WIDE, WIDEST, Rates, unmeasured
from marque.networks.population.rounds import Places, Weighed

TURNS_FIRST, TURNS = 4, 1  # of expectation and maximisation in the first round, and in later ones
PSEUDO, PSEUDO_SHARE = 4.0, 0.005  # values that what is known beforehand counts as
ENOUGH = 20.0  # values from which a rate is measured
NARROW = 20  # values on more sites than this say little about how often two of an operator's share something
SURE, PURE = 0.8, 0.6
MEMBERS = 40.0  # holders from which a kind's share of lonely ones is looked at
LEAST_TIE, MOST_TIE = 1e-4, 0.5
LEAST_ODDS, MOST_ODDS = 1e-4, 1 - 1e-4


def fit(held: Holdings) -> Rates:
    """The rates of this input."""
    rates, places = unmeasured(held), rounds.nowhere(held)
    known = _share(rates.prior)
    for turn in range(rounds.ROUNDS):
        for _ in range(TURNS if turn else TURNS_FIRST):
            weighed = rounds.weigh(held, rates, places)
            rates = _maximised(held, rates, weighed, known, placed=turn > 0)
        rates = _company(held, rates, places, weighed)
        if turn:
            rates = _places(held, rates, weighed)
        stands = rounds.standing(held, rates, places, weighed, first=turn == 0)
        if turn < rounds.ROUNDS - 1:
            places = rounds.place(held, pair(weighed.shared, stands, rates))
    return rates


def _belief(held: Holdings, rates: Rates, weighed: Weighed) -> Floats:
    return _share(rates.prior[held.kind, weighed.classes] + weighed.held)


def _usable(weighed: Weighed) -> npt.NDArray[np.bool_]:
    count = np.diff(weighed.shared.start)
    return (count >= 2) & (count <= WIDEST)


def _maximised(held: Holdings, rates: Rates, weighed: Weighed, known: Floats, *, placed: bool) -> Rates:
    """New priors from how many values are believed, then new rates of sharing from those."""
    usable = _usable(weighed)
    cell = (held.kind * SIZES + weighed.classes)[usable]
    cells = len(held.kinds) * SIZES
    values = np.bincount(cell, minlength=cells)
    weight = PSEUDO + PSEUDO_SHARE * values
    prior = _share(rates.prior).ravel()
    for _ in range(20):
        belief = _share(_odds(prior[cell]) + weighed.held[usable])
        prior = (np.bincount(cell, belief, cells) + weight * known.ravel()) / (values + weight)
    rates = rates._replace(prior=_odds(prior).reshape(-1, SIZES))
    believed = np.where(usable & (held.count <= NARROW), _belief(held, rates, weighed), 0.0)
    rates = rates._replace(tie=_ties(held, rates, weighed, believed))
    return rates._replace(stand=_stands(held, rates, weighed, believed)) if placed else rates


def _ties(held: Holdings, rates: Rates, weighed: Weighed, believed: Floats) -> Floats:
    """How often two holders of a believed value share a value of each kind of another provenance, beyond chance."""
    pairs = np.maximum(held.count * (held.count - 1) / 2, 1)
    share = np.where(weighed.bits >= TELLING, held.count / held.sites, 0.0)
    chance = np.bincount(held.kind, share**2, len(held.kinds))
    group_of = np.zeros(len(held.kinds), np.int64)
    group_of[held.kind] = held.group
    ties = rates.tie.copy()
    for kind in range(len(held.kinds)):
        weight = np.where(held.group != group_of[kind], believed, 0.0)
        if weight.sum() > ENOUGH:
            rate = (weight * weighed.agreeing[:, kind] / pairs).sum() / weight.sum()
            ties[kind] = np.clip((rate - chance[kind]) / (1 - chance[kind]), LEAST_TIE, MOST_TIE)
    return ties


def _stands(held: Holdings, rates: Rates, weighed: Weighed, believed: Floats) -> Floats:
    """How often two holders of a believed value stand in one place that was found without its provenance."""
    pairs = np.maximum(held.count * (held.count - 1) / 2, 1)
    weight = np.bincount(held.group, believed, len(held.groups))
    rate = np.bincount(held.group, believed * weighed.together / pairs, len(held.groups)) / np.maximum(weight, 1e-9)
    return np.where(weight > ENOUGH, np.clip(rate, 0.001, 0.9), 0.1)


def _company(held: Holdings, rates: Rates, places: Places, weighed: Weighed) -> Rates:
    """How often who belongs is alone, by size; and how often a holder is a stranger, by kind and size."""
    value = held.value
    cell = (held.kind * SIZES + weighed.classes)[value]
    shape, cells = (len(held.kinds), SIZES), len(held.kinds) * SIZES
    likely = _usable(weighed) & (rates.prior[held.kind, weighed.classes] + weighed.held > LEAST)
    looked_at = (likely & (held.count >= 3))[value]
    believed = np.where(_belief(held, rates, weighed) > SURE, _belief(held, rates, weighed), 0.0)[value] * looked_at
    strange = np.clip([kind.intruders / 1000 for kind in held.kinds], 0.005, 0.8)
    _, kept = company.belong(weighed.shared, weighed.classes, rates, places.label, places.size, likely)
    alone = kept == company.ALONE
    whole, lonely = (summed(cell, part, cells).reshape(shape) for part in (looked_at, looked_at * alone))
    rates = rates._replace(alone=_alone(rates, whole, lonely))
    sure, left = (summed(cell, part, cells).reshape(shape) for part in (believed, believed * alone))
    excess = np.clip((left / np.maximum(sure, 1e-9) - rates.alone) / np.maximum(1 - rates.alone, 1e-9), 0, 1)
    weight = sure * (1 - rates.alone)
    found = (excess * weight + strange[:, None] * ENOUGH) / (weight + ENOUGH)
    found[:, :2] = strange[:, None]
    return rates._replace(strange=np.clip(found, 0.005, 0.8))


def _alone(rates: Rates, whole: Floats, lonely: Floats) -> Floats:
    """Per size, the share of lonely holders in the three kinds that have fewest, among kinds that are mostly pure."""
    found, last = rates.alone.copy(), 0.6
    for size in range(2, SIZES):
        pure = (whole[:, size] >= MEMBERS) & (_share(rates.prior[:, size]) >= PURE)
        share = last * 0.85
        if pure.sum() >= 3:
            share = float(np.clip(np.sort(lonely[pure, size] / whole[pure, size])[:3].mean(), 0.02, 0.95))
        found[size] = last = share if size == 2 else min(share, last)
    return found


def _places(held: Holdings, rates: Rates, weighed: Weighed) -> Rates:
    """How often two who belong and were placed stand together; and by kind and size, what share of pairs belongs."""
    prior = _share(rates.prior[held.kind, weighed.classes])
    narrow = _usable(weighed) & (weighed.classes <= WIDE) & (prior > PURE) & (weighed.placed > 0)
    together = rates.together
    if narrow.sum() > ENOUGH:
        pure = (weighed.placed * prior)[narrow].sum()
        together = float(np.clip(weighed.together[narrow].sum() / pure, 0.05, 0.95))
    usable = _usable(weighed)
    cell, cells = (held.kind * SIZES + weighed.classes)[usable], len(held.kinds) * SIZES
    agreed, placed = (np.bincount(cell, part[usable], cells) for part in (weighed.together, weighed.placed))
    whole = np.minimum(1.0, (agreed / together + 10) / (placed + 10)).reshape(-1, SIZES)
    return rates._replace(together=together, whole=whole)


def _share(odds: Floats) -> Floats:
    shares: Floats = 1 / (1 + np.exp2(-odds))
    return shares


def _odds(share: Floats) -> Floats:
    held = np.clip(share, LEAST_ODDS, MOST_ODDS)
    odds: Floats = np.log2(held / (1 - held))
    return odds

"""Rounds of one idea: who keeps company tells which values are one operator's, and those tell who keeps company.

Each round weighs the values by what their holders share and where they were placed, pairs the holders, and places the
sites anew, for every provenance without that provenance, so that nothing vouches for itself.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from marque.networks.population import company, holding
from marque.networks.population.communities import communities
from marque.networks.population.holdings import Floats, Holdings, Integers, Shared, shared
from marque.networks.population.pairs import LEAST, Pairs, Standing, pair
from marque.networks.population.rates import WIDE, Rates, sizes

ROUNDS = 4
THREADS = 2  # provenances placed side by side; the answer does not depend on it
PLACING = 0.0  # log2 odds from which a pair places sites
RESOLUTION = 0.002  # what a pair of members must carry for a place to hold
UNPLACED = 0.8  # share of pairs of a wide value's holders that are one operator's, before anything is placed
PSEUDO = 3.0  # placed pairs that what is known of kind and size counts as


@dataclass(frozen=True, slots=True)
class Places:
    """Per provenance, the place of each site found without it, and how many sites each place has."""

    label: Integers
    size: Integers


@dataclass(frozen=True, slots=True)
class Weighed:
    """Per value: bits that its holders are one operator's, and what `learn` measures; the index they were read from."""

    shared: Shared
    bits: Floats
    held: Floats
    agreeing: Floats
    placed: Floats
    together: Floats
    classes: Integers


def nowhere(held: Holdings) -> Places:
    """Every site alone."""
    alone = np.tile(np.arange(held.sites, dtype=np.int64), (len(held.groups), 1))
    return Places(alone, np.ones_like(alone))


def weigh(held: Holdings, rates: Rates, places: Places) -> Weighed:
    """Weigh every value at these rates, with sites placed so."""
    bits = holding.weights(held, rates)
    index = shared(held, bits >= holding.TELLING)
    chances = holding.chance(held, rates, bits, places.size)
    found = holding.hold(index, bits, rates, chances, places.label, places.size)
    return Weighed(index, bits, *found, sizes(held.count))


def standing(held: Holdings, rates: Rates, places: Places, weighed: Weighed, *, first: bool) -> Standing:
    """Everything that pairs are read from."""
    prior = rates.prior[held.kind, weighed.classes]
    likely = prior + weighed.held > LEAST
    belongs, alone = company.belong(weighed.shared, weighed.classes, rates, places.label, places.size, likely)
    whole = _whole(held, rates, weighed, first=first)
    return Standing(
        weighed.bits, prior, weighed.held, whole, weighed.classes, belongs, places.label, places.size, alone
    )


def _whole(held: Holdings, rates: Rates, weighed: Weighed, *, first: bool) -> Floats:
    """Per value, the share of pairs of holders that are one operator's; narrow values are all or nothing."""
    wide = weighed.classes > WIDE
    if first:
        return np.where(wide, UNPLACED, 1.0)
    known = rates.whole[held.kind, weighed.classes]
    share = (weighed.together / rates.together + known * PSEUDO) / (weighed.placed + PSEUDO)
    return np.where(wide, np.minimum(share, 0.999), 0.999)


def place(held: Holdings, found: Pairs) -> Places:
    """Communities of the pairs, for each provenance without the pairs that only it suggests."""
    if not held.groups:  # nobody shares anything
        return nowhere(held)
    with ThreadPoolExecutor(THREADS) as pool:
        label = np.stack(list(pool.map(lambda group: _placed(held.sites, found, group), range(len(held.groups)))))
    size = np.stack([np.bincount(one, minlength=held.sites) for one in label])
    return Places(label, size)


def _placed(sites: int, found: Pairs, group: int) -> Integers:
    odds = np.where(found.group == group, found.without, found.odds)
    near = odds >= PLACING
    return communities(sites, found.a[near], found.b[near], heft(odds[near]), RESOLUTION)


def heft(odds: Floats) -> Floats:
    """The weight of a pair among communities, from 0 to 1."""
    return np.clip((odds + 1) / 8, 0.0125, 1.0)


@dataclass(frozen=True, slots=True)
class Found:
    """The last round: pairs with their odds, and what they were read from."""

    pairs: Pairs
    weighed: Weighed
    standing: Standing


def score(held: Holdings, rates: Rates) -> Found:
    """All rounds at fixed rates: the same input and rates give the same answer."""
    places, before = nowhere(held), rates._replace(stand=np.zeros_like(rates.stand))
    for turn in range(ROUNDS):
        now = before if turn == 0 else rates
        weighed = weigh(held, now, places)
        stands = standing(held, now, places, weighed, first=turn == 0)
        found = pair(weighed.shared, stands, now)
        if turn < ROUNDS - 1:
            places = place(held, found)
    return Found(found, weighed, stands)

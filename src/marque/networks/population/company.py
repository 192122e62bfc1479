"""Whether each holder of a value belongs to the others, or came by it: a copy, a recycled id, a neighbour at a hoster.

Who shares something else with the others, or stands in one place with them, probably belongs; who shares nothing is a
stranger as often as the model has measured for the kind and the number of holders.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.networks.population.holding import meet
from marque.networks.population.holdings import Floats, Integers, Shared
from marque.networks.population.rates import WIDEST, Rates
from marque.works.segments.instructions import compiled

MOST_GROUP, MOST_PLACE = 8.0, 10.0  # bits that one provenance, and one place, may add
SOME = 0.5  # bits below which nothing was shared
MUCH = 3.0  # bits below which what was shared may be chance: such a holder is hardly one of them
ALONE, HARDLY = 1, 2


def belong(
    shared: Shared,
    classes: Integers,
    rates: Rates,
    label: Integers,
    size: Integers,
    looked_at: npt.NDArray[np.bool_],
) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Per entry of `holder`: the chance that it belongs, given that the value is one operator's; and if it is `ALONE`,
    or `HARDLY` in company.

    `looked_at`: the values whose holders are looked at; those of others stand as belonging.
    """
    chance, alone = np.ones(len(shared.holder)), np.zeros(len(shared.holder), np.int8)
    _belong(shared, (classes, looked_at), rates, label, size, (chance, alone))
    return chance, alone


@compiled
def _belong(
    shared: Shared,
    which: tuple[Integers, npt.NDArray[np.bool_]],
    rates: Rates,
    label: Integers,
    size: Integers,
    out: tuple[Any, ...],
) -> None:
    (classes, looked_at), (chance, alone) = which, out
    values, groups, sites = len(shared.spread), label.shape[0], label.shape[1]
    stamp, times, touched = np.full(values, -1), np.zeros(values, np.int64), np.empty(values, np.int64)
    best, many, members = np.zeros(groups), np.zeros(groups), np.zeros(sites, np.int64)
    for value in range(values):
        holders = shared.start[value + 1] - shared.start[value]
        if holders < 3 or holders > WIDEST or not looked_at[value]:
            continue
        meet(shared, value, stamp, times, touched)
        group = shared.group[value]
        for at in range(shared.start[value], shared.start[value + 1]):
            members[label[group, shared.holder[at]]] += 1
        for at in range(shared.start[value], shared.start[value + 1]):
            bits = _shares(shared, value, shared.holder[at], rates, (times, best, many, sites))
            place = label[group, shared.holder[at]]
            if size[group, place] > 1 and members[place] > 1:
                share = max(size[group, place] - members[place], 1) / sites
                bits = max(bits, min(_told(rates.stand[group], share, holders - 1), MOST_PLACE))
            strange = rates.strange[shared.kind[value], classes[value]]
            if bits < MUCH:
                alone[at] = HARDLY
            if bits < SOME:
                alone[at] = ALONE
                bits = math.log2(rates.alone[classes[value]])
            odds = (1 - strange) / strange * 2.0**bits
            chance[at] = odds / (1 + odds)
        for at in range(shared.start[value], shared.start[value + 1]):
            members[label[group, shared.holder[at]]] = 0


@compiled
def _told(rate: float, share: float, others: int) -> float:
    """Bits of sharing something with one of the others, for one who belongs against a stranger."""
    mine = 1 - (1 - min(1.0, rate + share)) ** others
    return math.log2(mine / (1 - (1 - share) ** others))


@compiled
def _shares(shared: Shared, value: int, site: int, rates: Rates, work: tuple[Any, ...]) -> float:
    """Bits of what a holder shares with the others, the best of each provenance, less what many tries give."""
    times, best, many, sites = work
    best[:], many[:] = 0.0, 0.0
    holders = shared.start[value + 1] - shared.start[value]
    for place in range(shared.begin[site], shared.begin[site + 1]):
        other = shared.value[place]
        group = shared.group[other]
        many[group] += 1
        if group != shared.group[value] and times[other] > 1:
            share = max(shared.spread[other] - times[other], 1) / sites
            best[group] = max(best[group], _told(rates.tie[shared.kind[other]], share, holders - 1))
    bits = 0.0
    for group in range(len(best)):
        if best[group] > 0:
            bits += max(0.0, min(best[group] - math.log2(many[group]), MOST_GROUP))
    return bits

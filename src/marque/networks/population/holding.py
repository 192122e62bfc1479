"""How far the holders of a value keep company: what they share beside it, and where they were placed without it.

Strangers who share a hub's value share other things as often as chance gives; sites of one operator share more. The
result is in bits for "one operator's" against "anybody's", kind by kind bounded, so that no single coincidence decides.
"""

import math
from typing import Any

import numpy as np

from marque.networks.population.holdings import Floats, Holdings, Integers, Shared, summed
from marque.networks.population.rates import WIDEST, Chance, Rates
from marque.works.segments.instructions import compiled

MOST_KIND, LEAST_KIND = 8.0, -2.5  # bits that one other kind may add or take
MOST_PLACED, LEAST_PLACED = 10.0, -4.0  # bits that places may add or take
LEAST, MOST = -9.0, 11.0  # bits in all
SPREADS = 2.0  # standard deviations of chance that are taken off
TELLING = 0.5  # bits from which sharing a value says anything at all


def weights(held: Holdings, rates: Rates) -> Floats:
    """Per value, the bits that two sites of one operator are told apart by when they share it."""
    share = np.maximum(held.count - 2, 0.5) / held.sites
    bits: Floats = np.log2(1 + rates.tie[held.kind] / share)
    return bits


def chance(held: Holdings, rates: Rates, bits: Floats, size: Integers) -> Chance:
    """What chance gives, from how wide values and places are. `size`: sites per provenance and place."""
    share = held.count / held.sites
    told = np.where(bits >= TELLING, bits, 0.0)
    number, groups = len(held.kinds), len(held.groups)
    stand, stand2 = np.zeros(groups), np.zeros(groups)
    for group in range(groups):
        wide = size[group][size[group] > 1] / held.sites
        gain = np.log2(1 + rates.stand[group] / np.maximum(wide, 1e-12))
        stand[group], stand2[group] = (wide**2 * gain).sum(), (wide**2 * gain**2).sum()
    return Chance(
        summed(held.kind, share**2 * told, number),
        summed(held.kind, share**2 * told**2, number),
        stand,
        stand2,
    )


def hold(
    shared: Shared, bits: Floats, rates: Rates, chances: Chance, label: Integers, size: Integers
) -> tuple[Floats, Floats, Floats, Floats]:
    """Per value: bits for one operator; pairs of holders that agree, by other kind; pairs placed, and in one place."""
    values, kinds = len(shared.spread), len(rates.tie)
    found = np.zeros(values)
    agreeing = np.zeros((values, kinds))
    placed, together = np.zeros(values), np.zeros(values)
    _hold(shared, bits, rates, chances, label, size, (found, agreeing, placed, together))
    return np.clip(found, LEAST, MOST), agreeing, placed, together


@compiled
def _hold(
    shared: Shared, bits: Floats, rates: Rates, chances: Chance, label: Integers, size: Integers, out: tuple[Any, ...]
) -> None:
    found, agreeing, placed, together = out
    sites = label.shape[1]
    stamp, times = np.full(len(shared.spread), -1), np.zeros(len(shared.spread), np.int64)
    touched = np.empty(len(shared.spread), np.int64)
    seen, members, places = np.full(sites, -1), np.zeros(sites, np.int64), np.empty(WIDEST + 1, np.int64)
    told = np.zeros(len(rates.tie))
    for value in range(len(shared.spread)):
        if shared.start[value + 1] - shared.start[value] < 2 or shared.spread[value] > WIDEST:
            continue
        number = meet(shared, value, stamp, times, touched)
        told[:] = 0.0
        for at in range(number):
            other = touched[at]
            if times[other] > 1:
                told[shared.kind[other]] += (times[other] - 1) * bits[other]
                agreeing[value, shared.kind[other]] += times[other] * (times[other] - 1) / 2
        direct = _direct(shared.spread[value], told, rates.tie, chances)
        standing = _standing(shared, value, rates, chances, label, size, (seen, members, places, placed, together))
        if standing == 0.0:
            found[value] = direct
        else:
            best = max(direct, standing)
            found[value] = best if best > 0 else min(direct, standing)


@compiled
def meet(shared: Shared, value: int, stamp: Integers, times: Integers, touched: Integers) -> int:
    """Count how many holders of a value hold each value of another provenance; the number of different ones."""
    number, group = 0, shared.group[value]
    for at in range(shared.start[value], shared.start[value + 1]):
        site = shared.holder[at]
        for place in range(shared.begin[site], shared.begin[site + 1]):
            other = shared.value[place]
            if shared.group[other] == group:
                continue
            if stamp[other] != value:
                stamp[other], times[other], touched[number] = value, 0, other
                number += 1
            times[other] += 1
    return number


@compiled
def _expected(holders: int, rate: float) -> float:
    """Bits that a value loses when none of its holders share what an operator's would."""
    damping = 1.44 if holders == 2 else 1.0
    return (holders - 1) * (1 - math.exp(-holders * rate / 2)) * damping


@compiled
def _direct(holders: int, told: Floats, tie: Floats, chances: Chance) -> float:
    total, pairs = 0.0, holders * (holders - 1) / 2
    for kind in range(len(told)):
        bits = told[kind]
        if holders >= 4:
            bits -= pairs * chances.tie[kind] + SPREADS * math.sqrt(pairs * chances.tie2[kind])
            bits = max(bits, 0.0)
        total += max(min(bits - _expected(holders, tie[kind]), MOST_KIND), LEAST_KIND)
    return total


@compiled
def _standing(
    shared: Shared, value: int, rates: Rates, chances: Chance, label: Integers, size: Integers, work: tuple[Any, ...]
) -> float:
    """Bits from where the holders were placed without this provenance; 0 where nothing was placed yet."""
    seen, members, places, placed, together = work
    group, holders, sites = shared.group[value], shared.spread[value], label.shape[1]
    stand = rates.stand[group]
    number, stood = 0, 0
    for at in range(shared.start[value], shared.start[value + 1]):
        place = label[group, shared.holder[at]]
        if size[group, place] < 2:
            continue
        stood += 1
        if seen[place] != value:
            seen[place], members[place], places[number] = value, 0, place
            number += 1
        members[place] += 1
    bits, pairs = 0.0, holders * (holders - 1) / 2
    for at in range(number):
        place = places[at]
        if members[place] > 1:
            share = max(size[group, place] - members[place], 1) / sites
            bits += (members[place] - 1) * math.log2(1 + stand / share)
            together[value] += members[place] * (members[place] - 1) / 2
    placed[value] = stood * (stood - 1) / 2
    if stand == 0.0:
        return 0.0
    if holders >= 4:
        bits -= pairs * chances.stand[group] + SPREADS * math.sqrt(pairs * chances.stand2[group])
        bits = max(bits, 0.0)
    return max(min(bits - _expected(holders, stand), MOST_PLACED), LEAST_PLACED)

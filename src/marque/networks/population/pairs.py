"""Pairs of sites that share a value which is probably one operator's: how sure that is of this very pair.

Two readings are compared and the stronger holds. In the first, the value counts for what other holders make of it and
what the two share besides is added, one bounded vote a provenance. In the second, the value counts for what all its
holders make of it, and each of the two belongs to them as far as it keeps their company.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.networks.population.holdings import Floats, Integers, Shared
from marque.networks.population.rates import WIDEST, Rates
from marque.works.segments.instructions import compiled

ALL = 60  # a value on more sites pairs each holder with the `HEADS` that keep closest company, not with all
HEADS = 6
LEAST = -3.0  # log2 odds of a value from which its holders are paired
BOUND = 5.0  # bits that a further provenance may add
SAME_PLACE = 0.997  # two holders placed together without the value: one operator's but for copies
MOST = 12.0


Flat = tuple[Floats, Floats, Floats, Floats, Integers, Floats, Integers, Integers]  # a Standing, for compiled code


@dataclass(frozen=True, slots=True)
class Pairs:
    """One row a pair, in order: log2 odds, and those without the strongest value's provenance (-99 where none)."""

    a: Integers
    b: Integers
    odds: Floats
    without: Floats
    value: Integers
    group: Integers


@dataclass(frozen=True, slots=True)
class Standing:
    """What `pair` reads besides who holds what.

    Per value `prior` and `held` (log2 odds and bits that it is one operator's), `whole` (the share of pairs of its
    holders that are), `classes` (of size); per entry of `holder` `belongs`, and `alone` where it shares nothing else
    with the others; per provenance and site `label`, and the `size` of each label.
    """

    bits: Floats
    prior: Floats
    held: Floats
    whole: Floats
    classes: Integers
    belongs: Floats
    label: Integers
    size: Integers
    alone: npt.NDArray[np.int8]


def pair(shared: Shared, standing: Standing, rates: Rates) -> Pairs:
    """Every pair that a value of at least `LEAST` odds suggests, folded to one row a pair."""
    odds = standing.prior + standing.held
    count = shared.start[1:] - shared.start[:-1]
    chosen = (count >= 2) & (count <= WIDEST) & (odds > LEAST)
    heads = np.where(count <= ALL, count * (count - 1) // 2, HEADS * (count - HEADS) + HEADS * (HEADS - 1) // 2)
    total = int(heads[chosen].sum())
    rows = np.empty((3, total), np.int64)
    found = np.empty(total)
    _pair(shared, flat(standing), rates, np.flatnonzero(chosen).astype(np.int64), (rows[0], rows[1], rows[2], found))
    order = np.argsort(rows[0] * standing.label.shape[1] + rows[1], kind="stable")
    return Pairs(*_fold(rows[0][order], rows[1][order], rows[2][order], found[order], shared.group))


def flat(one: Standing) -> Flat:
    """As compiled code takes it."""
    return one.bits, one.prior, one.held, one.whole, one.classes, one.belongs, one.label, one.size


@compiled
def _pair(shared: Shared, standing: Flat, rates: Rates, chosen: Integers, out: tuple[Any, ...]) -> None:
    a, b, values, found = out
    label, size = standing[6], standing[7]
    best, members = np.zeros(label.shape[0]), np.zeros(label.shape[1], np.int64)
    row = 0
    for value in chosen:
        entries = np.arange(shared.start[value], shared.start[value + 1])
        heads = len(entries)
        if heads > ALL:
            entries, heads = _closest(shared, value, entries, standing[5], label, size, members), HEADS
        for first in range(heads):
            for second in range(first + 1, len(entries)):
                x, y = min(entries[first], entries[second]), max(entries[first], entries[second])
                a[row], b[row], values[row] = shared.holder[x], shared.holder[y], value
                found[row] = max(*readings(shared, standing, rates, value, x, y, best))
                row += 1


@compiled
def _closest(
    shared: Shared, value: int, entries: Integers, belongs: Floats, label: Integers, size: Integers, members: Integers
) -> Integers:
    """The entries, those first that stand where most of them stand and belong most."""
    group = shared.group[value]
    for at in entries:
        members[label[group, shared.holder[at]]] += 1
    key = np.empty(len(entries))
    for number, at in enumerate(entries):
        place = label[group, shared.holder[at]]
        key[number] = -(members[place] if size[group, place] > 1 else 0) - belongs[at]
    for at in entries:
        members[label[group, shared.holder[at]]] = 0
    return entries[np.argsort(key, kind="mergesort")]


@compiled
def readings(
    shared: Shared, standing: Flat, rates: Rates, value: int, x: int, y: int, best: Floats
) -> tuple[float, float]:
    """Log2 odds of both readings for entries x and y of `holder`; `best` receives the votes of other provenances."""
    bits, prior, held, whole, classes, belongs, label, size = standing
    a, b = shared.holder[x], shared.holder[y]
    holders = shared.start[value + 1] - shared.start[value]
    beside = _beside(shared, a, b, shared.group[value], bits, best)
    one = 1.0
    if holders >= 3:
        one = _one(whole[value], rates.together, shared.group[value], a, b, label, size)
    mine = 1 - rates.strange[shared.kind[value], classes[value]]
    sure = _share(prior[value] + held[value] - beside) * (mine * mine if holders >= 3 else mine) * one
    odds = math.log2(sure / (1 - sure))
    for group in range(len(best)):
        odds += min(best[group], BOUND)
    if holders < 3:
        return odds, -99.0
    sure = _share(prior[value] + held[value]) * belongs[x] * belongs[y] * one
    company = math.log2(sure / (1 - sure))
    return (odds if beside > 0 else -99.0), company


@compiled
def _one(whole: float, together: float, group: int, a: int, b: int, label: Integers, size: Integers) -> float:
    """The share of such pairs that are one operator's, given where the two were placed without the value."""
    here, there = label[group, a], label[group, b]
    if size[group, here] < 2 or size[group, there] < 2:
        return whole
    if here == there:
        return max(whole, SAME_PLACE)
    return whole * (1 - together) / (whole * (1 - together) + (1 - whole) + 1e-9)


@compiled
def _share(odds: float) -> float:
    share: float = 1 / (1 + 2.0 ** (-min(max(odds, -MOST), MOST)))
    return share


@compiled
def _beside(shared: Shared, a: int, b: int, group: int, bits: Floats, best: Floats) -> float:
    """Bits of all values of other provenances that two sites share; the best of each provenance in `best`."""
    best[:] = 0.0
    total, x, y = 0.0, shared.begin[a], shared.begin[b]
    while x < shared.begin[a + 1] and y < shared.begin[b + 1]:
        if shared.value[x] < shared.value[y]:
            x += 1
        elif shared.value[x] > shared.value[y]:
            y += 1
        else:
            value = shared.value[x]
            if shared.group[value] != group:
                total += bits[value]
                best[shared.group[value]] = max(best[shared.group[value]], bits[value])
            x, y = x + 1, y + 1
    return total


@compiled
def _fold(
    a: Integers, b: Integers, value: Integers, odds: Floats, group: Integers
) -> tuple[Integers, Integers, Floats, Floats, Integers, Integers]:
    """The strongest row a pair, and the strongest of another provenance than that one's."""
    count = len(a)
    first, second, best, rest = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count), np.empty(count)
    of, by = np.empty(count, np.int64), np.empty(count, np.int64)
    row = -1
    for at in range(count):
        mine = group[value[at]]
        if row < 0 or first[row] != a[at] or second[row] != b[at]:
            row += 1
            first[row], second[row], best[row], rest[row] = a[at], b[at], odds[at], -99.0
            of[row], by[row] = value[at], mine
        elif odds[at] > best[row]:
            if mine != by[row]:
                rest[row] = best[row]
            best[row], of[row], by[row] = odds[at], value[at], mine
        elif mine != by[row] and odds[at] > rest[row]:
            rest[row] = odds[at]
    row += 1
    return first[:row], second[:row], best[:row], rest[:row], of[:row], by[:row]

"""What each pair of sites shares, value by value, and which of it counts: the rows that an explanation shows.

One value leads; of each other provenance the best value adds a bounded vote, unless the leading value already counts
for what all its holders make of it, the pair's own company among them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.networks.population.holdings import Floats, Holdings, Integers, Shared
from marque.networks.population.pairs import BOUND, Flat, Standing, flat, readings
from marque.networks.population.rates import WIDEST, Rates
from marque.works.segments.instructions import compiled

SHOWN, LEADS, ADDS = 0, 1, 2
NOTHING_ADDS = 2
COMPANY = 2.0  # bits from which a value is held together by what its other holders share


@dataclass(frozen=True, slots=True)
class Told:
    """One row a pair and shared value: its part, its bits (log2 odds where it leads), and whether company holds it.

    `alone`: of a value that leads, that one of the two shares nothing else with any of its holders.
    """

    a: Integers
    b: Integers
    value: Integers
    part: Integers
    bits: Floats
    company: Integers
    alone: Integers


def tell(held: Holdings, shared: Shared, standing: Standing, rates: Rates, a: Integers, b: Integers) -> Told:
    """Rows for the pairs (a, b), in their order. `shared` may list telling values only; all of them are shown."""
    site, value = held.holder, held.value
    order = np.argsort(site, kind="stable")
    begin = np.concatenate([[0], np.cumsum(np.bincount(site, minlength=held.sites))]).astype(np.int64)
    everything = (begin, value[order].astype(np.int64))
    total = _count(everything, shared.spread, a, b)
    rows, bits = np.empty((6, total), np.int64), np.zeros(total)
    _tell(everything, shared, flat(standing), rates, (a, b), (standing.alone, rows, bits))
    return Told(rows[0], rows[1], rows[2], rows[3], bits, rows[4], rows[5])


@compiled
def _count(everything: tuple[Integers, Integers], count: Integers, a: Integers, b: Integers) -> int:
    total, common = 0, np.empty(10_000, np.int64)
    for at in range(len(a)):
        total += _common(everything, count, a[at], b[at], common)
    return total


@compiled
def _common(everything: tuple[Integers, Integers], count: Integers, a: int, b: int, common: Integers) -> int:
    """The values that two sites share and that are not too wide to pair anybody."""
    begin, value = everything
    number, x, y = 0, begin[a], begin[b]
    while x < begin[a + 1] and y < begin[b + 1]:
        if value[x] < value[y]:
            x += 1
        elif value[x] > value[y]:
            y += 1
        else:
            if count[value[x]] <= WIDEST and number < len(common):
                common[number] = value[x]
                number += 1
            x, y = x + 1, y + 1
    return number


@compiled
def _tell(
    everything: tuple[Integers, Integers],
    shared: Shared,
    standing: Flat,
    rates: Rates,
    pairs: tuple[Integers, Integers],
    out: tuple[Any, ...],
) -> None:
    alone, rows, bits = out
    best, common, row = np.zeros(standing[6].shape[0]), np.empty(10_000, np.int64), 0
    for at in range(len(pairs[0])):
        a, b = pairs[0][at], pairs[1][at]
        number = _common(everything, shared.spread, a, b, common)
        lead, odds, company = _leading(shared, standing, rates, (a, b), common[:number], best)
        for place in range(number):
            value = common[place]
            rows[0, row], rows[1, row], rows[2, row], rows[3, row], rows[4:, row] = a, b, value, SHOWN, 0
            if value == lead:
                rows[3, row], rows[4, row], bits[row] = LEADS, company % NOTHING_ADDS, odds
                rows[5, row] = _lonely(shared, alone, value, (a, b), best)
            elif company < NOTHING_ADDS and lead >= 0 and shared.group[value] != shared.group[lead]:
                group = shared.group[value]
                if standing[0][value] == best[group] and best[group] > 0:
                    rows[3, row], bits[row], best[group] = ADDS, standing[0][value], 0.0
            row += 1


@compiled
def _leading(
    shared: Shared, standing: Flat, rates: Rates, pair: tuple[int, int], common: Integers, best: Floats
) -> tuple[int, float, int]:
    """The value that leads, its log2 odds alone, and 1 if company holds it, plus `NOTHING_ADDS` if nothing adds to it.

    `best` is left with the votes of the other provenances.
    """
    lead, most, alone, company, votes = -1, -99.0, 0.0, 0, np.zeros(len(best))
    for value in common:
        x, y = _entry(shared, value, pair[0]), _entry(shared, value, pair[1])
        first, second = readings(shared, standing, rates, value, x, y, best)
        strongest = max(first, second)
        if strongest > most:
            lead, most, votes[:] = value, strongest, best
            held = shared.start[value + 1] - shared.start[value] > 2 and standing[2][value] >= COMPANY
            company, alone = (1 if held else 0), strongest
            if second >= first:
                company += NOTHING_ADDS
            else:
                for group in range(len(best)):
                    alone -= min(best[group], BOUND)
    best[:] = votes
    return lead, alone, company


@compiled
def _lonely(shared: Shared, alone: npt.NDArray[np.int8], value: int, pair: tuple[int, int], best: Floats) -> int:
    if shared.start[value + 1] - shared.start[value] < 3:
        return int(best.max() <= 0.0)
    either: int = max(alone[_entry(shared, value, pair[0])], alone[_entry(shared, value, pair[1])])
    return min(either, 1)


@compiled
def _entry(shared: Shared, value: int, site: int) -> int:
    begin, end = shared.start[value], shared.start[value + 1]
    place: int = begin + np.searchsorted(shared.holder[begin:end], site)
    return place

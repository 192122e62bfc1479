"""Communities of a graph of weighted links: each community's links outweigh what its size would ask for.

The measure is the constant Potts model (Traag, Van Dooren, Nesterov 2011): the sum of the weights inside, less
`resolution` for every pair of members. Sites move to the neighbouring community where they add most, then communities
move as sites did (Blondel and others 2008), until nothing does. The order is that of numbers, so the result is fixed.
"""

from typing import Any

import numpy as np

from marque.networks.population.holdings import Floats, Integers, summed
from marque.works.segments.instructions import compiled

LEVELS = 10
TURNS = 12  # at most so many looks at each site a level
_LEAST = 1e-12


def communities(sites: int, a: Integers, b: Integers, weight: Floats, resolution: float) -> Integers:
    """A label per site; labels are numbers without meaning."""
    label, size = np.arange(sites, dtype=np.int64), np.ones(sites)
    for _ in range(LEVELS):
        begin, other, heft = _neighbours(len(size), a, b, weight)
        place = _renumbered(_move((begin, other, heft), size, resolution))
        label, number = place[label], int(place.max(initial=-1)) + 1
        if number == len(size):
            break
        size = summed(place, size, number)
        a, b, weight = _between(place[a], place[b], weight, number)
    return label


@compiled
def _renumbered(label: Integers) -> Integers:
    """The labels as numbers from 0 in the order in which they first occur."""
    name, place, number = np.full(len(label), -1), np.empty(len(label), np.int64), 0
    for at in range(len(label)):
        if name[label[at]] < 0:
            name[label[at]] = number
            number += 1
        place[at] = name[label[at]]
    return place


def _between(a: Integers, b: Integers, weight: Floats, count: int) -> tuple[Integers, Integers, Floats]:
    """The links between different communities, one a pair."""
    apart = a != b
    low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
    pairs, place = np.unique(low * count + high, return_inverse=True)
    return pairs // max(count, 1), pairs % max(count, 1), summed(place.astype(np.int64), weight[apart], len(pairs))


@compiled
def _neighbours(count: int, a: Integers, b: Integers, weight: Floats) -> tuple[Integers, Integers, Floats]:
    degree = np.zeros(count + 1, np.int64)
    for at in range(len(a)):
        degree[a[at] + 1] += 1
        degree[b[at] + 1] += 1
    begin = np.cumsum(degree)
    next_, other, heft = begin[:-1].copy(), np.empty(begin[-1], np.int64), np.empty(begin[-1])
    for at in range(len(a)):
        other[next_[a[at]]], heft[next_[a[at]]] = b[at], weight[at]
        other[next_[b[at]]], heft[next_[b[at]]] = a[at], weight[at]
        next_[a[at]] += 1
        next_[b[at]] += 1
    return begin, other, heft


@compiled
def _move(graph: tuple[Integers, Integers, Floats], size: Floats, resolution: float) -> Integers:
    begin, other, _ = graph
    count = len(size)
    label, total = np.arange(count), size.copy()
    gain, near = np.zeros(count), np.empty(count, np.int64)
    queue, waiting = np.arange(count), np.ones(count, np.int8)
    head, length, steps = 0, count, 0
    while length > 0 and steps < TURNS * count:
        site = queue[head]
        head, length, steps = (head + 1) % count, length - 1, steps + 1
        waiting[site] = 0
        to = _best(graph, site, label, total, size, (gain, near, resolution))
        if to == label[site]:
            continue
        total[label[site]] -= size[site]
        total[to] += size[site]
        label[site] = to
        for at in range(begin[site], begin[site + 1]):
            if label[other[at]] != to and waiting[other[at]] == 0:
                waiting[other[at]] = 1
                queue[(head + length) % count] = other[at]
                length += 1
    return label


@compiled
def _best(
    graph: tuple[Integers, Integers, Floats],
    site: int,
    label: Integers,
    total: Floats,
    size: Floats,
    work: tuple[Any, ...],
) -> int:
    """The community that a site adds most to: its own unless another is better, and alone where all are a loss."""
    begin, other, heft = graph
    gain, near, resolution = work
    here, number, own = label[site], 0, size[site]
    for at in range(begin[site], begin[site + 1]):
        place = label[other[at]]
        if other[at] != site:
            if gain[place] == 0.0:
                near[number] = place
                number += 1
            gain[place] += heft[at]
    base = gain[here] - resolution * own * (total[here] - own)
    best, to = 0.0, int(here)
    if -base > _LEAST and total[site] == 0.0:
        best, to = -base, site
    for at in range(number):
        place = near[at]
        more = gain[place] - resolution * own * total[place] - base
        if place != here and more > best + _LEAST:
            best, to = more, place
    for at in range(number):
        gain[near[at]] = 0.0
    return to

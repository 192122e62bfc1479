"""Networks among thousands of sites: communities of accepted links, each with a core that several values hold.

Links found among many are right one by one and still wrong in chains, so a network is a community whose links outweigh
what its size would ask for, not whatever hangs together. What analysts decided holds.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.networks.edges import Edges, Integers
from marque.networks.groups import Groups
from marque.networks.population.communities import communities
from marque.networks.population.rounds import RESOLUTION, heft
from marque.works.segments.instructions import compiled

CORE = 3170  # score (1/1000 bit) of .9, from which links make cores: measured, nothing chains further
LEAST_SPLIT = 4  # sites of a core from which two cores could have been joined over one value


@dataclass(frozen=True, slots=True)
class Network:
    """Members by number, smallest first. `core` is empty where nothing holds more than single values together.

    `halo`: probable members, sites of further cores among them.
    """

    core: tuple[int, ...]
    halo: tuple[int, ...]


def gather(edges: Edges, parted: list[tuple[int, int]]) -> list[Network]:
    """Every community of two sites or more; its core is the largest one that strong links make within it."""
    count = len(edges.names)
    if not count:
        return []
    now = ~edges.sold | edges.judged
    whole = _decided(edges, _communities(edges, now, count), parted)
    whole = _brought_in(edges, whole, ~now, parted)
    strong = now & (edges.score >= CORE) & (whole[edges.a] == whole[edges.b])
    core = _unbridged(edges, _communities(edges, strong, count), strong)
    return _collected(whole, core)


def _communities(edges: Edges, chosen: npt.NDArray[np.bool_], count: int) -> Integers:
    weight = heft(edges.score[chosen] / 1000)
    return communities(count, edges.a[chosen], edges.b[chosen], weight, RESOLUTION)


def _decided(edges: Edges, label: Integers, parted: list[tuple[int, int]]) -> Integers:
    """What analysts decided: sites of one operator in one community, parted sites in different ones."""
    judged = np.flatnonzero(edges.judged).tolist()
    torn = {int(label[site]) for pair in parted for site in pair}
    torn |= {int(label[site]) for place in judged for site in (edges.a[place], edges.b[place])}
    if not torn:
        return label
    groups = Groups(len(label), parted)
    for place in judged:
        groups.join(int(edges.a[place]), int(edges.b[place]))
    touched = np.isin(label, sorted(torn))
    inside = np.flatnonzero(touched[edges.a] & (label[edges.a] == label[edges.b]))
    for place in inside[np.lexsort((edges.b[inside], edges.a[inside], -edges.score[inside]))].tolist():
        groups.join(int(edges.a[place]), int(edges.b[place]))
    found, first = label.copy(), int(label.max()) + 1
    for site in np.flatnonzero(touched).tolist():
        found[site] = first + groups.root(site)
    return found


def _brought_in(edges: Edges, label: Integers, left: npt.NDArray[np.bool_], parted: list[tuple[int, int]]) -> Integers:
    """A site that changed hands joins no two networks: it follows its strongest link, of what it holds now first.

    It never follows one to where a site is that an analyst parted from it.
    """
    enemies: dict[int, set[int]] = defaultdict(set)
    for one, other in parted:
        enemies[one].add(other)
        enemies[other].add(one)
    places = np.flatnonzero(left)
    order = places[np.lexsort((edges.b[places], edges.a[places], -edges.score[places], edges.former[places]))]
    alone = np.bincount(label, minlength=int(label.max()) + 1)[label] == 1
    found = label.copy()
    for place in order.tolist():
        a, b = int(edges.a[place]), int(edges.b[place])
        site, to = (a, found[b]) if alone[a] else (b, found[a])
        if alone[site] and not any(found[enemy] == to for enemy in enemies[site]):
            found[site] = to
            alone[a] = alone[b] = False
    return found


def _unbridged(edges: Edges, label: Integers, strong: npt.NDArray[np.bool_]) -> Integers:
    """The cores, each cut where two cores were joined over one value alone."""
    inside = np.flatnonzero(strong & (label[edges.a] == label[edges.b]))
    large = np.bincount(label)[label[edges.a[inside]]] >= LEAST_SPLIT
    inside = inside[large]
    inside = inside[np.argsort(label[edges.a[inside]], kind="stable")]
    value = np.where(edges.values[inside] > 1, -1, edges.value[inside])
    return _cut(label.copy(), edges.a[inside], edges.b[inside], value)


@compiled
def _cut(label: Integers, a: Integers, b: Integers, value: Integers) -> Integers:
    parent, size = np.arange(len(label)), np.zeros(len(label), np.int64)
    fresh, first, old = label.max() + 1, 0, label.copy()
    while first < len(a):
        last = first
        while last < len(a) and old[a[last]] == old[a[first]]:
            last += 1
        for bridge in np.unique(value[first:last]):
            if bridge >= 0:
                fresh = _split(label, (a[first:last], b[first:last], value[first:last]), bridge, (parent, size), fresh)
        first = last
    return label


@compiled
def _split(
    label: Integers, links: tuple[Integers, Integers, Integers], bridge: int, work: tuple[Any, ...], fresh: int
) -> int:
    """Cut along `bridge` where two parts of two sites or more are left without it; the next fresh label."""
    a, b, value = links
    parent, size = work
    for at in range(len(a)):
        for site in (a[at], b[at]):
            parent[site], size[site] = site, 1
    for at in range(len(a)):
        if value[at] != bridge and label[a[at]] == label[b[at]]:
            one, other = _root(parent, a[at]), _root(parent, b[at])
            if one != other:
                parent[max(one, other)] = min(one, other)
                size[min(one, other)] += size[max(one, other)]
    for at in range(len(a)):
        if value[at] == bridge and label[a[at]] == label[b[at]]:
            one, other = _root(parent, a[at]), _root(parent, b[at])
            if one != other and size[one] > 1 and size[other] > 1:
                _rename(label, (a, b, value), parent, one if size[one] < size[other] else other, fresh)
                fresh += 1
    return fresh


@compiled
def _rename(label: Integers, links: tuple[Integers, Integers, Integers], parent: Integers, part: int, to: int) -> None:
    for at in range(len(links[0])):
        for site in (links[0][at], links[1][at]):
            if _root(parent, site) == part:
                label[site] = to


@compiled
def _root(parent: Integers, site: int) -> int:
    while parent[site] != site:
        parent[site] = parent[parent[site]]
        site = parent[site]
    return site


def _collected(whole: Integers, core: Integers) -> list[Network]:
    sets: dict[int, list[int]] = defaultdict(list)
    for site, label in enumerate(whole.tolist()):
        sets[label].append(site)
    found = []
    for sites in sets.values():
        if len(sites) > 1:
            sizes = Counter(int(core[site]) for site in sites)
            largest = min(sizes, key=lambda label: (-sizes[label], label))
            held = sizes[largest] > 1
            found.append(
                Network(
                    core=tuple(site for site in sites if held and core[site] == largest),
                    halo=tuple(site for site in sites if not held or core[site] != largest),
                )
            )
    return found

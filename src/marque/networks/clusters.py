"""Links to networks: a strict core, a probable halo, and the place where a network is weakest.

The core holds together by links of two provenances. One value alone, however strong, never joins two cores: it may
bring a single site in. A network is a proposal to look at its members together; it is not a finding about any of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from marque.networks import judgements as judging
from marque.networks import membership, stable
from marque.networks.edges import Edges, accepted
from marque.networks.groups import Groups
from marque.networks.verdicts import STRONG


@dataclass(frozen=True, slots=True)
class Network:
    """Members by number, smallest first. `core` is empty where nothing holds more than single values together."""

    core: tuple[int, ...]
    halo: tuple[int, ...]


def networks(links: pa.Table, judgements: pa.Table | None, previous: pa.Table | None) -> pa.Table:
    """The `networks` table: every network of at least two sites, with ids that outlive a run."""
    edges = accepted(links)
    parted = _parted(edges, judging.decided(judgements))
    cores = _cores(edges, parted)
    found = _halos(edges, cores)
    return membership.table(edges, found, stable.named(edges.names, found, previous))


def _parted(edges: Edges, decided: Mapping[judging.Pair, int]) -> list[tuple[int, int]]:
    number = {name: place for place, name in enumerate(edges.names)}
    return sorted(
        (number[a], number[b])
        for (a, b), verdict in decided.items()
        if verdict == judging.NOT_SAME and a in number and b in number
    )


def _cores(edges: Edges, parted: list[tuple[int, int]]) -> Groups:
    strong = edges.score >= STRONG
    firm = strong & ((edges.values >= 2) | edges.judged)
    groups = Groups(len(edges.names), parted)
    # What an analyst decided comes first, so that no weaker link can stand in its way.
    for place in np.flatnonzero(firm & edges.judged).tolist():
        groups.join(int(edges.a[place]), int(edges.b[place]))
    _join_components(edges, firm, groups, parted)
    single = np.flatnonzero(strong & ~firm)
    _join_by_two_values(edges, single, groups)
    _bring_in(edges, single, groups)
    return groups


def _join_components(edges: Edges, firm: np.ndarray, groups: Groups, parted: list[tuple[int, int]]) -> None:
    """Connected components over firm links; a component with parted sites is joined link by link, strongest first."""
    count = len(edges.names)
    a, b = edges.a[firm], edges.b[firm]
    graph = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(count, count))
    label = connected_components(graph, directed=False)[1] if count else np.zeros(0, np.int64)
    torn = {int(label[x]) for x, y in parted if label[x] == label[y]}
    order = np.lexsort((b, a, -edges.score[firm]))
    for place in order.tolist():
        if int(label[a[place]]) in torn:
            groups.join(int(a[place]), int(b[place]))
    first: dict[int, int] = {}
    for site, component in enumerate(label.tolist()):
        if component not in torn:
            groups.join(first.setdefault(component, site), site)


def _join_by_two_values(edges: Edges, single: np.ndarray, groups: Groups) -> None:
    """Join two cores that at least two different values tie."""
    between: dict[tuple[int, int], set[int]] = defaultdict(set)
    for place in single.tolist():
        ends = sorted((groups.root(int(edges.a[place])), groups.root(int(edges.b[place]))))
        if ends[0] != ends[1]:
            between[ends[0], ends[1]].add(int(edges.value[place]))
    for (a, b), values in sorted(between.items()):
        if len(values) >= 2 and groups.size(a) > 1 and groups.size(b) > 1:
            groups.join(a, b)


def _bring_in(edges: Edges, single: np.ndarray, groups: Groups) -> None:
    """Each site without a core follows its strongest single-value link, one link a site."""
    order = np.lexsort((edges.b[single], edges.a[single], -edges.score[single]))
    for place in single[order].tolist():
        a, b = int(edges.a[place]), int(edges.b[place])
        if groups.size(a) == 1 or groups.size(b) == 1:
            groups.join(a, b)


def _halos(edges: Edges, cores: Groups) -> list[Network]:
    """Cores, and the probable sites that follow their strongest accepted link into one."""
    order = np.lexsort((edges.b, edges.a, -edges.score))
    members = {site: cores.size(site) > 1 for site in range(len(edges.names))}
    for place in order.tolist():
        a, b = int(edges.a[place]), int(edges.b[place])
        if cores.size(a) == 1 or cores.size(b) == 1:
            cores.join(a, b)
    return _collect(members, cores)


def _collect(in_core: Mapping[int, bool], groups: Groups) -> list[Network]:
    sets: dict[int, list[int]] = defaultdict(list)
    for site in in_core:
        sets[groups.root(site)].append(site)
    return [_network(sites, in_core) for _, sites in sorted(sets.items()) if len(sites) > 1]


def _network(sites: Iterable[int], in_core: Mapping[int, bool]) -> Network:
    ordered = sorted(sites)
    return Network(
        core=tuple(site for site in ordered if in_core[site]), halo=tuple(site for site in ordered if not in_core[site])
    )

"""Links to networks: a strict core, a probable halo, and the place where a network is weakest.

The core holds together by links of two provenances. One value alone, however strong, never joins two cores: it may
bring a single site in. A network is a proposal to look at its members together; it is not a finding about any of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from marque.networks import gathering, membership, stable
from marque.networks import judgements as judging
from marque.networks.edges import Edges, accepted
from marque.networks.gathering import Network
from marque.networks.groups import Groups
from marque.networks.verdicts import STRONG

BOTH_SIDES = 2  # sites on either side that must be tied before two networks are one


def networks(
    links: pa.Table,
    judgements: pa.Table | None,
    previous: pa.Table | None,
    sold: Mapping[str, int],
    *,
    populous: bool = False,
) -> pa.Table:
    """The `networks` table: every network of at least two sites, with ids that outlive a run.

    `sold`: sites that changed hands, and when (`marque.networks.tenures`). `populous`: whether communities are looked
    for; among few sites each link is followed.
    """
    edges = accepted(links, sold)
    parted = _parted(edges, judging.decided(judgements))
    found = gathering.gather(edges, parted) if populous else _halos(edges, _cores(edges, parted))
    return membership.table(edges, found, stable.named(edges.names, found, previous), populous=populous)


def _parted(edges: Edges, decided: Mapping[judging.Pair, int]) -> list[tuple[int, int]]:
    number = {name: place for place, name in enumerate(edges.names)}
    return sorted(
        (number[a], number[b])
        for (a, b), verdict in decided.items()
        if verdict == judging.NOT_SAME and a in number and b in number
    )


def _cores(edges: Edges, parted: list[tuple[int, int]]) -> Groups:
    strong = edges.score >= STRONG
    # A site that changed hands joins no two cores: both who held it would be one operator's.
    firm = strong & ((edges.values >= 2) & ~edges.sold | edges.judged)
    groups = Groups(len(edges.names), parted)
    # What an analyst decided comes first, so that no weaker link can stand in its way.
    for place in np.flatnonzero(firm & edges.judged).tolist():
        groups.join(int(edges.a[place]), int(edges.b[place]))
    _join_components(edges, firm, groups, parted)
    _join_by_two_values(edges, np.flatnonzero(strong & ~firm & ~edges.sold), groups)
    _bring_in(edges, np.flatnonzero(strong & ~firm), groups)
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
    """Each site without a core follows its strongest link, one link a site; of what it holds now, where it was sold."""
    order = np.lexsort((edges.b[single], edges.a[single], -edges.score[single], edges.former[single]))
    for place in single[order].tolist():
        a, b = int(edges.a[place]), int(edges.b[place])
        if groups.size(a) == 1 or groups.size(b) == 1:
            groups.join(a, b)


def _halos(edges: Edges, cores: Groups) -> list[Network]:
    """Cores, the probable sites that follow their strongest accepted link into one, and cores that are probably one."""
    order = np.lexsort((edges.b, edges.a, -edges.score, edges.former))
    core_of = {site: cores.root(site) for site in range(len(edges.names)) if cores.size(site) > 1}
    for place in order.tolist():
        a, b = int(edges.a[place]), int(edges.b[place])
        if cores.size(a) == 1 or cores.size(b) == 1:
            cores.join(a, b)
    _join_probable(edges, cores)
    return _collect(core_of, cores, len(edges.names))


def _join_probable(edges: Edges, groups: Groups) -> None:
    """Make one network of two that links over two values or more tie at two sites on either side, until none is left.

    One copied site, or one that changed hands, has all its links at one site and joins nothing.
    """
    chosen = np.flatnonzero((edges.values >= 2) & ~edges.sold)
    links = list(zip(edges.a[chosen].tolist(), edges.b[chosen].tolist(), strict=True))
    joined = True
    while joined:
        ends: dict[tuple[int, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
        for pair in links:
            (one, a), (other, b) = sorted((groups.root(site), site) for site in pair)
            if one != other and groups.may(one, other):
                ends[one, other][0].add(a)
                ends[one, other][1].add(b)
        joined = False
        for (one, other), sides in sorted(ends.items()):
            if min(map(len, sides)) >= BOTH_SIDES:
                joined |= groups.join(one, other)


def _collect(core_of: Mapping[int, int], groups: Groups, count: int) -> list[Network]:
    """Every set of two sites or more; of several cores in one, the largest stays core and the others are halo."""
    sets: dict[int, list[int]] = defaultdict(list)
    for site in range(count):
        sets[groups.root(site)].append(site)
    found = []
    for _, sites in sorted(sets.items()):
        sizes = Counter(core_of[site] for site in sites if site in core_of)
        largest = min(sizes, key=lambda root: (-sizes[root], root), default=None)
        if len(sites) > 1:
            found.append(_network(sites, {site: core_of.get(site, -1) == largest for site in sites}))
    return found


def _network(sites: Iterable[int], in_core: Mapping[int, bool]) -> Network:
    ordered = sorted(sites)
    return Network(
        core=tuple(site for site in ordered if in_core[site]), halo=tuple(site for site in ordered if not in_core[site])
    )

"""How sure a site's place in its network is, and the link that the network would fall apart without.

Membership is what the published benchmark measured for sites in that role, not a product of links; a halo site has
the probability of the link that brought it in.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from marque.networks.edges import Edges, Integers
from marque.networks.model import NETWORKS
from marque.networks.verdicts import probability

# A network larger than this many sites is a reason to look for a wrong join first.
ALARM = 100


class Sites(Protocol):
    """A network's members by role."""

    @property
    def core(self) -> tuple[int, ...]: ...
    @property
    def halo(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of `membership.csv`: what the benchmark found for sites in this role."""

    middle: float
    low: float
    high: float


@cache
def measured(populous: bool) -> Mapping[str, Measured]:
    """The published figures by role, for networks among few sites or among thousands."""
    text = (files("marque.networks") / "membership.csv").read_text("utf-8")
    return {
        row["role"]: Measured(float(row["membership"]), float(row["low"]), float(row["high"]))
        for row in csv.DictReader(text.splitlines())
        if row["among"] == ("many" if populous else "few")
    }


def table(edges: Edges, networks: Sequence[Sites], ids: Sequence[str], *, populous: bool = False) -> pa.Table:
    """The `networks` table, sorted by network and site."""
    published = measured(populous)
    bridges = _bridges(edges, networks)
    best = _best(edges, networks)
    rows = []
    for place, network in enumerate(networks):
        alarm = len(network.core) + len(network.halo) > ALARM
        for role, sites in (("core", network.core), ("halo", network.halo)):
            for site in sites:
                figures = published[role]
                middle = (
                    figures.middle
                    if role == "core"
                    else min(figures.high, float(probability(best[site : site + 1])[0]))
                )
                rows.append(
                    {
                        "network": ids[place],
                        "site": edges.names[site],
                        "role": role,
                        "membership": middle,
                        "membership_low": min(figures.low, middle),
                        "membership_high": max(figures.high, middle),
                        "weakest_bridge": bridges[place],
                        "size_alarm": alarm,
                    }
                )
    rows.sort(key=lambda row: (row["network"], row["site"]))
    return pa.Table.from_pylist(rows, schema=NETWORKS)


def _best(edges: Edges, networks: Sequence[Sites]) -> Integers:
    """Per site, the strongest accepted link to a member of its own network."""
    of = _network_of(edges, networks)
    best = np.full(len(edges.names), np.iinfo(np.int64).min // 2, np.int64)
    inside = (of[edges.a] == of[edges.b]) & (of[edges.a] >= 0)
    for ends in (edges.a, edges.b):
        np.maximum.at(best, ends[inside], edges.score[inside])
    return best


def _network_of(edges: Edges, networks: Sequence[Sites]) -> Integers:
    of = np.full(len(edges.names), -1, np.int64)
    for place, network in enumerate(networks):
        of[list(network.core + network.halo)] = place
    return of


def _bridges(edges: Edges, networks: Sequence[Sites]) -> list[str]:
    """Per network the weakest link of its strongest tree: without it the network is two."""
    of = _network_of(edges, networks)
    inside = np.flatnonzero((of[edges.a] == of[edges.b]) & (of[edges.a] >= 0))
    count = len(edges.names)
    # Costs that rank links strongest first, ties by name; a tree over ranks does not depend on the order of rows.
    order = inside[np.lexsort((edges.b[inside], edges.a[inside], -edges.score[inside]))]
    cost = np.arange(1, len(order) + 1, dtype=np.float64)
    tree = minimum_spanning_tree(coo_array((cost, (edges.a[order], edges.b[order])), shape=(count, count)).tocsr())
    weakest: dict[int, int] = {}
    for rank in np.sort(tree.data).astype(np.int64).tolist():
        link = int(order[rank - 1])
        weakest[int(of[edges.a[link]])] = link
    return [
        f"{edges.names[int(edges.a[weakest[place]])]} {edges.names[int(edges.b[weakest[place]])]}"
        for place in range(len(networks))
    ]

"""`bench linking`: marque on the synthetic operator world, beside naive components: nothing on real operators."""

import time
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from marque.bench import operator_link
from marque.networks.link import link

Integers = npt.NDArray[np.int64]
SITES, SEED = 10_000, 7
NARROW = 50  # a naive linker's own guard: values on more sites are left out


def run(sites: int = SITES, seed: int = SEED) -> Iterator[Mapping[str, object]]:
    """One row a figure."""
    world = operator_link.world(sites, seed)
    case, truth = f"operator-link {sites} seed {seed}", world.truth.operator
    for row in _marque(operator_link.sightings(world), truth):
        yield {"bench": "linking", "case": case, **row}
    for row in _naive(world, truth):
        yield {"bench": "linking", "case": case, **row}


def _marque(sightings: pa.Table, truth: Integers) -> Iterator[Mapping[str, object]]:
    begun = time.perf_counter()
    found = link(sightings)
    yield _row("marque", "time", time.perf_counter() - begun, "s")
    accepted = found.links.filter(found.links["accepted"])
    ends = [_numbers(accepted[name]) for name in ("site_a", "site_b")]
    sure = accepted["probability"].to_numpy() >= 0.95
    right = truth[ends[0]] == truth[ends[1]]
    yield _row("marque", "links at p >= .95", float(sure.sum()), "links")
    yield _row("marque", "true links at p >= .95", float(right[sure].mean()) if sure.any() else 0.0, "share")
    for roles in (("core",), ("core", "halo")):
        yield from _clusters("marque", "+".join(roles), _labels(found.networks, roles, len(truth)), truth)


def _naive(world: operator_link.World, truth: Integers) -> Iterator[Mapping[str, object]]:
    begun = time.perf_counter()
    keys = world.value * 64 + world.kind
    _, value, count = np.unique(keys, return_inverse=True, return_counts=True)
    kept = count[value] <= NARROW
    n = len(truth)
    shape = (n + len(count), n + len(count))
    graph = coo_array((np.ones(kept.sum(), np.int8), (world.site[kept], n + value[kept])), shape=shape)
    label = connected_components(graph, directed=False)[1][:n].astype(np.int64)
    yield _row("shared values", "time", time.perf_counter() - begun, "s")
    yield from _clusters("shared values", f"on at most {NARROW} sites", label, truth)


def _labels(networks: pa.Table, roles: tuple[str, ...], sites: int) -> Integers:
    label = np.arange(sites) + sites
    ids: dict[str, int] = {}
    columns = (networks[name].to_pylist() for name in ("site", "network", "role"))
    for site, network, role in zip(*columns, strict=True):
        if role in roles:
            label[_number(site)] = ids.setdefault(network, len(ids))
    return label


def _clusters(subject: str, which: str, label: Integers, truth: Integers) -> Iterator[Mapping[str, object]]:
    precision, recall = b_cubed(label, truth)
    yield _row(subject, f"B-cubed precision, {which}", precision, "share")
    yield _row(subject, f"B-cubed recall, {which}", recall, "share")
    yield _row(subject, f"B-cubed F1, {which}", 2 * precision * recall / (precision + recall), "share")


def b_cubed(label: Integers, truth: Integers) -> tuple[float, float]:
    """Mean over sites: the share of its cluster that is its operator's, and of its operator that its cluster holds."""
    found = np.unique(label, return_inverse=True)[1].astype(np.int64)
    true = np.unique(truth, return_inverse=True)[1].astype(np.int64)
    both, count = np.unique(found * (true.max() + 1) + true, return_inverse=True, return_counts=True)[1:]
    shared = count[both]
    return float((shared / np.bincount(found)[found]).mean()), float((shared / np.bincount(true)[true]).mean())


def _row(subject: str, metric: str, value: float, unit: str) -> Mapping[str, object]:
    return {"subject": subject, "metric": metric, "value": round(value, 4), "unit": unit}


def _numbers(column: pa.ChunkedArray) -> Integers:
    return np.array([_number(site) for site in column.to_pylist()], np.int64)


def _number(site: str) -> int:
    return int(site[1 : site.index(".")])

"""`bench linking`: marque on the synthetic operator world, beside components over shared and rare values and Splink.

Nothing here says anything about real operators. Peers get the same observations and are clustered the same way.
"""

import math
import resource
import time
from collections.abc import Iterator
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from marque.bench import linking_splink, operator_link
from marque.bench.model import Absent, Figure
from marque.networks.link import link

Row = tuple[str, str, float, str]
Integers = npt.NDArray[np.int64]
SITES, SEED = 10_000, 7
RARE = 1.2  # of ln N: more than one value of two sites carries
SPLINK_MOST = 20_000  # sites up to which Splink is run beside
NARROW = 50  # a naive linker's own guard: values on more sites are left out


def run(
    sites: int = SITES, seed: int = SEED, variant: operator_link.Variant = operator_link.PUBLISHED
) -> Iterator[Figure | Absent]:
    """One row a figure. Splink is left out of worlds that it takes hours for."""
    world = operator_link.world(sites, seed, variant)
    case, truth = f"operator-link {sites} seed {seed}{named(variant)}", world.truth.operator
    for rows in (_marque(operator_link.sightings(world), truth), _naive(world, truth), _rare(world, truth)):
        for subject, metric, value, unit in rows:
            yield Figure("linking", subject, case, metric, value, unit)
    if find_spec("splink") is None:
        yield Absent("linking", "splink", "splink")
    elif sites <= SPLINK_MOST:
        for subject, metric, value, unit in _splink(world, truth):
            yield Figure("linking", subject, case, metric, value, unit)


def named(variant: operator_link.Variant) -> str:
    """How a world differs from the published one, in words."""
    careful = ", careful operators" if variant.careful else ""
    copycats = f", {variant.copycats:.0%} copycats" if variant.copycats != operator_link.PUBLISHED.copycats else ""
    return copycats + ("" if variant.hubs else ", no hubs") + careful


def _marque(sightings: pa.Table, truth: Integers) -> Iterator[Row]:
    begun = time.process_time()
    found = link(sightings)
    yield _row("marque", "time", time.process_time() - begun, "CPU s")
    yield _row("marque", "memory at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, "GB")
    yield _row("marque", "calibration error, 10 bins", _calibration(found.links, truth), "share")
    accepted = found.links.filter(found.links["accepted"])
    ends = [numbers(accepted[name]) for name in ("site_a", "site_b")]
    sure = accepted["probability"].to_numpy() >= 0.95
    right = truth[ends[0]] == truth[ends[1]]
    yield _row("marque", "links at p >= .95", float(sure.sum()), "links")
    yield _row("marque", "true links at p >= .95", float(right[sure].mean()) if sure.any() else 0.0, "share")
    yield _row("marque", "links", float(len(right)), "links")
    yield _row("marque", "true links", float(right.mean()) if len(right) else 0.0, "share")
    for roles in (("core",), ("core", "halo")):
        yield from _clusters("marque", "+".join(roles), _labels(found.networks, roles, len(truth)), truth)


def _calibration(links: pa.Table, truth: Integers) -> float:
    """Mean distance of what is shown from what is true, over the pairs of a links table, in ten bins."""
    shown = links["probability"].to_numpy()
    right = truth[numbers(links["site_a"])] == truth[numbers(links["site_b"])]
    place = np.minimum((shown * 10).astype(np.int64), 9)
    pairs = np.maximum(np.bincount(place, minlength=10), 1)
    apart = np.abs(np.bincount(place, shown, 10) - np.bincount(place, right, 10)) / pairs
    return float((apart * np.bincount(place, minlength=10)).sum() / max(len(shown), 1))


def _splink(world: operator_link.World, truth: Integers) -> Iterator[Row]:
    begun = time.process_time()
    value, count = _values(world)
    a, b, probability = linking_splink.links(world, count[value])
    yield _row("splink", "time", time.process_time() - begun, "CPU s")
    right, n = truth[a] == truth[b], len(truth)
    for least in (0.5, 0.95):
        near = probability >= least
        yield _row("splink", f"links at p >= {least}", float(near.sum()), "links")
        yield _row("splink", f"true links at p >= {least}", float(right[near].mean()) if near.any() else 0.0, "share")
        graph = coo_array((np.ones(near.sum(), np.int8), (a[near], b[near])), shape=(n, n))
        label = connected_components(graph, directed=False)[1].astype(np.int64)
        yield from _clusters("splink", f"p >= {least}", label, truth)


def _naive(world: operator_link.World, truth: Integers) -> Iterator[Row]:
    begun = time.process_time()
    value, count = _values(world)
    kept = count[value] <= NARROW
    n = len(truth)
    shape = (n + len(count), n + len(count))
    graph = coo_array((np.ones(kept.sum(), np.int8), (world.site[kept], n + value[kept])), shape=shape)
    label = connected_components(graph, directed=False)[1][:n].astype(np.int64)
    yield _row("shared values", "time", time.process_time() - begun, "CPU s")
    yield from _clusters("shared values", f"on at most {NARROW} sites", label, truth)


def _rare(world: operator_link.World, truth: Integers) -> Iterator[Row]:
    """Pairs whose common values' rarities, ln(sites / holders), add up to more than one value of two sites carries."""
    begun = time.process_time()
    value, count = _values(world)
    kept = (count[value] <= NARROW) & (count[value] > 1)
    n = len(truth)
    shape = (n, len(count))
    weight = np.sqrt(np.log(n / count[value[kept]]))
    held = coo_array((weight, (world.site[kept], value[kept])), shape=shape).tocsr()
    alike = (held @ held.T).tocoo()
    near = (alike.data >= RARE * math.log(n)) & (alike.row < alike.col)
    graph = coo_array((np.ones(near.sum(), np.int8), (alike.row[near], alike.col[near])), shape=(n, n))
    label = connected_components(graph, directed=False)[1].astype(np.int64)
    right = truth[alike.row[near]] == truth[alike.col[near]]
    yield _row("rare values", "time", time.process_time() - begun, "CPU s")
    yield _row("rare values", "links", float(near.sum()), "links")
    yield _row("rare values", "true links", float(right.mean()) if near.any() else 0.0, "share")
    yield from _clusters("rare values", f"rarity over {RARE} ln N", label, truth)


def _values(world: operator_link.World) -> tuple[Integers, Integers]:
    """Per observation the number of its value, and per value the sites that hold it; an observation counts once."""
    _, value, count = np.unique(world.value * 64 + world.kind, return_inverse=True, return_counts=True)
    return value.astype(np.int64), count.astype(np.int64)


def _labels(networks: pa.Table, roles: tuple[str, ...], sites: int) -> Integers:
    label = np.arange(sites) + sites
    ids: dict[str, int] = {}
    columns = (networks[name].to_pylist() for name in ("site", "network", "role"))
    for site, network, role in zip(*columns, strict=True):
        if role in roles:
            label[_number(site)] = ids.setdefault(network, len(ids))
    return label


def _clusters(subject: str, which: str, label: Integers, truth: Integers) -> Iterator[Row]:
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


def _row(subject: str, metric: str, value: float, unit: str) -> Row:
    return subject, metric, round(value, 4), unit


def numbers(column: pa.ChunkedArray) -> Integers:
    """Site numbers out of site names."""
    return np.array([_number(site) for site in column.to_pylist()], np.int64)


def _number(site: str) -> int:
    return int(site[1 : site.index(".")])

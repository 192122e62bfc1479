"""How often links of each raw score are true, and sites of each role in place, on many synthetic worlds.

`python -m marque.bench.link_calibration SITES,... SEEDS,...` prints the rows of `networks/calibration.csv` and
`networks/membership.csv`. Links of one world lean on the same values, so that its bounds are somewhat too narrow; and
no figure on these worlds says anything about real operators.
"""

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from marque.bench import operator_link
from marque.bench.linking import numbers
from marque.networks.link import link
from marque.networks.verdicts import CAP

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
EDGES = (0, 500, 1000, 2000, 3000, 4000, 6000, 8000, 20000)
SMALL = 2000  # sites up to which worlds are pooled apart: the knots hold for small ones and for large ones
LOWER = 1.645


@dataclass(frozen=True, slots=True)
class Sample:
    """One world: raw score and truth per candidate pair, role and truth per site of a network."""

    sites: int
    raw: Integers
    right: Booleans
    core: Booleans
    placed: Booleans


def sample(sites: int, seed: int, variant: operator_link.Variant = operator_link.PUBLISHED) -> Sample:
    """Link one world and look the truth up."""
    world = operator_link.world(sites, seed, variant)
    found, truth = link(operator_link.sightings(world)), world.truth.operator
    right = truth[numbers(found.links["site_a"])] == truth[numbers(found.links["site_b"])]
    core = np.array(found.networks["role"].to_pylist(), np.str_) == "core"
    return Sample(sites, raw(found.links), right, core, _placed(found.networks, truth))


def raw(links: pa.Table) -> Integers:
    """Scores before calibration."""
    whole = links.combine_chunks()["reasons"].combine_chunks()
    rows, parents = pc.list_flatten(whole), pc.list_parent_indices(whole).to_numpy()
    step = np.array(pc.equal(pc.struct_field(rows, "kind"), "calibration").to_pylist(), np.bool_)
    score = links["score"].to_numpy().astype(np.int64)
    taken = np.zeros(len(score), np.int64)
    taken[parents[step]] = pc.struct_field(rows, "weight").to_numpy()[step]
    before: Integers = score - taken
    return before


def _placed(networks: pa.Table, truth: Integers) -> Booleans:
    """Whether each row's site is run by the operator of most sites of its network."""
    operator = truth[numbers(networks["site"])]
    _, network = np.unique(np.array(networks["network"].to_pylist(), np.str_), return_inverse=True)
    most = np.array(
        [np.bincount(operator[network == one]).argmax() for one in range(network.max() + 1)] if len(network) else [],
        np.int64,
    )
    placed: Booleans = operator == most[network]
    return placed


def knots(samples: Sequence[Sample]) -> Iterator[tuple[int, int, int, int]]:
    """Raw score, shown score, pairs and true pairs: at a bin's upper end, the lower bound of the share it holds."""
    bounds, counts = [], []
    for low, high in pairwise(EDGES):
        pools = [_pool(samples, low, high, small=small) for small in (True, False)]
        bounds.append(min((lower(true, pairs) for true, pairs in pools if pairs), default=1.0))
        counts.append((sum(pairs for _, pairs in pools), sum(true for true, _ in pools)))
    rising = np.clip(np.minimum.accumulate(np.array(bounds)[::-1])[::-1], 0.01, 0.99)
    for high, share, (pairs, true) in zip(EDGES[1:], rising.tolist(), counts, strict=True):
        yield high, min(CAP, math.floor(1000 * math.log2(share / (1 - share)))), pairs, true


def _pool(samples: Sequence[Sample], low: int, high: int, *, small: bool) -> tuple[int, int]:
    true = pairs = 0
    for one in samples:
        if (one.sites <= SMALL) == small:
            inside = (one.raw >= low) & (one.raw < high)
            true, pairs = true + int(one.right[inside].sum()), pairs + int(inside.sum())
    return true, pairs


def lower(true: int, of: int, errors: float = LOWER) -> float:
    """Wilson's bound of a share, one-sided 95 %; the upper one with `errors` below zero."""
    if not of:
        return 0.0
    share, square = true / of, errors * errors / of
    root = math.sqrt(share * (1 - share) / of + square / (4 * of))
    return (share + square / 2 - math.copysign(abs(errors) * root, errors)) / (1 + square)


def roles(samples: Sequence[Sample]) -> Iterator[tuple[str, int, int]]:
    """Role, sites in it, and those that are in place."""
    for name, core in (("core", True), ("halo", False)):
        chosen = [one.placed[one.core == core] for one in samples]
        yield name, sum(len(one) for one in chosen), sum(int(one.sum()) for one in chosen)


def main(sizes: Sequence[int], seeds: Sequence[int]) -> None:
    """Print both tables."""
    samples = [sample(size, seed) for size in sizes for seed in seeds]
    for high, shown, pairs, true in knots(samples):
        sys.stdout.write(f"{high},{shown},{true} true of {pairs}\n")
    for name, of, true in roles(samples):
        figures = f"{true / max(of, 1):.3f},{lower(true, of):.3f},{lower(true, of, -LOWER):.3f}"
        sys.stdout.write(f"{name},{figures},{true} in place of {of}\n")


if __name__ == "__main__":
    main(*([int(number) for number in word.split(",")] for word in sys.argv[1:3]))

"""How often links of each raw score are true, and sites of each role in place, on many synthetic worlds.

`python -m marque.bench.link_calibration SITES,... SEEDS,...` prints the rows of `networks/calibration.csv` and
`networks/membership.csv`; SEEDS may be ranges (100-119). Links are pooled by the number of sites and by class of
evidence (`verdicts.EVIDENCE`), because two provenances that agree say more than their sum, and a few hundred sites less
than many. No figure on these worlds says anything about real operators.
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
from marque.networks import gathering, kinds, verdicts
from marque.networks.explain import HELD, OPEN
from marque.networks.link import link
from marque.networks.verdicts import CAP

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
EDGES = (-999, 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 20000)
BELOW = (-12000, -8000, -6000, -4000, -2000)  # edges besides, for what company holds: there it is told too low
SIZES = (700, 1500, 30_000, 10**9)  # sites up to which worlds are pooled together
LEAST = 60  # pairs that a bin must hold, or it is pooled with the one below
FEW = 20  # pairs below which a pool says nothing
HOSTING, ONE = verdicts.EVIDENCE[:2]
HELD_CLASS, OPEN_CLASS = verdicts.EVIDENCE[-2:]
SMALL = 700  # sites up to which two provenances are never shown below one of the same score
LOWER = 1.645


@dataclass(frozen=True, slots=True)
class Sample:
    """One world: raw score, class of evidence and truth per candidate pair, role and truth per site of a network."""

    sites: int
    raw: Integers
    evidence: Integers
    right: Booleans
    core: Booleans
    placed: Booleans


def sample(sites: int, seed: int, variant: operator_link.Variant = operator_link.PUBLISHED) -> Sample:
    """Link one world and look the truth up."""
    world = operator_link.world(sites, seed, variant)
    found, truth = link(operator_link.sightings(world)), world.truth.operator
    right = truth[numbers(found.links["site_a"])] == truth[numbers(found.links["site_b"])]
    core = np.array(found.networks["role"].to_pylist(), np.str_) == "core"
    free = ~_held_down(found.links)
    return Sample(
        sites, raw(found.links)[free], evidence(found.links)[free], right[free], core, _placed(found.networks, truth)
    )


def _held_down(links: pa.Table) -> Booleans:
    """Which pairs a rule holds down: their score says nothing of how often such evidence is true."""
    whole = links.combine_chunks()["reasons"].combine_chunks()
    rows, parents = pc.list_flatten(whole), pc.list_parent_indices(whole).to_numpy()
    ruled = pc.equal(pc.struct_field(rows, "kind"), "rule").to_numpy(zero_copy_only=False)
    found: Booleans = np.bincount(parents[ruled], minlength=len(links)) > 0
    return found


def evidence(links: pa.Table) -> Integers:
    """The class of evidence of each link: an index of `verdicts.EVIDENCE`, read off its rows."""
    whole = links.combine_chunks()["reasons"].combine_chunks()
    rows, parents = pc.list_flatten(whole), pc.list_parent_indices(whole).to_numpy()
    heard = pc.and_(pc.struct_field(rows, "supports"), pc.is_valid(pc.struct_field(rows, "sites")))
    heard = pc.and_(heard, pc.greater_equal(pc.struct_field(rows, "weight"), verdicts.VOICE))
    hosting = [name for name, kind in kinds.known().items() if kind.group == kinds.HOSTING]
    hosters = pc.and_(heard, pc.is_in(pc.struct_field(rows, "kind"), value_set=pa.array(hosting)))
    count, of_hosters = (
        np.bincount(parents[chosen.to_numpy(zero_copy_only=False)], minlength=len(links)) for chosen in (heard, hosters)
    )
    company = pc.equal(pc.struct_field(rows, "why"), HELD).to_numpy(zero_copy_only=False)
    held = np.bincount(parents[company], minlength=len(links))
    found = np.where((count == 1) & (of_hosters == 1), 0, np.clip(count, 1, verdicts.EVIDENCE.index("three")))
    found = np.where(held > 0, verdicts.EVIDENCE.index("held"), found)
    bare = np.bincount(
        parents[pc.equal(pc.struct_field(rows, "why"), OPEN).to_numpy(zero_copy_only=False)], minlength=len(links)
    )
    return np.where(bare > 0, verdicts.EVIDENCE.index("open"), found)


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


@dataclass(frozen=True, slots=True)
class Knot:
    """Up to `raw`, a score is shown as `shown` at most: the lower bound of the share of `true` of `pairs`."""

    sites: int
    evidence: str
    raw: int
    shown: int
    pairs: int
    true: int


def knots(samples: Sequence[Sample]) -> Iterator[Knot]:
    """Per size and class of evidence: at a bin's upper end, the lower bound of the share of true links in it.

    Among few sites three provenances are never shown below two of the same score. One alone, and what stands open
    to all, never reaches the core.
    A hoster's mark alone is held down: what is measured on a few thousand sites does not hold for a hundred thousand.
    """
    for smaller, size in pairwise((0, *SIZES)):
        inside = [one for one in samples if smaller < one.sites <= size]
        least = np.full(len(EDGES) - 1, verdicts.HELD_DOWN)
        for place, name in enumerate(verdicts.EVIDENCE):
            edges = (*BELOW, *EDGES) if name in (HELD_CLASS, OPEN_CLASS) and size > SMALL else EDGES
            pools = _pooled([_pool(inside, place, low, high) for low, high in pairwise(edges)])
            shown = np.array([_shown(true, pairs) for true, pairs in pools])
            shown = np.minimum.accumulate(shown[::-1])[::-1]
            if name not in (HELD_CLASS, OPEN_CLASS):
                thin = np.array([pairs < FEW for _, pairs in pools])  # says nothing of itself, so what fewer say holds
                shown = np.where(thin | (size <= SMALL), np.maximum(shown, least), shown)
                shown = np.minimum.accumulate(shown[::-1])[::-1]
            if name == HOSTING:
                shown = np.full(len(shown), verdicts.HELD_DOWN)
            elif name in (ONE, OPEN_CLASS):
                shown = np.minimum(shown, (verdicts.STRONG if name == ONE else gathering.CORE) - 1)
            least = shown if name not in (HOSTING, HELD_CLASS, OPEN_CLASS) else least
            yield Knot(size, name, edges[0], min(verdicts.HELD_DOWN, int(shown[0])), 0, 0)
            for high, most, (true, pairs) in zip(edges[1:], shown.tolist(), pools, strict=True):
                yield Knot(size, name, high, most, pairs, true)


def _shown(true: int, pairs: int) -> int:
    """The score of the lower bound; of a few pairs nothing can be said, and they are held down."""
    if pairs < FEW:
        return verdicts.HELD_DOWN
    share = min(max(lower(true, pairs), 0.01), 0.99)
    return min(CAP, math.floor(1000 * math.log2(share / (1 - share))))


def _pool(samples: Sequence[Sample], evidence: int, low: int, high: int) -> tuple[int, int]:
    true = pairs = 0
    for one in samples:
        inside = (one.raw >= low) & (one.raw < high) & (one.evidence == evidence)
        true, pairs = true + int(one.right[inside].sum()), pairs + int(inside.sum())
    return true, pairs


def _pooled(bins: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same bins, from the top down, each thin one counted together with those below it until there are enough."""
    found: list[tuple[int, int]] = []
    waiting, true, pairs = 0, 0, 0
    for more, of in reversed(bins):
        waiting, true, pairs = waiting + 1, true + more, pairs + of
        if pairs >= LEAST:
            found += [(true, pairs)] * waiting
            waiting, true, pairs = 0, 0, 0
    return [*[(true, pairs)] * waiting, *found[::-1]]


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
    for knot in knots(samples):
        figures = f"{knot.sites},{knot.evidence},{knot.raw},{knot.shown}"
        sys.stdout.write(f"{figures},{knot.true} true of {knot.pairs}\n")
    for name, of, true in roles(samples):
        figures = f"{true / max(of, 1):.3f},{lower(true, of):.3f},{lower(true, of, -LOWER):.3f}"
        sys.stdout.write(f"{name},{figures},{true} in place of {of}\n")


def spelled(word: str) -> list[int]:
    """`7,8,100-119` as numbers."""
    parts = [part.partition("-") for part in word.split(",")]
    return [number for low, _, high in parts for number in range(int(low), int(high or low) + 1)]


if __name__ == "__main__":
    main(*(spelled(word) for word in sys.argv[1:3]))

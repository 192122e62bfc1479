"""Networks among many: what makes a core, and what does not."""

from itertools import combinations

import numpy as np
import pytest

from marque.networks.edges import Edges
from marque.networks.gathering import Network, gather

Link = tuple[int, int, int, int, int]  # a, b, score, value, values counted
STRONG, WEAK = 6000, 1500


def edges(links: list[Link], *, judged: tuple[int, ...] = (), sold: tuple[int, ...] = ()) -> Edges:
    rows = sorted(links)
    a, b, score, value, values = (np.array([row[place] for row in rows], np.int64) for place in range(5))
    count = max(*a.tolist(), *b.tolist()) + 1
    flags = np.array([place in judged for place in range(len(rows))])
    touched = np.isin(a, sold) | np.isin(b, sold)
    names = [f"s{site}.example" for site in range(count)]
    return Edges(names, a, b, score, value, values, flags, touched, np.zeros(len(rows), bool))


def clique(*sites: int, value: int, values: int = 2, score: int = STRONG) -> list[Link]:
    return [(a, b, score, value, values) for a, b in combinations(sites, 2)]


TWO = [*clique(0, 1, 2, value=1), *clique(3, 4, 5, value=2)]
CASES = [
    pytest.param(TWO, [((0, 1, 2), ()), ((3, 4, 5), ())], id="two cores apart"),
    pytest.param(
        [*TWO, (2, 3, WEAK, 9, 1), (1, 4, WEAK, 9, 1)], [((0, 1, 2), (3, 4, 5))], id="a probable join is halo"
    ),
    pytest.param(
        [*TWO, *[(a, b, STRONG, 9, 1) for a in (0, 1, 2) for b in (3, 4, 5)]],
        [((0, 1, 2), (3, 4, 5))],
        id="one value alone joins no cores",
    ),
    pytest.param(
        [*TWO, *[(a, b, STRONG, 8 + a % 2, 1) for a in (0, 1, 2) for b in (3, 4, 5)]],
        [((0, 1, 2, 3, 4, 5), ())],
        id="two values join cores",
    ),
    pytest.param(
        [*clique(0, 1, 2, value=1), (2, 3, STRONG, 7, 1)], [((0, 1, 2, 3), ())], id="one value brings a site in"
    ),
    pytest.param([(0, 1, WEAK, 1, 1)], [((), (0, 1))], id="probable only"),
]


@pytest.mark.parametrize(("links", "expected"), CASES)
def test_networks(links: list[Link], expected: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    assert gather(edges(links), []) == [Network(*sites) for sites in expected]


def test_parted_sites_are_in_different_networks() -> None:
    found = gather(edges(clique(0, 1, 2, 3, value=1)), [(0, 3)])
    assert not any({0, 3} <= {*one.core, *one.halo} for one in found)


def test_a_judgement_joins_what_nothing_else_does() -> None:
    links = [*TWO, (0, 3, STRONG, 0, 0)]
    place = sorted(links).index((0, 3, STRONG, 0, 0))
    assert len(gather(edges(links, judged=(place,)), [])) == 1


def test_a_site_that_changed_hands_joins_no_two_networks() -> None:
    links = [*TWO, *[(site, 6, STRONG, 9, 2) for site in range(6)]]
    found = gather(edges(links, sold=(6,)), [])
    assert sorted(len({*one.core, *one.halo} - {6}) for one in found) == [3, 3]
    assert sum(6 in {*one.core, *one.halo} for one in found) == 1


def test_a_site_that_changed_hands_does_not_follow_to_whom_it_was_parted_from() -> None:
    links = [*clique(0, 1, 2, value=1), *[(site, 3, STRONG, 9, 2) for site in range(3)]]
    found = gather(edges(links, sold=(3,)), [(0, 3)])
    assert found == [Network((0, 1, 2), ())]

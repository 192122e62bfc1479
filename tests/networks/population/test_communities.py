"""Communities: cliques hang together, and a thread between them does not join them."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.networks.population.communities import communities


def found(sites: int, links: list[tuple[int, int, float]], resolution: float = 0.05) -> list[set[int]]:
    a, b = (np.array([link[end] for link in links], np.int64) for end in (0, 1))
    label = communities(sites, a, b, np.array([weight for _, _, weight in links]), resolution)
    return sorted(({int(site) for site in np.flatnonzero(label == one)} for one in np.unique(label)), key=min)


def clique(*sites: int, weight: float = 1.0) -> list[tuple[int, int, float]]:
    return [(a, b, weight) for a, b in combinations(sites, 2)]


@pytest.mark.parametrize(
    ("sites", "links", "expected"),
    [
        pytest.param(3, [], [{0}, {1}, {2}], id="nothing linked"),
        pytest.param(2, [(0, 1, 1.0)], [{0, 1}], id="a pair"),
        pytest.param(2, [(0, 1, 0.04)], [{0}, {1}], id="less than the pair asks for"),
        pytest.param(6, [*clique(0, 1, 2), *clique(3, 4, 5)], [{0, 1, 2}, {3, 4, 5}], id="two cliques"),
        pytest.param(
            6, [*clique(0, 1, 2), *clique(3, 4, 5), (2, 3, 0.2)], [{0, 1, 2}, {3, 4, 5}], id="a thread between cliques"
        ),
        pytest.param(4, [(0, 1, 0.5), (1, 2, 0.5), (2, 3, 0.5)], [{0, 1, 2, 3}], id="a chain that carries its size"),
    ],
)
def test_communities(sites: int, links: list[tuple[int, int, float]], expected: list[set[int]]) -> None:
    assert found(sites, links) == expected


LINKS = st.lists(
    st.tuples(st.integers(0, 19), st.integers(0, 19), st.integers(1, 8)).filter(lambda link: link[0] < link[1]),
    max_size=60,
    unique_by=lambda link: link[:2],
)


@given(LINKS)
@settings(max_examples=60, deadline=None)
def test_a_community_hangs_together_and_carries_its_size(links: list[tuple[int, int, int]]) -> None:
    for members in found(20, [(a, b, weight / 8) for a, b, weight in links]):
        inside = [(a, b, weight / 8) for a, b, weight in links if a in members and b in members]
        pairs = len(members) * (len(members) - 1) / 2
        assert sum(weight for _, _, weight in inside) >= 0.05 * pairs - 1e-9

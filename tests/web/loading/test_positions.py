"""Places in the picture: all inside it, apart from each other, and the same each time."""

import itertools

import pytest

from marque.web.loading.positions import HEIGHT, WIDTH, place


@pytest.mark.parametrize("count", [0, 1, 2, 3, 16, 200, 450])
def test_places(count: int) -> None:
    edges = [(one, (one * 7 + 1) % max(count, 1), 0.9) for one in range(count)]
    spots = place(count, edges)
    assert spots == place(count, edges)
    assert len(spots) == count
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in spots)


def test_nodes_do_not_lie_on_each_other() -> None:
    edges = [(one, other, 1.0) for one, other in itertools.combinations(range(16), 2)]
    spots = place(16, edges)
    near = min(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in itertools.combinations(spots, 2))
    assert near > 20

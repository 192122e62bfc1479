"""The linking benchmark: its measure, and a small world end to end."""

import numpy as np
import pytest

from marque.bench import linking, operator_link
from marque.bench.model import Figure


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        pytest.param([0, 0, 1, 1], (1.0, 1.0), id="right"),
        pytest.param([0, 1, 2, 3], (1.0, 0.5), id="all apart"),
        pytest.param([0, 0, 0, 0], (0.5, 1.0), id="all together"),
    ],
)
def test_b_cubed(label: list[int], expected: tuple[float, float]) -> None:
    assert linking.b_cubed(np.array(label), np.array([7, 7, 9, 9])) == expected


def test_a_seed_gives_the_same_world() -> None:
    one, two = (operator_link.sightings(operator_link.world(300, 7)) for _ in range(2))
    assert one.equals(two)
    assert not one.equals(operator_link.sightings(operator_link.world(300, 8)))


@pytest.mark.slow
def test_what_is_shown_as_nearly_sure_is_mostly_true() -> None:
    figures = [row for row in linking.run(2_500, 8) if isinstance(row, Figure)]
    rows = {(row.subject, row.metric): row.value for row in figures}
    assert rows["marque", "true links at p >= .95"] >= 0.95
    assert rows["marque", "true links"] > rows["rare values", "true links"]
    assert rows["marque", "B-cubed precision, core"] > 0.97
    assert rows["marque", "B-cubed F1, core+halo"] > rows["shared values", "B-cubed F1, on at most 50 sites"]
    assert rows["marque", "B-cubed F1, core+halo"] > 0.55
    assert rows["marque", "links at p >= .95"] > 1_500

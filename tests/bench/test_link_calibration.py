"""The measure behind the published knots: bounds, bins, and what is read off one world."""

import numpy as np
import pytest

from marque.bench import link_calibration as calibration


@pytest.mark.parametrize(
    ("true", "of", "low", "high"),
    [
        pytest.param(0, 0, 0.0, 0.0, id="nothing seen"),
        pytest.param(100, 100, 0.97, 0.98, id="all true"),
        pytest.param(5, 10, 0.26, 0.30, id="half of a few"),
    ],
)
def test_lower(true: int, of: int, low: float, high: float) -> None:
    assert low <= calibration.lower(true, of) <= high
    assert calibration.lower(true, of) <= calibration.lower(true, of, -calibration.LOWER)


def test_a_knot_lies_below_its_bin_and_below_every_higher_one() -> None:
    raw = np.repeat(np.array([100, 3_500, 7_000]), 200)
    right = np.concatenate([np.arange(200) % 2 == 0, np.ones(200, np.bool_), np.arange(200) % 10 > 0])
    nothing = np.zeros(0, np.bool_)
    found = {
        high: shown for high, shown, _, _ in calibration.knots([calibration.Sample(300, raw, right, nothing, nothing)])
    }
    assert list(found.values()) == sorted(found.values())
    assert found[500] < 0
    assert found[4_000] <= found[8_000] < 3_200


def test_one_world() -> None:
    found = calibration.sample(300, 7)
    assert len(found.raw) == len(found.right)
    assert found.right[found.raw >= 3_000].mean() > 0.8
    assert {role for role, _, _ in calibration.roles([found])} == {"core", "halo"}

"""The measure behind the published knots: bounds, bins, and what is read off one world."""

import numpy as np
import pytest

from marque.bench import link_calibration as calibration
from marque.networks import verdicts


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


def sample(raw: np.ndarray, right: np.ndarray, evidence: int) -> calibration.Sample:
    nothing = np.zeros(0, np.bool_)
    return calibration.Sample(300, raw, np.full(len(raw), evidence), right, nothing, nothing)


def shown(name: str, *samples: calibration.Sample) -> dict[int, int]:
    return {one.raw: one.shown for one in calibration.knots(samples) if (one.sites, one.evidence) == (700, name)}


def test_a_knot_lies_below_its_bin_and_below_every_higher_one() -> None:
    raw = np.repeat(np.array([100, 3_500, 7_000]), 200)
    right = np.concatenate([np.arange(200) % 2 == 0, np.ones(200, np.bool_), np.arange(200) % 10 > 0])
    found = shown("two", sample(raw, right, 2))
    assert list(found.values()) == sorted(found.values())
    assert found[1_000] < 0
    assert found[4_000] <= found[8_000] < 3_200


def test_thin_bins_are_counted_with_those_below_and_a_few_pairs_say_nothing() -> None:
    raw, right = np.array([5_000] * 10 + [3_500] * 50), np.ones(60, np.bool_)
    found = shown("two", sample(raw, right, 2))
    assert found[20_000] == found[4_000] > 4_000
    assert found[1_000] == verdicts.HELD_DOWN
    assert set(shown("two", sample(raw[:10], right[:10], 2)).values()) == {verdicts.HELD_DOWN}


def test_one_provenance_never_reaches_the_core_and_three_never_say_less_than_two() -> None:
    raw, right = np.full(2_000, 9_000), np.ones(2_000, np.bool_)
    alone, two = sample(raw, right, 1), sample(raw, right, 2)
    assert max(shown("one", alone).values()) < verdicts.STRONG
    assert shown("three", alone, two)[20_000] == shown("two", alone, two)[20_000] > verdicts.STRONG


def test_seeds_are_spelled_as_numbers_and_ranges() -> None:
    assert calibration.spelled("7,100-102") == [7, 100, 101, 102]


def test_one_world() -> None:
    found = calibration.sample(300, 7)
    assert len(found.raw) == len(found.right)
    assert len(found.raw) == len(found.evidence)
    assert found.right[(found.raw >= 3_000) & (found.evidence >= 2)].mean() > 0.8
    assert {role for role, _, _ in calibration.roles([found])} == {"core", "halo"}

"""Agreement on a placing: found among noise, each place once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.works.consensus import Floats, agree

ONES = np.ones(200)


def moved(rows: Floats, factor: complex, shift: complex) -> Floats:
    points = (rows[:, 0] + 1j * rows[:, 1]) * factor + shift
    angle = (rows[:, 3] + np.rad2deg(np.angle(factor))) % 360
    return np.stack([points.real, points.imag, rows[:, 2] * abs(factor), angle], axis=1)


def some(rng: np.random.Generator, count: int) -> Floats:
    size = rng.uniform(8, 60, count)
    return np.stack([rng.uniform(0, 700, count), rng.uniform(0, 900, count), size, rng.uniform(0, 360, count)], axis=1)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.floats(0.4, 2.2), st.floats(-0.3, 0.3), st.integers(3, 20), st.integers(0, 20))
def test_finds_the_placing_among_chance_hits(seed: int, scale: float, turn: float, true: int, chance: int) -> None:
    rng = np.random.default_rng(seed)
    factor, shift = scale * np.exp(1j * turn), complex(rng.uniform(-200, 200), rng.uniform(-900, 900))
    catalogue = some(rng, true + chance)
    query = moved(catalogue, factor, shift)
    query[true:] = some(rng, chance)
    found = agree(query, catalogue, ONES[: true + chance])
    assert len(found.members) >= min(true, 3) - 1 or true < 5
    if len(found.members) > 4 and set(found.members) <= set(range(true)):
        assert found.factor == pytest.approx(factor, abs=0.02)
        assert found.shift == pytest.approx(shift, abs=25)


def test_one_keypoint_with_two_angles_counts_once() -> None:
    row = np.array([[100.0, 100.0, 20.0, 10.0], [100.0, 100.0, 20.0, 15.0]])
    assert len(agree(row, row, ONES[:2]).members) == 1


def test_a_single_hit_places_by_its_own_size_and_angle() -> None:
    there = np.array([[100.0, 100.0, 20.0, 0.0]])
    found = agree(moved(there, 2j, 5 + 6j), there, ONES[:1])
    assert found.factor == pytest.approx(2j)
    assert found.factor * (100 + 100j) + found.shift == pytest.approx(2j * (100 + 100j) + 5 + 6j)


def test_more_hits_than_are_compared_are_bounded() -> None:
    rows = some(np.random.default_rng(1), 900)
    assert len(agree(rows, rows, np.ones(900)).members) <= 300

"""Places to draw at: evenly spread, the same for the same name, told apart by name, moving together as said."""

import numpy as np
import pytest

from marque.money.estimate.draws import Board, places
from marque.money.estimate.ranges import DRAWS


def test_places_are_the_same_for_a_name_and_different_for_another() -> None:
    assert np.array_equal(places("a"), places("a"))
    assert abs(np.corrcoef(places("a"), places("b"))[0, 1]) < 0.05


def test_every_slice_is_met_once() -> None:
    z = np.sort(places("a"))
    assert len(np.unique(z)) == DRAWS
    assert np.quantile(z, (0.05, 0.5, 0.95)) == pytest.approx([-1.645, 0, 1.645], abs=0.001)


@pytest.mark.parametrize("correlation", [0.0, 0.25, 0.5, 1.0])
def test_inputs_of_a_group_move_together_as_far_as_is_said(correlation: float) -> None:
    board = Board()
    one, two = (board.at("g", name, correlation) for name in ("one", "two"))
    assert np.corrcoef(one, two)[0, 1] == pytest.approx(correlation, abs=0.04)
    assert np.std(one) == pytest.approx(1, abs=0.02)


def test_the_driver_of_the_spread_is_named_with_its_share() -> None:
    board = Board()
    values = np.exp(2 * board.at("wide", "x") + board.at("narrow", "y"))
    (first, share), (second, rest) = board.shares(values)
    assert (first, second) == ("wide", "narrow")
    assert share == pytest.approx(0.8, abs=0.03)
    assert rest == pytest.approx(0.2, abs=0.03)


def test_where_nothing_is_spread_there_is_no_driver() -> None:
    assert Board().shares(np.ones(DRAWS)) == ()
    assert Board().shares(np.zeros(DRAWS)) == ()

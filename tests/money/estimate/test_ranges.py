"""Ranges given and drawn: the three figures are met, nothing goes below nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.money.bases import Range
from marque.money.estimate import ranges
from marque.money.rows import Refused

GIVEN = [
    pytest.param("1", "2", "4", Range(1, 2, 4), id="three figures"),
    pytest.param("1", "", "4", Range(1, 2, 4), id="middle left empty"),
    pytest.param("3", "3", "3", Range(3, 3, 3), id="one figure"),
    pytest.param("0", "0", "0", Range(0, 0, 0), id="nothing"),
    pytest.param("0", "1", "2", None, id="down to nothing"),
    pytest.param("1", "9", "1000001", None, id="wider than anything known"),
    pytest.param("4", "2", "1", None, id="upside down"),
    pytest.param("1", "9", "4", None, id="middle outside"),
    pytest.param("1", "2", "1e9", None, id="exponent"),
    pytest.param("-1", "2", "3", None, id="negative"),
]


@pytest.mark.parametrize(("low", "mid", "high", "expected"), GIVEN)
def test_given(low: str, mid: str, high: str, expected: Range | None) -> None:
    cells = {"low": low, "mid": mid, "high": high}
    if expected is None:
        with pytest.raises(Refused):
            ranges.given(cells)
    else:
        assert ranges.given(cells) == expected


figures = st.floats(1e-6, 1e9)


@given(st.tuples(figures, figures, figures))
def test_drawing_meets_the_three_figures_and_rises(drawn: tuple[float, float, float]) -> None:
    amount = Range(*sorted(drawn))
    z = np.array([-9.0, -1.6448536269514722, -1.0, 0.0, 1.0, 1.6448536269514722, 9.0])
    values = ranges.drawn(amount, z)
    assert np.all(np.diff(values) >= 0)
    assert np.all(values > 0)
    assert values[[1, 3, 5]] == pytest.approx([amount.low, amount.mid, amount.high])


def test_nothing_stays_nothing() -> None:
    assert not ranges.drawn(Range(0, 0, 0), np.array([-3.0, 3.0])).any()


def test_what_is_shown_has_four_figures() -> None:
    assert ranges.summed_up(np.linspace(0, 123456.789, 1001)) == Range(6173.0, 61730.0, 117300.0)

"""Figures never say never or always, and names keep their end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.web.figures import Chance, figure, strength


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(None, "?"), (0.0, "< .01"), (0.0099, "< .01"), (0.01, ".01"), (0.5, ".50"), (0.97, ".97"), (0.99, ".99"),
     (0.991, "> .99"), (1.0, "> .99")],
)  # fmt: skip
def test_figure(probability: float | None, shown: str) -> None:
    assert figure(probability) == shown


@given(st.floats(0, 1))
def test_nothing_is_certain(probability: float) -> None:
    assert figure(probability) not in {"1.00", ".00", "0", "1", ".100"}


@pytest.mark.parametrize(
    ("probability", "accepted", "word"),
    [(0.99, True, "strong"), (0.9, True, "probable"), (0.6, True, "weak"), (0.2, True, "open"),
     (0.99, False, "declined"), (None, True, "open")],
)  # fmt: skip
def test_words(probability: float | None, accepted: bool, word: str) -> None:
    assert strength(probability, accepted) == word


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_bar_stays_inside(low: float, mid: float, high: float) -> None:
    low, mid, high = sorted((low, mid, high))
    bar = Chance(mid, low, high).bar
    assert 0 <= bar["x"] <= 100
    assert 0 <= bar["tick"] <= 100


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(0.4, 0.9, (".40", ".90")), (0.991, 0.999, None), (0.9, 0.999, (".90", "> .99")), (None, 0.5, None)],
)
def test_a_range_that_reads_as_its_figure_is_not_shown(
    low: float | None, high: float | None, shown: tuple[str, str] | None
) -> None:
    assert Chance(0.995, low, high).range == shown

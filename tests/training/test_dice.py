"""Chance is the same everywhere, and one place's draws do not move another's."""

from hypothesis import given
from hypothesis import strategies as st

from marque.training.dice import DIGITS, Dice


def test_known_draws_never_change() -> None:
    dice = Dice("marque", 1)
    assert [dice.below(1000) for _ in range(4)] == [23, 948, 878, 399]


@given(st.lists(st.integers(), unique=True), st.integers())
def test_shuffling_keeps_everything(items: list[int], seed: int) -> None:
    assert sorted(Dice(seed).shuffled(items)) == sorted(items)


@given(st.integers(-5, 5), st.integers(0, 50))
def test_between_has_both_ends(first: int, width: int) -> None:
    assert first <= Dice(first, width).between(first, first + width) <= first + width


def test_a_place_below_does_not_depend_on_throws_above() -> None:
    fresh, thrown = Dice("world"), Dice("world")
    thrown.data(100)
    assert fresh.of("site").data(8) == thrown.of("site").data(8)


def test_text_is_over_its_alphabet() -> None:
    assert set(Dice(1).text(DIGITS, 200)) <= set(DIGITS)

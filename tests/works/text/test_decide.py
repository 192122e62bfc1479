"""Scores rise with evidence and fall with what was tried; a match takes a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.model import MATCH, UNSURE
from marque.works.text.decide import answer, charge, evidence, pages, probability
from marque.works.text.stretches import Stretch


def stretch(votes: int, length: int, own: int | None = None) -> Stretch:
    phrases = [(40 * at, 1.0) for at in range(votes)]
    return Stretch(0, length, 0, length, 0, 0, phrases=phrases, own=phrases[: votes if own is None else own])


@pytest.mark.parametrize(
    ("stretches", "unit_pages", "wanted"),
    [
        pytest.param([stretch(30, 1_300)], 100, MATCH, id="a page"),
        pytest.param([stretch(30, 1_100)], 100, UNSURE, id="nearly a page"),
        pytest.param([stretch(30, 1_100)], 1, MATCH, id="nearly all of a short unit"),
        pytest.param([stretch(8, 700), stretch(8, 700)], 100, MATCH, id="a page in two parts"),
        pytest.param([stretch(30, 1_300, 15)], 100, UNSURE, id="a page of which half is another's too"),
        pytest.param([stretch(2, 1_300)], 100, None, id="two phrases"),
        pytest.param([stretch(4, 200)], 100, UNSURE, id="four phrases"),
        pytest.param([], 100, None, id="nothing"),
    ],
)
def test_answers(stretches: list[Stretch], unit_pages: float, wanted: str | None) -> None:
    assert answer(stretches, 1.0, unit_pages)[1] == wanted


@given(st.floats(0, 100), st.floats(0, 100))
def test_more_evidence_is_never_less_probable(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert probability(low) <= probability(high) < 1


@given(st.integers(1, 10**8), st.integers(1, 10**8), st.integers(1, 10**8))
def test_the_more_was_tried_the_more_is_charged(query: int, unit: int, more: int) -> None:
    assert charge(query, unit) <= charge(query + more, unit)
    assert charge(query, unit) <= charge(query, unit + more)


def test_only_what_is_its_own_weighs() -> None:
    assert evidence([stretch(10, 600, 4)], 1.0) == 3.0
    assert pages([stretch(10, 1_200, 5)]) == 0.5

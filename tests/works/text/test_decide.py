"""Scores rise with evidence and fall with what was tried; a match takes pages from within, and no quotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.model import MATCH, UNSURE
from marque.works.text.decide import Extent, answer, charge, evidence, pages, probability
from marque.works.text.stretches import Stretch


def stretch(votes: int, length: int, own: int | None = None, at: int = 40_000) -> Stretch:
    phrases = [(40 * number, 1.0) for number in range(votes)]
    own = votes if own is None else own
    return Stretch(0, length, at, at + length, 0, 0, phrases=phrases, own=phrases[:own])


NOVEL = 120_000


@pytest.mark.parametrize(
    ("stretches", "unit", "query", "wanted"),
    [
        pytest.param([stretch(30, 1_300)], NOVEL, 0.9, MATCH, id="a page, all of the query"),
        pytest.param([stretch(30, 1_300)], NOVEL, 0.4, UNSURE, id="a page in a longer text"),
        pytest.param([stretch(90, 5_000)], NOVEL, 0.3, UNSURE, id="four pages in a longer text"),
        pytest.param([stretch(99, 6_500)], NOVEL, 0.1, MATCH, id="more than anyone quotes, in a longer text"),
        pytest.param([stretch(30, 900, at=5_000 * turn) for turn in range(2, 9)], NOVEL, 0.1, UNSURE, id="quotations"),
        pytest.param([stretch(30, 1_100)], NOVEL, 1.0, UNSURE, id="nearly a page"),
        pytest.param([stretch(30, 1_100, at=0)], 1_200, 0.01, MATCH, id="nearly all of a short unit"),
        pytest.param([stretch(30, 500, at=0)], 1_200, 1.0, UNSURE, id="less than half of a short unit"),
        pytest.param([stretch(8, 700), stretch(8, 700)], NOVEL, 1.0, MATCH, id="a page in two parts"),
        pytest.param([stretch(30, 1_300, 15)], NOVEL, 1.0, UNSURE, id="a page of which half is another's too"),
        pytest.param([stretch(60, 3_074, at=0)], NOVEL, 1.0, UNSURE, id="front matter alone"),
        pytest.param([stretch(60, 15_000, at=105_000)], NOVEL, 1.0, UNSURE, id="back matter alone"),
        pytest.param([stretch(60, 3_074, at=0), stretch(9, 300)], NOVEL, 1.0, UNSURE, id="front matter and a phrase"),
        pytest.param([stretch(60, 8_000, at=0)], NOVEL, 1.0, MATCH, id="the first chapter"),
        pytest.param([stretch(60, 20_000, at=100_000)], NOVEL, 1.0, MATCH, id="the last chapters"),
        pytest.param([stretch(2, 1_300)], NOVEL, 1.0, None, id="two phrases"),
        pytest.param([stretch(4, 200)], NOVEL, 1.0, UNSURE, id="four phrases"),
        pytest.param([], NOVEL, 0.0, None, id="nothing"),
        pytest.param([], 0, 0.0, None, id="nothing of nothing"),
    ],
)
def test_answers(stretches: list[Stretch], unit: int, query: float, wanted: str | None) -> None:
    assert answer(stretches, 1.0, Extent(query, unit, unit / 1_200))[1] == wanted


@given(st.floats(0, 1), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 30_000))
def test_what_is_little_of_both_and_no_page_is_no_match(share: float, unit: int, at: int, length: int) -> None:
    found = answer([stretch(99, length, at=at)], 1.0, Extent(share, unit, unit / 1_200))[1]
    enough = 2 * length >= unit or length >= 1_200
    assert found == UNSURE or enough


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

"""Scores rise with evidence; an answer takes panels in order, not one busy picture."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.works.consensus import Placing
from marque.works.decide import CALIBRATION, answer, evidence, probability, spread
from marque.works.identify import Candidate, Seen
from marque.works.model import MATCH, UNSURE
from marque.works.reference import Block
from marque.works.strip import Rectangle


def candidate(weights: list[float], ordered: int | None = None, shared: int = 0, across: float = 400.0) -> Candidate:
    place = Placing(1 + 0j, 0j, np.zeros(0, np.int64))
    seen = tuple(
        Seen(n, Block(n, Rectangle(0, n, 1, 1)), place, weight, 0, n < shared, across)
        for n, weight in enumerate(weights)
    )
    return Candidate(0, False, seen, seen[: len(seen) if ordered is None else ordered])


@pytest.mark.parametrize(
    ("weights", "ordered", "blocks", "wanted"),
    [
        pytest.param([4, 4, 4], None, 6, MATCH, id="half of a short unit"),
        pytest.param([4, 4, 4], None, 7, UNSURE, id="three panels: as many as a review shows"),
        pytest.param([4, 4, 4, 4], None, 11, MATCH, id="four panels in order"),
        pytest.param([30], None, 6, UNSURE, id="a cover, however clear"),
        pytest.param([9, 9], None, 6, UNSURE, id="two panels: an excerpt"),
        pytest.param([9, 9], None, 2, MATCH, id="all of a unit of two"),
        pytest.param([9, 9, 9, 9], 2, 6, UNSURE, id="four panels, only two in order"),
        pytest.param([9] * 5, 1, 9, MATCH, id="five of nine panels, read from the end"),
        pytest.param([9] * 5, 1, 11, UNSURE, id="five of eleven, read from the end"),
        pytest.param([2, 2, 2], None, 6, MATCH, id="three panels, two hits each"),
        pytest.param([2], None, 6, UNSURE, id="two hits that agree"),
        pytest.param([1.5], None, 6, UNSURE, id="a near hit and a far one, or three far ones"),
        pytest.param([1], None, 6, None, id="two hits that a second unit has too"),
        pytest.param([0.5] * 9, None, 6, None, id="nothing agrees"),
    ],
)
def test_answers(weights: list[float], ordered: int | None, blocks: int, wanted: str | None) -> None:
    assert answer(candidate(weights, ordered), blocks)[1] == wanted


@pytest.mark.parametrize(
    ("seen", "shared", "blocks", "wanted"),
    [
        pytest.param(4, 0, 40, MATCH, id="four of forty"),
        pytest.param(4, 0, 41, UNSURE, id="an excerpt of a long unit"),
        pytest.param(8, 0, 80, MATCH, id="a tenth of a long unit"),
        pytest.param(3, 3, 11, UNSURE, id="a card that a second unit shows"),
        pytest.param(5, 3, 11, UNSURE, id="that card and two panels"),
        pytest.param(6, 3, 20, UNSURE, id="that card and three panels"),
        pytest.param(7, 3, 20, MATCH, id="that card and four panels"),
        pytest.param(6, 6, 11, MATCH, id="half of a chapter that a volume holds too"),
        pytest.param(2, 2, 2, MATCH, id="all of a short one"),
    ],
)
def test_what_is_enough(seen: int, shared: int, blocks: int, wanted: str) -> None:
    assert answer(candidate([9] * seen, None, shared), blocks)[1] == wanted


@pytest.mark.parametrize(
    ("numbers", "blocks", "wanted"),
    [
        pytest.param((0, 9, 10), 11, UNSURE, id="card and credits alone"),
        pytest.param((0, 1, 9, 10), 11, UNSURE, id="two cards and credits"),
        pytest.param((0, 1, 5, 10), 11, MATCH, id="two cards, a panel, credits"),
        pytest.param((0, 1, 2, 3), 11, MATCH, id="how it begins"),
        pytest.param((0, 1, 3), 4, MATCH, id="most of a short unit"),
    ],
)
def test_cards_at_the_ends_are_no_unit(numbers: tuple[int, ...], blocks: int, wanted: str) -> None:
    """A catalogue of one work cannot know that other works have the same card."""
    whole = candidate([9.0] * blocks)
    seen = tuple(whole.seen[number] for number in numbers)
    assert answer(Candidate(0, False, seen, seen), blocks)[1] == wanted


@settings(deadline=None)  # a busy machine is no failure
@given(st.floats(0, 100), st.floats(0, 100))
def test_more_evidence_is_never_less_probable(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < probability(low) <= probability(high) < 1


def test_what_a_second_unit_shows_too_counts_half() -> None:
    assert evidence(candidate([1.5, 1.0], shared=2)) * 2 == evidence(candidate([1.5, 1.0]))
    assert answer(candidate([1.5, 1.0], shared=2), 6)[1] is None


@pytest.mark.parametrize(
    ("across", "weights", "blocks", "wanted"),
    [
        pytest.param(60, [2.25], 8, None, id="a face"),
        pytest.param(200, [2.25], 8, UNSURE, id="a panel"),
        pytest.param(60, [9, 9, 9, 9], 9, UNSURE, id="four faces of nine panels"),
        pytest.param(200, [9, 9, 9, 9], 9, MATCH, id="four panels of nine"),
        pytest.param(60, [9, 9, 9, 9], 8, MATCH, id="half of the unit, small as its panels are"),
    ],
)
def test_faces_name_no_unit(across: float, weights: list[float], blocks: int, wanted: str | None) -> None:
    """The same person is drawn so in other episodes too."""
    assert answer(candidate(weights, across=across), blocks)[1] == wanted


def test_without_evidence_the_prior_stands() -> None:
    assert probability(0) == pytest.approx(1 / CALIBRATION.prior_one_in)


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.floats(1, 50), max_size=9), st.integers(0, 9))
def test_a_block_out_of_order_counts_half(weights: list[float], ordered: int) -> None:
    assert evidence(candidate(weights, ordered)) <= evidence(candidate(weights)) <= 7.5 * len(weights)


@pytest.mark.parametrize(
    ("panels", "of", "wanted"),
    [(2, 6, False), (3, 6, True), (3, 7, False), (4, 7, True), (2, 2, True), (1, 2, False), (9, 40, False)],
)
def test_pages_together_show_half_a_unit(panels: int, of: int, wanted: bool) -> None:
    assert spread(panels, of) is wanted

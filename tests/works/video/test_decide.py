"""When agreeing stretches are a match: in order, long enough, and no small part of both films."""

import pytest

from marque.works.model import MATCH, UNSURE
from marque.works.video.decide import Stretch, answer, in_order, probability


def stretch(start: float, there: float, seconds: float, sights: int) -> Stretch:
    return Stretch(start, start + seconds, there, there + seconds, sights)


def shuffled() -> list[Stretch]:
    return [stretch(2.0 * number, 50.0 * (7 * number % 9), 2.0, 2) for number in range(9)]


@pytest.mark.parametrize(
    ("stretches", "query", "unit", "said"),
    [
        pytest.param([stretch(0, 100, 60, 12)], 60, 5_400, MATCH, id="a-clip-of-a-minute"),
        pytest.param([stretch(60, 0, 5_400, 900)], 9_000, 5_400, MATCH, id="the-whole-film-and-more"),
        pytest.param([stretch(0, 100, 8, 5)], 8, 5_400, UNSURE, id="eight-seconds"),
        pytest.param([stretch(0, 0, 40, 12)], 1_300, 1_300, UNSURE, id="the-opening-of-another-episode"),
        pytest.param(shuffled(), 18, 500, UNSURE, id="a-trailer"),
        pytest.param([Stretch(0, 60, 100, 160, 12, 12)], 60, 5_400, UNSURE, id="frames-far-apart"),
        pytest.param([stretch(0, 0, 60, 4)], 60, 5_400, UNSURE, id="few-different-sights"),
        pytest.param([stretch(0, 10, 15, 5), stretch(15, 40, 15, 5)], 30, 300, MATCH, id="scenes-removed"),
        pytest.param([stretch(0, 0, 30, 8)], 60, 90, MATCH, id="half-of-a-compilation"),
        pytest.param([stretch(0, 0, 3, 2)], 60, 90, None, id="next-to-nothing"),
        pytest.param([], 60, 90, None, id="nothing"),
    ],
)
def test_answers(stretches: list[Stretch], query: float, unit: float, said: str | None) -> None:
    assert answer(stretches, query, unit)[1] == said


def test_more_sights_are_never_less_sure() -> None:
    values = [probability(sights) for sights in range(30)]
    assert values == sorted(values)
    assert values[0] == 0.001
    assert values[-1] == 0.999999


def test_only_what_comes_in_the_units_order_counts() -> None:
    early, late, back = stretch(0, 0, 10, 3), stretch(10, 50, 10, 3), stretch(20, 20, 10, 5)
    assert in_order([late, back, early]) == [early, back]
    assert in_order([late, early]) == [early, late]

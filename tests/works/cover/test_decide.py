"""From agreement to a score, and what is named at all."""

from itertools import pairwise

import pytest

from marque.works.cover.decide import CALIBRATION, named, probability
from marque.works.cover.laying import Laid


def laid(cover: int, agreement: float, elsewhere: float = 0.1, *, mirrored: bool = False) -> Laid:
    return Laid(cover, mirrored, 48, 72, 0, 0, agreement, elsewhere)


def test_chance_leaves_the_prior_and_each_hundredth_adds() -> None:
    assert probability(CALIBRATION.by_chance) == pytest.approx(1 / CALIBRATION.prior_one_in)
    scores = [probability(hundredth / 100) for hundredth in range(-100, 101)]
    assert all(low <= high for low, high in pairwise(scores)) and max(scores) < 1


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([laid(3, 0.9)], [3], id="a cover"),
        pytest.param([laid(3, 0.4)], [], id="too little agreement"),
        pytest.param([laid(3, 0.9, 0.7)], [], id="a pattern agrees anywhere"),
        pytest.param([laid(3, 0.9), laid(4, 0.6)], [3], id="another is far behind"),
        pytest.param([laid(3, 0.9), laid(4, 0.85)], [3, 4], id="two alike"),
        pytest.param([laid(3, 0.9), laid(3, 0.88, mirrored=True)], [3], id="one cover both ways round"),
    ],
)
def test_what_is_named(found: list[Laid], said: list[int]) -> None:
    assert [each.cover for each, _ in named(found)] == said


def test_covers_that_look_alike_share_the_probability() -> None:
    scores = [score for _, score in named([laid(3, 0.9), laid(4, 0.85)])]
    assert sum(scores) <= 1 and all(score < 0.5 + 1e-6 for score in scores)

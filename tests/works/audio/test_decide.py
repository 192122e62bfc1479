"""From what agrees to an answer."""

from dataclasses import replace

import pytest

from marque.works.audio import decide
from marque.works.audio.decide import CALIBRATION, Evidence
from marque.works.model import MATCH, UNSURE


@pytest.mark.parametrize(
    ("found", "answer"),
    [
        pytest.param(Evidence(0, 0), None, id="nothing"),
        pytest.param(Evidence(3, 3), None, id="what chance might make"),
        pytest.param(Evidence(5, 5), UNSURE, id="few sounds"),
        pytest.param(Evidence(60, 4), UNSURE, id="many sounds of few seconds"),
        pytest.param(Evidence(7, 5), MATCH, id="enough"),
        pytest.param(Evidence(500, 200), MATCH, id="a whole song"),
    ],
)
def test_answers(found: Evidence, answer: str | None) -> None:
    assert decide.answer(found)[1] == answer


def test_more_evidence_is_never_less_probable() -> None:
    scores = [decide.probability(sounds) for sounds in range(40)]
    assert scores == sorted(scores)
    assert scores[0] == pytest.approx(1 / CALIBRATION.prior_one_in)
    assert scores[-1] <= 1 - 1 / CALIBRATION.prior_one_in**2


def test_a_rarer_prior_takes_more() -> None:
    rare = replace(CALIBRATION, prior_one_in=1_000_000)
    assert decide.probability(6, rare) < decide.probability(6)


def test_two_sounds_make_no_run() -> None:
    assert [decide.counts(Evidence(sounds, sounds)) for sounds in (2, 3)] == [False, True]

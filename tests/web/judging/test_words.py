"""Which judgements may calibrate: given blind, out of the sample, decided, and still held."""

from dataclasses import replace

import pytest

from marque.web.judging import words
from marque.web.judging.model import LINK, Judgement

BLIND = Judgement(LINK, "a", "b", "same", 1, True, True, "local", "why", "7f")
SEEN = replace(BLIND, blind=False, time=2)


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([BLIND], 1, id="blind and sampled"),
        pytest.param([replace(BLIND, sampled=False)], 0, id="outside the sample"),
        pytest.param([SEEN], 0, id="after the score"),
        pytest.param([replace(BLIND, judgement="unsure")], 0, id="undecided"),
        pytest.param([BLIND, SEEN], 1, id="said again"),
        pytest.param([BLIND, replace(SEEN, judgement="not-same")], 0, id="changed after the score"),
        pytest.param([BLIND, replace(SEEN, judgement="unsure")], 0, id="taken back"),
        pytest.param([BLIND, replace(BLIND, by="other")], 1, id="two people on one pair are one pair"),
        pytest.param([BLIND, replace(BLIND, a="c")], 2, id="two pairs"),
    ],
)
def test_what_counts(rows: list[Judgement], count: int) -> None:
    assert words.calibrating(rows) == count


def test_whoever_judged_has_seen_the_score() -> None:
    assert words.given_by([BLIND, replace(BLIND, a="z", by="other")], "local") == {(LINK, "a", "b")}

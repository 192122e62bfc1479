"""What a reader is shown: stretches that touch are one, a lone phrase elsewhere is none, and order is kept."""

import pytest

from marque.works.text.shown import shown, standing
from marque.works.text.stretches import Stretch


def run(query: int, place: int, length: int, votes: int = 9) -> Stretch:
    found = Stretch(query, query + length, place, place + length, query, place, hits=votes)
    found.own = [(query + number * 40, 1.0) for number in range(votes)]
    found.phrases = list(found.own)
    return found


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([run(0, 5_000, 800), run(801, 5_801, 500)], [(0, 1_301, 5_000)], id="touching"),
        pytest.param([run(0, 5_000, 800), run(1_300, 6_300, 500)], [(0, 1_800, 5_000)], id="a common phrase between"),
        pytest.param([run(0, 0, 500), run(500, 4_000, 500)], [(0, 500, 0), (500, 1_000, 4_000)], id="left out between"),
        pytest.param([run(0, 0, 500), run(2_000, 2_000, 500)], [(0, 500, 0), (2_000, 2_500, 2_000)], id="far apart"),
        pytest.param([run(7, 90, 40, 1)], [(7, 47, 90)], id="a lone phrase"),
    ],
)
def test_shows(chain: list[Stretch], expected: list[tuple[int, int, int]]) -> None:
    assert [(each.query_start, each.query_end, each.start) for each in shown(chain)] == expected


@pytest.mark.parametrize(
    ("runs", "kept"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([run(0, 0, 500), run(510, 90_000, 220, 3)], [0], id="chance elsewhere"),
        pytest.param([run(510, 90_000, 220, 3), run(800, 50_000, 900)], [800], id="chance before, in order"),
        pytest.param([run(0, 0, 500), run(900, 900, 120, 3)], [0, 900], id="a phrase on the line"),
        pytest.param([run(0, 0, 500), run(900, 40_000, 500)], [0, 900], id="two that nobody doubts"),
        pytest.param([run(0, 0, 500), run(900, 1_200, 120, 3)], [0, 900], id="a paragraph left out"),
        pytest.param([run(0, 0, 500), run(900, 1_900, 120, 3)], [0], id="off the line"),
        pytest.param([run(0, 1_000, 120, 3), run(14_000, 14_000, 900)], [14_000], id="far before, near the line"),
        pytest.param([run(0, 0, 120, 3), run(900, 40_000, 160, 4)], [900], id="turns of phrase, each somewhere else"),
        pytest.param([run(0, 0, 120, 3), run(400, 410, 120, 3)], [0, 400], id="pieces of one passage"),
        pytest.param(
            [run(0, 0, 120, 3), run(200, 9_000, 120, 3), run(400, 410, 120, 3)], [0, 400], id="a phrase between pieces"
        ),
    ],
)
def test_what_stands_counts(runs: list[Stretch], kept: list[int]) -> None:
    assert [each.query_start for each in standing(runs, 2.0)] == kept

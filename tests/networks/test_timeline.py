"""Bars up to fifty sites, bins beyond; everything on the line; unknown times are counted and never drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.networks import timeline
from marque.networks.timeline import Life

A, B = Life("a", 0, 100, (0, 50, 100)), Life("b", 100, 200, (100, 200))


def test_a_bar_runs_from_the_first_to_the_last_capture() -> None:
    found = timeline.timeline([B, A], {})
    assert found
    assert [(bar.site, bar.x, bar.width, bar.marks) for bar in found.bars] == [
        ("a", 0.0, 500.0, (0.0, 250.0, 500.0)),
        ("b", 500.0, 500.0, (500.0, 1000.0)),
    ]


@pytest.mark.parametrize(
    ("moves", "drawn"),
    [
        pytest.param({"a": ["b"]}, [(0, 1, 500.0, 500.0)], id="a move"),
        pytest.param({"a": ["elsewhere"], "z": ["b"]}, [], id="outside the network"),
        pytest.param({"a": ["a"]}, [], id="into itself"),
    ],
)
def test_moves_go_from_bar_to_bar(moves: dict[str, list[str]], drawn: list[tuple[int, int, float, float]]) -> None:
    found = timeline.timeline([A, B], moves)
    assert found
    assert [(move.source, move.target, move.x1, move.x2) for move in found.moves] == drawn


def test_a_moment_is_still_seen() -> None:
    found = timeline.timeline([Life("a", 7, 7)], {})
    assert found
    assert found.bars[0].width > 0


@pytest.mark.parametrize("lives", [[], [Life("a", None, None)], [Life("a", 3, None)]], ids=["none", "unknown", "half"])
def test_without_a_time_there_is_no_line(lives: list[Life]) -> None:
    assert timeline.timeline(lives, {}) is None


def test_what_has_no_time_is_counted() -> None:
    found = timeline.timeline([A, Life("x", None, None)], {})
    assert found
    assert (len(found.bars), found.unknown) == (1, 1)


_SPANS = st.lists(st.tuples(st.integers(0, 10**15), st.integers(0, 10**15)), min_size=1, max_size=80)


@given(_SPANS)
def test_everything_stands_on_the_line(spans: list[tuple[int, int]]) -> None:
    lives = [Life(f"s{number:02}", min(span), max(span), span) for number, span in enumerate(spans)]
    found = timeline.timeline(lives, {})
    assert found
    assert (len(found.bars), len(found.bins)) == ((len(lives), 0) if len(lives) <= 50 else (0, 24))
    assert all(bar.x >= 0 and bar.x + bar.width <= timeline.LENGTH + 4.1 for bar in found.bars)
    if found.bins:
        assert sum(each.born for each in found.bins) == sum(each.ended for each in found.bins) == len(lives)
    assert timeline.timeline(lives[::-1], {}) == found

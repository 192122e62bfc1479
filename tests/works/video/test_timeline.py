"""Hits on one line of time at one speed are a run; hits anywhere are none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.video.model import FRAME, PLACE
from marque.works.video.timeline import Hits, runs


def hits(time: list[float], there: list[float], right: list[float] | None = None) -> Hits:
    many = len(time)
    one, none = np.ones(many), np.zeros(many)
    kind = np.full(many, FRAME if right is None else PLACE, np.uint8)
    number = np.arange(many, dtype=np.int64)
    moved = none if right is None else np.array(right)
    here, other = np.array(time, np.float64), np.array(there, np.float64)
    return Hits(number, number, here, one, other, one, kind, none, moved, none, np.full(many, 12, np.int64))


@given(
    st.floats(0, 3_000),
    st.sampled_from([0.96, 1.0, 1.02, 25 / 24]),
    st.integers(5, 400),
    st.integers(0, 2**31),
)
def test_a_film_shown_at_one_speed_is_one_run(offset: float, speed: float, seconds: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    time = np.arange(seconds) + dice.uniform(0, 0.3, seconds)
    there = speed * time + offset + dice.uniform(-0.3, 0.3, seconds)
    found = runs(hits(time.tolist(), there.tolist()))
    assert len(found) == 1
    assert len(found[0].hits.time) >= 0.9 * seconds
    if seconds > 60:
        assert abs(found[0].line.speed - speed) < 0.01


def test_a_scene_taken_out_makes_two_runs() -> None:
    time = [float(second) for second in range(60)]
    found = runs(hits(time, [second + (100 if second < 30 else 130) for second in time]))
    assert [(round(run.start), round(run.end), round(run.line.offset)) for run in found] == [
        (0, 30, 100),
        (30, 60, 130),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_hits_anywhere_make_no_long_run(seed: int) -> None:
    dice = np.random.default_rng(seed)
    time, there = np.sort(dice.uniform(0, 120, 30)), dice.uniform(0, 5_000, 30)
    assert all(len(run.hits.time) <= 3 for run in runs(hits(time.tolist(), there.tolist())))


def test_places_that_moved_another_way_do_not_count() -> None:
    time = [float(second) for second in range(20)]
    right = [0.1] * 15 + [0.6] * 5
    found = runs(hits(time, time, right))
    assert [len(run.hits.time) for run in found] == [15]


def test_nothing_makes_nothing() -> None:
    assert runs(hits([], [])) == []


def test_pieces_on_one_line_by_chance_are_not_one_run() -> None:
    """As in a trailer: 0 to 2 and 10 to 12 lie on one line, and what is between shows another part of the film."""
    time = [float(second) for second in range(12)]
    there = [40, 41, 3, 4, 5, 6, 7, 8, 9, 10, 50, 51]
    found = runs(hits(time, [float(second) for second in there]))
    assert [(run.start, run.end) for run in found] == [(0, 2), (2, 10), (10, 12)]


def test_a_frame_speaks_for_a_few_seconds_only() -> None:
    (sparse,) = runs(hits([0.0, 1.0, 9.0, 10.0], [50.0, 51.0, 59.0, 60.0]))
    (dense,) = runs(hits([float(second) for second in range(11)], [50.0 + second for second in range(11)]))
    assert (sparse.start, sparse.end) == (dense.start, dense.end) == (0, 11)
    assert (sparse.shown, dense.shown) == (1 + 3 + 1 + 1, 11)

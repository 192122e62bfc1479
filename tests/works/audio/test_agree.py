"""Hits on one line of time, at one tempo and one shift of pitch."""

import numpy as np
import pytest

from marque.works.audio import agree
from marque.works.audio.agree import Hits


def hits(at: list[float], there: list[float], shift: float = 0.0, first: int = 0) -> Hits:
    size = len(at)
    numbers = np.arange(first, first + size)
    pitch = np.linspace(20, 40, size)
    return Hits(numbers, numbers, np.array(at), pitch + shift, np.array(there), pitch, np.full(size, 30), np.ones(size))


def both(one: Hits, other: Hits) -> Hits:
    return Hits(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in Hits.__slots__))


def chance(size: int, seconds: float) -> Hits:
    random = np.random.default_rng(5)
    found = hits(sorted(random.uniform(0, seconds, size).tolist()), random.uniform(0, 300, size).tolist(), first=1_000)
    found.pitch_there[:] = random.uniform(0, 50, size)
    return found


@pytest.mark.parametrize("tempo", [0.9, 0.96, 1.0, 1.04, 1.1])
@pytest.mark.parametrize("seconds", [10.0, 300.0])
def test_one_line_among_chance(tempo: float, seconds: float) -> None:
    at = np.arange(0, seconds, 0.7)
    runs = agree.runs(both(hits(at.tolist(), (40 + tempo * at).tolist(), shift=0.7), chance(20, seconds)))
    assert len(runs) == 1
    assert len(runs[0].at) >= 0.9 * len(at)
    assert np.abs(runs[0].there - 40 - tempo * runs[0].at).max() <= agree.ROOM * 2


def test_two_parts_of_a_mix_are_two_runs() -> None:
    first, second = np.arange(0, 12, 0.5), np.arange(14, 28, 0.5)
    runs = agree.runs(
        both(hits(first.tolist(), (first + 100).tolist()), hits(second.tolist(), (second + 5).tolist(), first=500))
    )
    assert [(round(run.at[0]), round(run.there[0])) for run in runs] == [(0, 100), (14, 19)]


def test_chance_alone_makes_no_long_run() -> None:
    assert all(len(run.at) <= 3 for run in agree.runs(chance(30, 20)))


def test_backwards_is_no_line() -> None:
    at = np.arange(0, 10, 0.5)
    assert agree.runs(hits(at.tolist(), (100 - at).tolist())) == []


def test_each_code_counts_once() -> None:
    at = np.arange(0, 10, 0.5)
    twice = both(hits(at.tolist(), at.tolist()), hits(at.tolist(), (at + 0.05).tolist()))
    runs = agree.runs(twice)
    assert sum(len(run.at) for run in runs) == len(at)


def test_nothing() -> None:
    assert agree.runs(hits([], [])) == []

"""One frame a second, counted anew from every cut."""

from itertools import pairwise

import numpy as np
import pytest

from marque.works.video.decoding.choosing import Choice, Grey, size_of


def scene(seed: int) -> Grey:
    rough = np.random.default_rng(seed).integers(0, 255, (9, 16)).astype(np.uint8)
    return np.asarray(np.kron(rough, np.ones((20, 20))), np.uint8)


def kept(cuts: list[int], end: int, rate: float) -> list[int]:
    """Milliseconds kept of a film of still scenes that is cut so."""
    choice, found = Choice(), []
    for number in range(int(end * rate / 1000)):
        time = round(number * 1000 / rate)
        if choice.looks(time) and choice.keeps(time, scene(sum(time >= cut for cut in cuts))):
            found.append(time)
    return found


def test_a_second_apart_where_nothing_is_cut() -> None:
    times = kept([], 10_000, 25)
    assert len(times) == 10
    assert all(1_000 <= later - earlier <= 1_100 for earlier, later in pairwise(times))


@pytest.mark.parametrize("rate", [12, 24, 25, 60])
@pytest.mark.parametrize("start", [0, 330, 700])
def test_frames_fall_on_the_same_places_after_a_cut_wherever_the_clip_begins(rate: float, start: int) -> None:
    cut = 5_000 - start
    after = [time - cut for time in kept([cut], 9_000 - start, rate) if time >= cut]
    assert 160 <= after[0] <= 450 + 1000 / 12  # a frame kept just before the cut puts the next one off
    assert len(after) in (3, 4)


def test_flicker_keeps_few_frames_and_misses_no_second() -> None:
    choice = Choice()
    times = [t for t in range(0, 20_000, 100) if choice.looks(t) and choice.keeps(t, scene(t // 100 % 7))]
    gaps = np.diff(times)
    assert gaps.min() >= 450
    assert gaps.max() <= 1_300


def test_brightness_and_contrast_make_no_cut() -> None:
    choice, base = Choice(), scene(1).astype(np.float64)
    times = [
        t
        for t in range(0, 6_000, 100)
        if choice.looks(t) and choice.keeps(t, np.clip(base * (0.4 + t / 20_000), 0, 255).astype(np.uint8))
    ]
    assert len(times) == 6


@pytest.mark.parametrize(
    ("size", "small"),
    [((1920, 1080), (480, 270)), ((320, 240), (320, 240)), ((50_000, 10), (480, 1)), ((1080, 1920), (480, 853))],
)
def test_frames_come_small(size: tuple[int, int], small: tuple[int, int]) -> None:
    assert size_of(*size) == small

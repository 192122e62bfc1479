"""Bars that stay are taken off; a dark scene is not."""

import numpy as np
import pytest

from marque.works.video.model import Grey
from marque.works.video.trim import bars, trimmed


def picture(seed: int, rows: int = 100, columns: int = 160) -> Grey:
    return np.random.default_rng(seed).integers(0, 255, (rows, columns)).astype(np.uint8)


def barred(inner: Grey, shade: int, above: int, below: int, left: int, right: int) -> Grey:
    return np.pad(inner, ((above, below), (left, right)), constant_values=shade)


@pytest.mark.parametrize("shade", [0, 16, 200], ids=["black", "video-black", "light"])
@pytest.mark.parametrize("sides", [(20, 20, 0, 0), (0, 0, 30, 28), (12, 30, 9, 0), (0, 0, 0, 0)])
def test_bars_are_found_on_every_side(shade: int, sides: tuple[int, int, int, int]) -> None:
    assert bars(barred(picture(1), shade, *sides)) == sides


def test_a_plain_frame_has_none() -> None:
    assert bars(np.full((90, 160), 7, np.uint8)) is None


def test_bars_must_stay() -> None:
    dark = barred(picture(2, 40), 0, 30, 30, 0, 0)  # a scene with dark top and bottom
    film = [(second * 1_000, barred(picture(second), 0, 10, 10, 0, 0)) for second in range(30)]
    film[12] = (12_000, barred(dark, 0, 10, 10, 0, 0))
    out = list(trimmed(iter(film)))
    assert [time for time, _ in out] == [time for time, _ in film]
    assert {grey.shape for _, grey in out} == {(98, 160)}


def test_bars_may_come_and_go() -> None:
    film = [(second * 1_000, picture(second, 120)) for second in range(40)]
    film += [(second * 1_000, barred(picture(second), 0, 10, 10, 0, 0)) for second in range(40, 80)]
    out = list(trimmed(iter(film)))
    assert out[5][1].shape == (120, 160)
    assert out[70][1].shape == (98, 160)


def test_frames_may_change_their_size() -> None:
    film = [(second * 1_000, picture(second, 60 + second)) for second in range(6)]
    assert [grey.shape[0] for _, grey in trimmed(iter(film))] == [60, 61, 62, 63, 64, 65]

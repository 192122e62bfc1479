"""From grey pixels to signs: borders go, contrast does not matter, and a sheet of paper is nothing to know by."""

import cv2
import numpy as np
import pytest

from marque.works.cover.model import TALLEST
from marque.works.cover.raster import PIXELS, rasters

RNG = np.random.default_rng(9)


def drawn(rows: int = 144) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    small = RNG.integers(0, 256, (rows // 8, PIXELS // 8)).astype(np.uint8)
    return np.asarray(cv2.resize(small, (PIXELS, rows), interpolation=cv2.INTER_CUBIC), np.uint8)


def test_two_rasters_of_the_shape_of_the_picture() -> None:
    found = rasters(drawn())
    assert found is not None
    assert [raster.shape for raster in found] == [(24, 16), (72, 48)]
    assert {int(value) for value in np.unique(found[1])} == {-1, 0, 1}


@pytest.mark.parametrize("rows", [30, 2000])
def test_shapes_have_an_end(rows: int) -> None:
    found = rasters(drawn(rows // 8 * 8))
    assert found is not None and found[1].shape[0] in (24, int(48 * TALLEST))


@pytest.mark.parametrize("by", [0.4, 0.7])
def test_contrast_changes_few_signs(by: float) -> None:
    grey = drawn()
    pale = (grey * by + 80).clip(0, 255).astype(np.uint8)
    one, other = rasters(grey), rasters(pale)
    assert one is not None and other is not None
    assert (one[1] == other[1]).mean() > 0.95


@pytest.mark.parametrize("colour", [0, 255, 90])
def test_borders_are_trimmed(colour: int) -> None:
    grey = drawn()
    framed = cv2.copyMakeBorder(grey, 12, 12, 20, 20, cv2.BORDER_CONSTANT, value=[colour])
    one, other = rasters(grey), rasters(np.asarray(framed, np.uint8))
    assert one is not None and other is not None
    assert np.array_equal(one[1], other[1])


@pytest.mark.parametrize(
    "grey",
    [
        pytest.param(np.full((144, PIXELS), 255, np.uint8), id="paper"),
        pytest.param(np.zeros((1, PIXELS), np.uint8), id="a line"),
        pytest.param(np.tile(np.linspace(100, 110, PIXELS).astype(np.uint8), (144, 1)), id="a faint gradient"),
    ],
)
def test_what_shows_too_little_is_nothing(grey: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> None:
    assert rasters(grey) is None

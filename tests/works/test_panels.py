"""Panels: gutters of any one colour are found, panels lie within the strip, in order, apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.signals.pictures.images import Picture
from marque.works.panels import Panel, cut, holding, layout, thumbnail
from marque.works.strip import PIXELS, UNIT, WIDTH, Rectangle, Strip, stitch

RNG = np.random.default_rng(3)


def strip_of(gutters: list[int], panels: list[int], shade: int, side: int) -> Strip:
    """Noise panels (heights in pixels) between even gutters."""
    parts = [np.full((gutters[0], PIXELS), shade, np.uint8)]
    for gutter, height in zip(gutters[1:], panels, strict=True):
        row = np.full((height, PIXELS), shade, np.uint8)
        row[:, side : PIXELS - side] = RNG.integers(0, 256, (height, PIXELS - 2 * side))
        parts += [row, np.full((gutter, PIXELS), shade, np.uint8)]
    grey = np.concatenate(parts)
    return stitch([("a", Picture(WIDTH, grey.shape[0] * UNIT, grey))], "a")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(30, 200), st.integers(6, 90)), min_size=1, max_size=6),
    st.sampled_from([0, 40, 128, 200, 255]),
    st.integers(0, 60),
)
def test_finds_the_panels_between_gutters_of_any_colour(rows: list[tuple[int, int]], shade: int, side: int) -> None:
    heights, gutters = [height for height, _ in rows], [12, *(gutter for _, gutter in rows)]
    found = cut(strip_of(gutters, heights, shade, side))
    assert [panel.place.h for panel in found] == [height * UNIT for height in heights]
    assert {panel.place.x for panel in found} == {side * UNIT}
    assert [panel.number for panel in found] == list(range(len(heights)))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 500))
def test_panels_lie_in_the_strip_in_order_and_apart(seed: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    grey = np.repeat(rng.integers(0, 256, (rows, PIXELS)), rng.integers(1, 3), axis=0).astype(np.uint8)
    grey[rng.random(grey.shape[0]) < 0.4] = 255
    bottom = 0
    for panel in cut(stitch([("a", Picture(WIDTH, grey.shape[0] * UNIT, grey))], "a")):
        place = panel.place
        assert place.y >= bottom and place.x >= 0 and place.x + place.w <= WIDTH
        bottom = place.y + place.h
        assert bottom <= grey.shape[0] * UNIT


def test_a_strip_without_gutters_is_one_panel() -> None:
    assert [panel.place for panel in cut(strip_of([0, 0], [900], 255, 0))] == [Rectangle(0, 0, WIDTH, 1800)]


def test_an_even_strip_is_one_panel_too() -> None:
    assert len(cut(strip_of([300], [], 255, 0))) == 1


@pytest.mark.parametrize(("height", "wanted"), [(2000, (160, 29)), (80, (36, 160)), (360, (160, 160))])
def test_thumbnails_are_small(height: int, wanted: tuple[int, int]) -> None:
    strip = strip_of([0, 0], [height], 255, 0)
    assert thumbnail(strip, Panel(0, Rectangle(0, 0, WIDTH, height * UNIT))).shape == wanted


def page(shade: int) -> Strip:
    """Two panels beside each other, below them one as wide, and beside that two under each other."""
    grey = np.full((420, PIXELS), shade, np.uint8)
    for top, bottom, left, right in ((10, 200, 10, 170), (10, 200, 180, 350), (212, 410, 10, 200)):
        grey[top:bottom, left:right] = RNG.integers(0, 256, (bottom - top, right - left))
    for top, bottom in ((212, 300), (310, 410)):
        grey[top:bottom, 212:350] = RNG.integers(0, 256, (bottom - top, 138))
    return stitch([("a", Picture(WIDTH, grey.shape[0] * UNIT, grey))], "a")


@pytest.mark.parametrize("shade", [0, 130, 255])
def test_panels_beside_each_other_are_read_in_the_order_of_the_language(shade: int) -> None:
    corners = {
        turned: [(p.place.x, p.place.y) for p in layout(page(shade), right_to_left=turned)] for turned in (False, True)
    }
    assert corners[False] == [(20, 20), (360, 20), (20, 424), (424, 424), (424, 620)]
    assert corners[True] == [(360, 20), (20, 20), (424, 424), (424, 620), (20, 424)]


def test_each_place_has_the_panel_that_holds_it_or_the_nearest() -> None:
    x, y = np.array([100, 500, 700, 30, 0], np.float32), np.array([100, 30, 700, 839, 0], np.float32)
    assert holding(x, y, layout(page(255))).tolist() == [0, 1, 4, 2, 0]


def test_words_beside_each_other_are_one_panel() -> None:
    grey = np.full((120, PIXELS), 255, np.uint8)
    for left in range(20, 330, 50):
        grey[20:100, left : left + 30] = RNG.integers(0, 256, (80, 30))
    strip = stitch([("a", Picture(WIDTH, 240, grey))], "a")
    assert [panel.place for panel in layout(strip)] == [Rectangle(40, 40, 660, 160)]

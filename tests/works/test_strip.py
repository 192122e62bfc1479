"""Stitching: every place on a strip leads back to a picture and its own pixels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.errors import InputRefused
from marque.signals.pictures.images import Picture, rows_of
from marque.works import strip as strips
from marque.works.strip import PIXELS, Segment, columns_for, stitch, tiles

HEIGHTS = st.lists(st.integers(1, 400), min_size=1, max_size=8)


def picture(rows: int, width: int = 720) -> Picture:
    return Picture(width, round(rows * 2 * width / 720), np.zeros((rows, PIXELS), np.uint8))


@settings(deadline=None)  # a busy machine is no failure
@given(HEIGHTS, st.integers(200, 1600))
def test_segments_follow_each_other_without_gap(heights: list[int], width: int) -> None:
    strip = stitch(((str(n), picture(rows, width)) for n, rows in enumerate(heights)), "s")
    assert strip.pixels.shape == (sum(heights), PIXELS)
    assert strip.segments[0].top == 0
    for one, other in zip(strip.segments[:-1], strip.segments[1:], strict=True):
        assert one.bottom == other.top


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.integers(100, 2000),
    st.integers(50, 3000),
    st.tuples(*[st.floats(-100, 900) for _ in range(4)]),
)
def test_a_cut_lies_on_the_picture(width: int, height: int, at: tuple[float, float, float, float]) -> None:
    segment = Segment("a", width, height, 100.0, 100.0 + height * 720 / width)
    left, top, right, bottom = min(at[0], at[1]), min(at[2], at[3]), max(at[0], at[1]), max(at[2], at[3])
    found = segment.cut(left, top, right, bottom)
    if found is not None:
        assert found.x >= 0 and found.y >= 0 and found.w >= 1 and found.h >= 1
        assert found.x + found.w <= width and found.y + found.h <= height


def test_a_strip_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "MAX_ROWS", 100)
    with pytest.raises(InputRefused) as refused:
        stitch([("a", picture(60)), ("b", picture(60))], "endless")
    assert refused.value.code == "works.strip-too-long"


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(0, 3000), st.integers(1, 700), st.integers(0, 100))
def test_tiles_cover_all_rows_once(rows: int, height: int, margin: int) -> None:
    parts = list(tiles(rows, height, margin))
    assert [row for start, end, _, _ in parts for row in range(start, end)] == list(range(rows))
    assert all(0 <= first <= start and end <= last <= rows for start, end, first, last in parts)


@pytest.mark.parametrize(("width", "height", "wanted"), [(720, 1280, 1), (720, 720, 1), (854, 480, 2), (2000, 1500, 2)])
def test_wide_pictures_are_kept_twice_as_large_beside_the_strip(width: int, height: int, wanted: int) -> None:
    columns = columns_for(width, height)
    assert columns == wanted * PIXELS
    grey = np.zeros((rows_of((width, height), columns), columns), np.uint8)
    strip = stitch([("a", picture(40)), ("b", Picture(width, height, grey))], "s")
    assert strip.pixels.shape[1] == PIXELS
    assert [(top, kept.shape) for top, kept in strip.fine] == [(80.0, grey.shape)] * (wanted - 1)
    assert abs(strip.pixels.shape[0] - 40 - height * PIXELS / width) <= 1

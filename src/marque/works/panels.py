"""Panels of a strip: cut at gutters of any one colour. They give outlines, reading order and the side-by-side view.

`cut` gives rows of panels, `layout` the panels of each row too. A gutter's colour may change down the strip, and from
gutter to gutter. Identification does not rest on them. Where an artist draws without gutters, one long panel is the
honest answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from marque.signals.pictures.images import Grey
from marque.works.strip import UNIT, WIDTH, Rectangle, Strip, tiles

UNIFORM = 0.96  # share of a row near its own median
NEAR = 10  # grey levels
GRAIN = 1.5  # grey levels from one pixel to the next, on average: more is a night sky, not a gutter
GUTTER = 5  # rows of pixels: narrower lines belong to the drawing
SMALLEST = 24  # pixels of a panel's height and width
THUMBNAIL = 160
LEAST_CUT = 60  # pixels of height and width of what may stand beside another panel
DEEPEST = 2  # columns within rows within columns
_CHUNK = 4096

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel in reading order; its place in strip units."""

    number: int
    place: Rectangle


def cut(strip: Strip) -> tuple[Panel, ...]:
    """The strip's panels, top to bottom. A strip without gutters is one panel."""
    places = [
        Rectangle(left * UNIT, top * UNIT, (right - left) * UNIT, (bottom - top) * UNIT)
        for top, bottom in _between(_uniform_rows(strip.pixels))
        for left, right in [_trim(strip.pixels[top:bottom])]
        if right - left >= SMALLEST
    ]
    whole = Rectangle(0, 0, WIDTH, strip.pixels.shape[0] * UNIT)
    return tuple(Panel(number, place) for number, place in enumerate(places or [whole]))


def layout(strip: Strip, *, right_to_left: bool = False) -> tuple[Panel, ...]:
    """The panels of page layouts, row by row and within a row in the order of the language."""
    places = [
        Rectangle(left * UNIT, top * UNIT, (right - left) * UNIT, (bottom - top) * UNIT)
        for left, top, right, bottom in _boxes(strip.pixels, right_to_left)
    ]
    whole = Rectangle(0, 0, WIDTH, strip.pixels.shape[0] * UNIT)
    return tuple(Panel(number, place) for number, place in enumerate(places or [whole]))


def holding(x: Floats, y: Floats, panels: Sequence[Panel]) -> npt.NDArray[np.int32]:
    """The position of the panel each place lies in, or of the nearest one."""
    best, out = np.full(len(x), np.inf), np.zeros(len(x), np.int32)
    for position, panel in enumerate(panels):
        place = panel.place
        across = np.maximum(np.maximum(place.x - x, x - place.x - place.w), 0)
        down = np.maximum(np.maximum(place.y - y, y - place.y - place.h), 0)
        nearer = across + down < best
        best[nearer], out[nearer] = (across + down)[nearer], position
    return out


def thumbnail(strip: Strip, panel: Panel) -> Grey:
    """The panel, at most 160 pixels a side: enough to recognise, too little to read."""
    place = panel.place
    top, left = place.y // UNIT, place.x // UNIT
    pixels = strip.pixels[top : top + place.h // UNIT, left : left + place.w // UNIT]
    factor = min(1.0, THUMBNAIL / max(pixels.shape))
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _boxes(pixels: Grey, right_to_left: bool, depth: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom of panels: rows, their columns, and rows within a column again."""
    for top, bottom in _between(_uniform_rows(pixels)):
        row = pixels[top:bottom]
        columns = _columns(row)
        for left, right in reversed(columns) if right_to_left else columns:
            inner = np.ascontiguousarray(row[:, left:right])
            boxes = list(_boxes(inner, right_to_left, depth + 1)) if depth < DEEPEST and len(columns) > 1 else []
            if not boxes or min(low - high for _, high, _, low in boxes) < LEAST_CUT:
                boxes = [(0, 0, right - left, bottom - top)]
            for box in boxes:
                yield left + box[0], top + box[1], left + box[2], top + box[3]


def _columns(row: Grey) -> list[tuple[int, int]]:
    """Where panels of one row begin and end. Words and small figures beside each other are one panel."""
    columns = _between(_near_median(np.ascontiguousarray(row.T)) >= UNIFORM)
    if len(columns) > 1 and min(row.shape[0], *(right - left for left, right in columns)) < LEAST_CUT:
        return [(columns[0][0], columns[-1][1])]
    return columns


def _uniform_rows(pixels: Grey) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which rows have one colour from side to side."""
    out = np.zeros(pixels.shape[0], np.bool_)
    for start, end, _, _ in tiles(pixels.shape[0], _CHUNK, 0):
        rows = np.ascontiguousarray(pixels[start:end, ::2])
        out[start:end] = (_near_median(rows) >= UNIFORM) & (_away(rows[:, 1:], rows[:, :-1]).mean(axis=1) <= GRAIN)
    return out


def _away(one: Grey, other: Grey) -> Grey:
    return np.asarray(np.maximum(one, other) - np.minimum(one, other), np.uint8)


def _near_median(lines: Grey) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For each line, the share of its pixels near its median."""
    half = lines.shape[1] // 2
    middle = np.partition(lines, half, axis=1)[:, half : half + 1]
    return np.asarray((_away(lines, middle) <= NEAR).mean(axis=1), np.float64)


def _between(uniform: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Stretches between runs of at least GUTTER uniform rows, tall enough to be panels."""
    edges = np.flatnonzero(np.diff(np.r_[False, uniform, False].astype(np.int8)))
    gutters = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= GUTTER]
    stops = [0, *(row for gutter in gutters for row in gutter), len(uniform)]
    return [(top, bottom) for top, bottom in zip(stops[::2], stops[1::2], strict=True) if bottom - top >= SMALLEST]


def _trim(pixels: Grey) -> tuple[int, int]:
    """First and last column that is not of one colour: what lies beside a panel is gutter too."""
    busy = np.flatnonzero(_near_median(np.ascontiguousarray(pixels[::2].T)) < UNIFORM)
    return (int(busy[0]), int(busy[-1]) + 1) if len(busy) else (0, 0)

"""Which query rectangle shows which part of which catalogue panel: what a court looks at side by side."""

from dataclasses import dataclass

import numpy as np

from marque.works.consensus import Placing
from marque.works.entries import Outline
from marque.works.identify import Candidate, Query, Seen
from marque.works.strip import WIDTH, Rectangle, Segment


@dataclass(frozen=True, slots=True)
class Piece:
    """`query` is in the named picture's own pixels, `catalogue` in strip units from the panel's corner."""

    name: str
    query: Rectangle
    panel: int
    catalogue: Rectangle
    distance: int
    codes: int


def pieces(candidate: Candidate, query: Query, panels: tuple[Outline, ...]) -> list[Piece]:
    """The pieces of a candidate by panel, then down the page. A block that lies across two slices gives two."""
    found = [
        piece
        for seen in candidate.seen
        for segment in query.segments
        if (piece := _on(segment, seen, panels[seen.block.panel].place, mirrored=candidate.mirrored)) is not None
    ]
    return sorted(found, key=lambda piece: (piece.panel, piece.catalogue.y, piece.name, piece.query.y))


def _on(segment: Segment, seen: Seen, panel: Rectangle, *, mirrored: bool) -> Piece | None:
    left, top, right, bottom = _bounds(seen.placing.factor, seen.placing.shift, seen.block.place)
    if mirrored:
        left, right = WIDTH - right, WIDTH - left
    shown = segment.cut(left, top, right, bottom)
    if shown is None:
        return None
    start, end = max(top, segment.top), min(bottom, segment.bottom)
    part = _within(_back(seen.placing, start, end, (left, right), mirrored=mirrored), seen.block.place)
    if part is None:
        return None
    there = Rectangle(part.x - panel.x, part.y - panel.y, part.w, part.h)
    return Piece(segment.name, shown, seen.block.panel, there, seen.distance, len(seen.placing.members))


def _back(
    placing: Placing, start: float, end: float, sides: tuple[float, float], *, mirrored: bool
) -> tuple[float, float, float, float]:
    """Where in the catalogue's strip the shown part lies."""
    left, right = (max(0.0, sides[0]), min(float(WIDTH), sides[1]))
    if mirrored:
        left, right = WIDTH - right, WIDTH - left
    corners = [(complex(x, y) - placing.shift) / placing.factor for x in (left, right) for y in (start, end)]
    return _box(np.array(corners))


def _bounds(factor: complex, shift: complex, place: Rectangle) -> tuple[float, float, float, float]:
    corners = [complex(x, y) for x in (place.x, place.x + place.w) for y in (place.y, place.y + place.h)]
    return _box(np.array(corners) * factor + shift)


def _box(points: np.ndarray[tuple[int], np.dtype[np.complex128]]) -> tuple[float, float, float, float]:
    x, y = points.real, points.imag
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _within(box: tuple[float, float, float, float], place: Rectangle) -> Rectangle | None:
    left, top = max(box[0], place.x), max(box[1], place.y)
    right, bottom = min(box[2], place.x + place.w), min(box[3], place.y + place.h)
    if right - left < 1 or bottom - top < 1:
        return None
    return Rectangle(round(left), round(top), max(1, round(right - left)), max(1, round(bottom - top)))

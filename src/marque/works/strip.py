"""What a page delivers, stitched in reading order into one strip of a fixed width.

All places are in strip units: 720 to the width. Pixels are kept at half of that. Each segment remembers which file
or record it came from, so that every place leads back to the bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from marque.errors import InputRefused
from marque.signals.pictures.images import Grey, Picture

WIDTH = 720
PIXELS = WIDTH // 2
UNIT = WIDTH // PIXELS  # strip units a pixel
MAX_ROWS = 250_000  # half a million units: some 400 screens, longer than any episode; bounds memory to 90 MB


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place in some picture: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One delivered picture and the strip rows it became; `scale` is its own pixels per strip unit."""

    name: str
    width: int
    height: int
    top: float
    bottom: float

    @property
    def scale(self) -> float:
        return self.width / WIDTH

    def cut(self, left: float, top: float, right: float, bottom: float) -> Rectangle | None:
        """The part of a strip rectangle that lies on this picture, in the picture's own pixels."""
        left, right = max(left, 0.0), min(right, float(WIDTH))
        top, bottom = max(top, self.top), min(bottom, self.bottom)
        if right - left < 1 or bottom - top < 1:
            return None
        x, y = round(left * self.scale), round((top - self.top) * self.scale)
        w, h = round((right - left) * self.scale), round((bottom - top) * self.scale)
        x, y = min(x, self.width - 1), min(y, self.height - 1)
        return Rectangle(x, y, max(1, min(w, self.width - x)), max(1, min(h, self.height - y)))


@dataclass(frozen=True, slots=True)
class Strip:
    """Grey pixels, 360 wide, and the segments they came from in order.

    `fine` are the wide pictures among them, each with the strip row it begins at, twice as large.
    """

    pixels: Grey
    segments: tuple[Segment, ...]
    fine: tuple[tuple[float, Grey], ...] = ()


def columns_for(width: int, height: int) -> int:
    """How wide to decode a picture of this size. A wide one may show a strip small: a screen, a frame, two pages."""
    return 2 * PIXELS if width > height else PIXELS


def stitch(pictures: Iterable[tuple[str, Picture]], name: str) -> Strip:
    """One strip of named pictures that were decoded at `PIXELS` width, or at twice that."""
    parts, segments, fine, rows = [], [], [], 0
    for part, picture in pictures:
        grey = picture.grey
        if grey.shape[1] > PIXELS:
            fine.append((float(rows * UNIT), grey))
            grey = np.asarray(cv2.resize(grey, (PIXELS, max(1, grey.shape[0] // 2)), interpolation=cv2.INTER_AREA))
        end = rows + grey.shape[0]
        if end > MAX_ROWS:
            raise InputRefused("works.strip-too-long", file=name)
        parts.append(np.asarray(grey, np.uint8))
        segments.append(Segment(part, picture.width, picture.height, float(rows * UNIT), float(end * UNIT)))
        rows = end
    pixels = np.concatenate(parts) if parts else np.zeros((0, PIXELS), np.uint8)
    return Strip(pixels, tuple(segments), tuple(fine))


def tiles(rows: int, height: int, margin: int) -> Iterator[tuple[int, int, int, int]]:
    """Cut `rows` into tiles: first and last row of each, and of what may be looked at around it."""
    for start in range(0, rows, height):
        end = min(rows, start + height)
        yield start, end, max(0, start - margin), min(rows, end + margin)

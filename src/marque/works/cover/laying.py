"""A picture laid over covers: at which size and place it agrees best with each.

A thumbnail is a cover scaled, cut and perhaps pressed a little, never turned. So a few sizes and every whole cell are
tried on the coarse raster, for all covers at once, and those that agree best are looked at closely on the fine one.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from marque.works.cover.model import COARSE, FINE, Raster, tallest
from marque.works.cover.reference import Floats, Reference

SIZES = (0.66, 0.75, 0.85, 0.93, 1.0, 1.08, 1.2, 1.35)  # of the picture's width in that of the cover
ABOVE, BELOW = 3, 9  # coarse rows that it may begin above or below the cover's top
LEAST_SHARE = 0.35  # of the cover's cells that the picture must lie on: a detail is no cover
MOST, OF_ONE = 64, 3  # starts on the coarse raster, and of one cover
CLOSE, CLOSER = 16, 3  # of them looked at closely, and with all stretches
LIKELY = 0.2  # agreement on the fine raster that is worth the stretches
AROUND = 5  # fine cells to each side
APART = 3  # fine cells: as far away as this is elsewhere
STRETCHES = (0.92, 0.96, 1.04, 1.08)
_ZOOM = FINE // COARSE
_STEP = 4  # a resampled cell is a whole number of quarters, so that sums are exact everywhere
_NONE = -1.0


@dataclass(frozen=True, slots=True)
class Laid:
    """How a picture lies on a cover: its width and height in fine cells, and the cell of its corner.

    `agreement` is 1 for the same picture and about 0 for any other; `elsewhere` is the best of it some cells away,
    which is high for stripes and other patterns.
    """

    cover: int
    mirrored: bool
    wide: int
    tall: int
    x: int
    y: int
    agreement: float = _NONE
    elsewhere: float = _NONE


def lay(coarse: Raster, fine: Raster, reference: Reference) -> list[Laid]:
    """The picture on the covers it agrees with best, the best first, either way round."""
    starts = _chosen([*_starts(coarse, len(fine), reference)])
    looked = sorted((_moved(fine, reference.fine[start.cover], start) for start in starts), key=_order)
    likely = [laid for laid in looked[:CLOSER] if laid.agreement >= LIKELY]
    return sorted((_stretched(fine, reference.fine[laid.cover], laid) for laid in likely), key=_order)


def _chosen(starts: list[Laid]) -> list[Laid]:
    """The best starts, of each cover few: the best size on the coarse raster need not be the right one."""
    of_cover: Counter[tuple[int, bool]] = Counter()
    chosen = []
    for start in sorted(starts, key=_order):
        of_cover[start.cover, start.mirrored] += 1
        if of_cover[start.cover, start.mirrored] <= OF_ONE:
            chosen.append(start)
    return chosen[:CLOSE]


def _order(laid: Laid) -> tuple[float, int, bool]:
    return -laid.agreement, laid.cover, laid.mirrored


def _turned(raster: Raster, mirrored: bool) -> Raster:
    return np.ascontiguousarray(raster[:, ::-1]) if mirrored else raster


def _scaled(raster: Raster, wide: int, tall: int) -> Floats:
    method = cv2.INTER_AREA if wide < raster.shape[1] else cv2.INTER_LINEAR
    scaled = cv2.resize(raster.astype(np.float32), (wide, tall), interpolation=method)
    return np.asarray(np.rint(scaled * _STEP) / _STEP, np.float32)


def _starts(coarse: Raster, rows: int, reference: Reference) -> Iterator[Laid]:
    """The covers, sizes and places that agree best on the coarse raster, either way round."""
    scaled = [_scaled(coarse, *_size(size, COARSE, len(coarse))) for size in SIZES]
    tried = [_tried(grid.shape[1]) for grid in scaled]
    windows = np.concatenate([_windows(grid, _columns(grid.shape[1])) for grid in scaled])
    active = np.repeat([np.abs(grid).sum() for grid in scaled], [len(places) for places in tried])
    begins = np.cumsum([0, *(len(places) for places in tried)])
    least = LEAST_SHARE * reference.active.sum(axis=1)[:, None]
    for mirrored in (False, True):
        within = _within(reference, len(coarse), mirrored)
        agreement = reference.coarse @ _flat(windows, mirrored).T / np.sqrt(np.maximum(within * active, 1))
        agreement[within < least] = _NONE
        best = np.maximum.reduceat(agreement, begins[:-1], axis=1)
        for cover, number in np.argwhere(best >= np.sort(best, axis=None)[-MOST:][0]).tolist()[:MOST]:
            at = int(agreement[cover, begins[number] : begins[number + 1]].argmax())
            (x, y), wide = tried[number][at], scaled[number].shape[1]
            x = COARSE - x - wide if mirrored else x
            size, score = _size(SIZES[number], FINE, rows), round(float(best[cover, number]), 3)
            yield Laid(cover, mirrored, *size, x * _ZOOM, y * _ZOOM, score)


def _size(by: float, wide: int, tall: int) -> tuple[int, int]:
    return round(wide * by), max(1, round(tall * by))


def _columns(wide: int) -> range:
    """Where a grid so wide may begin: inside the cover, or around it; one cell off where it is as wide."""
    spare = COARSE - wide
    return range(min(spare, 0) - (spare == 0), max(spare, 0) + 1 + (spare == 0))


def _tried(wide: int) -> list[tuple[int, int]]:
    return [(x, y) for y in range(-ABOVE, BELOW + 1) for x in _columns(wide)]


def _windows(grid: Floats, columns: range) -> Floats:
    """The grid at every place tried, over the cells that a cover may have."""
    rows = tallest(COARSE)
    padded = np.zeros((grid.shape[0] + 2 * rows, grid.shape[1] + 4 * COARSE), np.float32)
    padded[rows : rows + grid.shape[0], 2 * COARSE : 2 * COARSE + grid.shape[1]] = grid
    views = sliding_window_view(padded, (rows, COARSE))
    tops, lefts = rows - np.arange(-ABOVE, BELOW + 1), 2 * COARSE - np.asarray(columns)
    return np.asarray(views[np.ix_(tops, lefts)].reshape(-1, rows, COARSE), np.float32)


def _flat(windows: Floats, mirrored: bool) -> Floats:
    return (windows[:, :, ::-1] if mirrored else windows).reshape(len(windows), -1)


@lru_cache(maxsize=16)
def _within(reference: Reference, rows: int, mirrored: bool) -> Floats:
    """For each cover, how many of its cells lie under a picture of so many rows at every size and place tried."""
    sizes = [_size(size, COARSE, rows) for size in SIZES]
    over = np.concatenate([_windows(np.ones((tall, wide), np.float32), _columns(wide)) for wide, tall in sizes])
    return np.asarray(reference.active @ _flat(over, mirrored).T, np.float32)


def _stretched(fine: Raster, cover: Raster, laid: Laid) -> Laid:
    """The same a little larger or smaller, then wider or narrower, wherever that agrees better."""
    for across, down in ((True, True), (True, False), (False, True)):
        tried = [laid]
        for by in STRETCHES:
            wide, tall = (
                (round(laid.wide * by) if across else laid.wide),
                (round(laid.tall * by) if down else laid.tall),
            )
            x, y = laid.x - (wide - laid.wide) // 2, laid.y - (tall - laid.tall) // 2
            tried.append(_moved(fine, cover, replace(laid, wide=wide, tall=max(1, tall), x=x, y=y)))
        laid = min(tried, key=_order)
    return laid


def _moved(fine: Raster, cover: Raster, laid: Laid) -> Laid:
    """The same some cells to a side, wherever it agrees best on the fine raster."""
    picture = _scaled(_turned(fine, laid.mirrored), laid.wide, laid.tall)
    ground = _placed(cover, laid.x - AROUND, laid.y - AROUND, laid.wide + 2 * AROUND, laid.tall + 2 * AROUND)
    sums = cv2.matchTemplate(ground, picture, cv2.TM_CCORR)
    within = _sums(np.abs(ground), picture.shape)
    agreement = sums / np.sqrt(np.maximum(within, 1) * max(1.0, float(np.abs(picture).sum())))
    agreement[within < LEAST_SHARE * np.count_nonzero(cover)] = _NONE
    down, across = (int(at) for at in np.unravel_index(int(agreement.argmax()), agreement.shape))
    far = np.ones_like(agreement, np.bool_)
    far[max(0, down - APART + 1) : down + APART, max(0, across - APART + 1) : across + APART] = False
    return replace(
        laid,
        x=laid.x - AROUND + across,
        y=laid.y - AROUND + down,
        agreement=round(float(agreement[down, across]), 3),
        elsewhere=round(float(agreement[far].max()), 3),
    )


def _placed(cover: Raster, x: int, y: int, wide: int, tall: int) -> Floats:
    """A window of the cover, nothing where it reaches beyond it."""
    out = np.zeros((tall, wide), np.float32)
    rows, columns = cover.shape
    top, left, foot, right = max(0, y), max(0, x), min(rows, y + tall), min(columns, x + wide)
    if foot > top and right > left:
        out[top - y : foot - y, left - x : right - x] = cover[top:foot, left:right]
    return out


def _sums(values: Floats, shape: tuple[int, ...]) -> Floats:
    """Sums of every window of a shape."""
    total = cv2.integral(values, sdepth=cv2.CV_64F)
    tall, wide = shape
    found = total[tall:, wide:] - total[:-tall, wide:] - total[tall:, :-wide] + total[:-tall, :-wide]
    return np.asarray(found, np.float32)

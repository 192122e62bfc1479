"""Grey pixels to rasters: borders of one colour trimmed, then where the picture is lighter or darker than around.

Grey, contrast and gamma change no sign; a badge or a title bar changes the cells it lies on and few others.
"""

import cv2
import numpy as np
import numpy.typing as npt

from marque.signals.pictures.images import Grey
from marque.works.cover.model import COARSE, FINE, FLATTEST, TALLEST, Raster

PIXELS = 2 * FINE  # how wide a cover is looked at
NEAR, UNIFORM, WIDEST = 12, 0.95, 0.3  # grey levels and share of a border's line; share of the picture it may take
INNER, OUTER = 0.8, 2.0  # cells: what is compared with what lies around
FAINT, LEAST_LEVELS = 0.5, 0.4  # of the middle difference, and grey levels: less is neither lighter nor darker
LEAST_ACTIVE = 0.2  # of the fine raster's cells: less is a sheet of paper

Differences = npt.NDArray[np.float32]


def rasters(grey: Grey) -> tuple[Raster, Raster] | None:
    """The coarse and the fine raster of a picture `PIXELS` wide; None where it shows too little to be known by."""
    trimmed = _trimmed(grey)
    fine = _raster(trimmed, FINE)
    if np.count_nonzero(fine) < LEAST_ACTIVE * fine.size:
        return None
    return _raster(trimmed, COARSE), fine


def _raster(grey: Grey, cells: int) -> Raster:
    tall = min(max(grey.shape[0] / grey.shape[1], FLATTEST), TALLEST)
    rows = int(cells * tall)
    wanted = (2 * cells, 2 * rows)
    method = cv2.INTER_AREA if grey.shape[1] > wanted[0] else cv2.INTER_LINEAR
    pixels = cv2.resize(grey, wanted, interpolation=method).astype(np.float32)
    around = cv2.GaussianBlur(pixels, (0, 0), 2 * OUTER)
    difference = cv2.GaussianBlur(pixels, (0, 0), 2 * INNER) - around
    return _signs(difference.reshape(rows, 2, cells, 2).mean(axis=(1, 3)))


def _signs(difference: Differences) -> Raster:
    size = np.abs(difference)
    least = max(LEAST_LEVELS, FAINT * float(np.median(size)))
    return np.where(size > least, np.sign(difference), 0).astype(np.int8)


def _trimmed(grey: Grey) -> Grey:
    """Without borders of one colour: they are the site's, or the cover's own and then say little."""
    top, foot = _border(grey), _border(grey[::-1])
    kept = grey[top : grey.shape[0] - foot]
    left, right = _border(kept.T), _border(kept.T[::-1])
    return np.ascontiguousarray(kept[:, left : kept.shape[1] - right])


def _border(lines: Grey) -> int:
    """How many lines from the edge on have the colour of the first."""
    most = int(len(lines) * WIDEST)
    away = np.abs(lines[:most].astype(np.int16) - int(np.median(lines[0])))
    other = np.flatnonzero((away <= NEAR).mean(axis=1) < UNIFORM)
    return int(other[0]) if len(other) else most

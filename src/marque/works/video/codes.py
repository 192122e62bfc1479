"""The code of a whole frame, and codes of places in it that the picture itself chooses.

The whole frame says most and costs least, but an inset, a crop or a picture beside it changes it. A place (a keypoint:
position and size, nothing else) moves with what is shown. Film is not turned, so patches stay upright; then a mirrored
frame's code follows from the code itself, and nothing is stored twice.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from marque.signals.pictures import pdq
from marque.works.video.model import FRAME, UNIT, Bytes, Floats, Grey

QUALITY = 50
PLACES = 22  # of a frame, at most
CONTRAST = 0.015
SMALLEST, LARGEST = 7.0, 60.0  # pixels of keypoint size; smaller ones do not survive an encoder
RADIUS, WIDE = 3.0, 3.6  # of the two patches around a place, in keypoint sizes
CELLS = 6  # across the frame: places spread over it
PER_CELL = 3
_SIDE = 48  # pixels that the shorter side must have to be looked at

_TERMS = 16
_MIRROR = np.packbits((np.arange(pdq.BITS) % _TERMS % 2 == 0)[::-1])  # frequencies that are odd across: 1, 3, 5 ...


@dataclass(frozen=True, slots=True)
class Looks:
    """What a frame looks like: its own code, and codes of places in it."""

    whole: Bytes
    plain: bool  # there is little to see
    places: Floats  # rows of x, y and patch size, in parts of the frame's width
    codes: Bytes


def mirrored(codes: Bytes, kind: Bytes) -> Bytes:
    """The codes of the mirrored pictures: mirroring changes the sign of every wave that is odd across.

    Of a whole frame nearly so: PDQ asks whether a term is above the median, so that a few bits in 256 come out wrong.
    """
    return np.asarray(codes ^ np.where((kind == FRAME)[:, None], _MIRROR, _MIRROR_PLACE), np.uint8)


def whole(grey: Grey) -> tuple[Bytes, bool]:
    """The code of a frame, and whether there is little to see in it."""
    small = np.asarray(cv2.resize(grey, (pdq.SIDE, pdq.SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    codes, _, quality = pdq.of_patches(small[None])
    return codes[0], int(quality[0]) < QUALITY


def look(grey: Grey, most: int = PLACES) -> Looks:
    """Everything of a frame that is kept, with so many places at most."""
    code, plain = whole(grey)
    if min(grey.shape) < _SIDE:
        return Looks(code, plain, np.zeros((0, 3)), np.zeros((0, pdq.BITS // 8), np.uint8))
    places = _places(grey)
    near, wide = (_patches(grey, places, radius) for radius in (RADIUS, WIDE))
    _, _, quality = pdq.of_patches(near)
    codes = np.concatenate([_signs(near), _signs(wide)], axis=1)
    good = np.flatnonzero(quality >= QUALITY)[:most]
    scale = np.array([1.0, 1.0, 2 * RADIUS]) * UNIT / grey.shape[1]
    return Looks(code, plain, np.minimum(places[good] * scale, 65_535), codes[good])


def _signs(patches: Bytes) -> Bytes:
    """The signs of a patch's coarsest waves, 16 bytes. A slant or a slip changes the fine ones, which are left out."""
    spectrum = _WAVES @ patches.astype(np.float64) @ _WAVES.T  # whole numbers: the same on every machine
    return np.packbits(spectrum[:, _COARSE[0], _COARSE[1]] > 0, axis=1)


def _coarse() -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The 128 coarsest of all pairs of frequencies, without the patch's brightness."""
    down, across = (part.ravel() for part in np.mgrid[0:_TERMS, 0:_TERMS])
    order = np.lexsort((across, down, down * down + across * across))[1 : pdq.BITS // 2 + 1]
    return down[order].astype(np.intp), across[order].astype(np.intp)


_COARSE = _coarse()
_WAVES = np.rint(
    (1 << 16) * np.cos(np.pi / 2 / pdq.SIDE * np.arange(_TERMS)[:, None] * (2 * np.arange(pdq.SIDE)[None, :] + 1))
)
_MIRROR_PLACE = np.tile(np.packbits(_COARSE[1] % 2 == 1), 2)


def _places(grey: Grey) -> Floats:
    """x, y and size of keypoints, the strongest first, spread over the frame."""
    half = cv2.resize(grey, (grey.shape[1] // 2, grey.shape[0] // 2), interpolation=cv2.INTER_AREA)
    points = cv2.SIFT.create(contrastThreshold=CONTRAST).detect(half, None)
    found = {(point.pt[0] * 2 + 0.5, point.pt[1] * 2 + 0.5, point.size * 2, point.response) for point in points}
    rows = np.array(sorted(found, key=lambda row: (-row[2] * row[3], row)), np.float64).reshape(-1, 4)[:, :3]
    x, y, size = rows.T
    reach = size * RADIUS
    inside = (x >= reach) & (x <= grey.shape[1] - reach) & (y >= reach) & (y <= grey.shape[0] - reach)
    rows = rows[inside & (size >= SMALLEST) & (size <= LARGEST)]
    return np.asarray(rows[_spread(rows, grey.shape[1] / CELLS)][: 2 * PLACES], np.float64)


def _spread(rows: Floats, cell: float) -> list[int]:
    counts: dict[tuple[int, int], int] = {}
    kept = []
    for number, (x, y, _) in enumerate(rows.tolist()):
        place = int(x / cell), int(y / cell)
        counts[place] = counts.get(place, 0) + 1
        if counts[place] <= PER_CELL:
            kept.append(number)
    return kept


def _patches(grey: Grey, places: Floats, radius: float) -> Bytes:
    out = np.empty((len(places), pdq.SIDE, pdq.SIDE), np.uint8)
    for number, (x, y, size) in enumerate(places.tolist()):
        left, right = max(0, round(x - radius * size)), min(grey.shape[1], round(x + radius * size))
        top, bottom = max(0, round(y - radius * size)), min(grey.shape[0], round(y + radius * size))
        patch = cv2.resize(grey[top:bottom, left:right], (pdq.SIDE, pdq.SIDE), interpolation=cv2.INTER_AREA)
        out[number] = patch
    return out

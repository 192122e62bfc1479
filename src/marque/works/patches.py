"""Places that a picture itself chooses, and a PDQ of the patch around each.

A keypoint detector (SIFT; its patent has run out) gives position, size and angle, nothing else. Cropping, re-slicing,
gutters and lettering elsewhere do not move a keypoint, so the same patch comes up in the original and in the copy.
Two equal patches say that two pictures share a detail; which work it is takes many, agreeing on where they lie.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from marque.signals.pictures import pdq
from marque.signals.pictures.images import Grey
from marque.works.strip import PIXELS, UNIT, Strip, tiles

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

CONTRAST = 0.03
SMALLEST = 5.0  # pixels of keypoint size; smaller ones do not survive recompression
RADIUS = 4.0  # patch radius in keypoint sizes
CELL = 56  # at most PER_CELL keypoints in a square of this side, so that they spread over the page
PER_CELL = 3
TILE = 640  # pixels of strip height that share one budget of keypoints
ASKED, KEPT = 48, 60  # that budget: a catalogue keeps more than a page asks, for the copy's own choice differs a little
LOOK = 960  # pixels of strip height the detector sees at once: its pyramid then stays in the processor cache
MARGIN = 64  # and beyond, so that where it was cut does not decide what is found
WHITE, WHITE_SHARE, WHITE_SIDE = 240, 0.4, 41  # lettering stands on white: balloons, captions, gutters
QUALITY = 50
_LEVELS = 5
_CHUNK = 8192  # rows of pixels looked at together where floats are needed
_BATCH = 256  # patches hashed together


@dataclass(frozen=True, slots=True)
class Patches:
    """Patches in reading order. Places and sizes in strip units, angles in degrees; codes of 32 bytes each."""

    x: Floats
    y: Floats
    size: Floats
    angle: Floats
    codes: pdq.Bytes
    mirrored: pdq.Bytes

    def __len__(self) -> int:
        return len(self.x)


def find(strip: Strip, budget: int = ASKED) -> Patches:
    """The patches of a strip, top to bottom."""
    keypoints = _spread(_unlettered(_inside(_detect(strip.pixels)), strip.pixels), budget)
    codes, mirrored, quality = _hashed(strip.pixels, keypoints)
    good = quality >= QUALITY
    kept = keypoints[good]
    x, y, size = ((kept[:, column] * UNIT).astype(np.float32) for column in range(3))
    return Patches(x, y, size, kept[:, 3].astype(np.float32), codes[good], mirrored[good])


def _detect(pixels: Grey) -> Floats:
    """Rows of x, y, size, angle, response in pixels, tile by tile so that memory stays bounded.

    The detector runs at half the pixels: it doubles what it is given, and whatever is smaller than SMALLEST is not
    wanted anyway, so this finds the same keypoints four times as fast.
    """
    if not len(pixels):
        return np.zeros((0, 5), np.float32)
    half = cv2.resize(pixels, (PIXELS // 2, max(1, pixels.shape[0] // 2)), interpolation=cv2.INTER_AREA)
    detector = cv2.SIFT.create(contrastThreshold=CONTRAST, enable_precise_upscale=True)
    found = []
    for start, end, first, last in tiles(half.shape[0], LOOK // 2, MARGIN // 2):
        rows = []
        for point in detector.detect(half[first:last], None):
            y = point.pt[1] + first
            if start <= y < end and point.size * 2 >= SMALLEST:
                rows.append((point.pt[0] * 2 + 0.5, y * 2 + 0.5, point.size * 2, point.angle, point.response))
        found.append(np.array(rows, np.float32).reshape(-1, 5))
    return np.concatenate(found)


def _inside(keypoints: Floats) -> Floats:
    """Only patches that lie within the strip's sides: a side crop changes all others."""
    reach = keypoints[:, 2] * RADIUS
    return keypoints[(keypoints[:, 0] >= reach) & (keypoints[:, 0] <= PIXELS - reach)]


def _unlettered(keypoints: Floats, pixels: Grey) -> Floats:
    """Drop keypoints on balloons and gutters: lettering is what another language edition changes."""
    if not len(keypoints):
        return keypoints
    kept = np.zeros(len(keypoints), np.bool_)
    rows = np.clip(np.rint(keypoints[:, 1]).astype(np.intp), 0, pixels.shape[0] - 1)
    columns = np.clip(np.rint(keypoints[:, 0]).astype(np.intp), 0, PIXELS - 1)
    for start, end, first, last in tiles(pixels.shape[0], _CHUNK, WHITE_SIDE // 2):
        white = cv2.boxFilter((pixels[first:last] >= WHITE).astype(np.float32), -1, (WHITE_SIDE, WHITE_SIDE))
        here = (rows >= start) & (rows < end)
        kept[here] = white[rows[here] - first, columns[here]] <= WHITE_SHARE
    return keypoints[kept]


def _spread(keypoints: Floats, budget: int) -> Floats:
    """The strongest few of every cell and tile, in reading order. Ties go by place, so that runs agree."""
    x, y, size, angle, response = keypoints.T
    ranked = keypoints[np.lexsort((angle, size, x, y, -(response * size)))]
    cell = (ranked[:, 1] // CELL).astype(np.int64) * PIXELS + (ranked[:, 0] // CELL).astype(np.int64)
    ranked = ranked[_rank_within(cell) < PER_CELL]
    ranked = ranked[_rank_within((ranked[:, 1] // TILE).astype(np.int64)) < budget]
    x, y, size, angle, _ = ranked.T
    return ranked[np.lexsort((angle, size, x, y))]


def _rank_within(groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each row, how many earlier rows belong to the same group."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(groups) else np.zeros(0, np.intp)
    ranks = np.arange(len(groups)) - np.repeat(starts, np.diff(np.r_[starts, len(groups)]))
    out = np.empty(len(groups), np.int64)
    out[order] = ranks
    return out


def _hashed(pixels: Grey, keypoints: Floats) -> tuple[pdq.Bytes, pdq.Bytes, npt.NDArray[np.int64]]:
    """Codes, mirrored codes and qualities of the patches, some at a time so that memory stays bounded."""
    span = 2 * RADIUS * keypoints[:, 2].astype(np.float64) / pdq.SIDE  # pixels of the strip a pixel of the patch
    levels = np.clip(np.floor(np.log2(np.maximum(span, 1.0))), 0, _LEVELS - 1).astype(np.intp)
    pyramid = [pixels]
    for _ in range(int(levels.max(initial=0))):
        pyramid.append(np.asarray(cv2.pyrDown(pyramid[-1]), np.uint8))
    parts = [
        pdq.of_patches(_warp(pyramid, keypoints[at : at + _BATCH], span[at : at + _BATCH], levels[at : at + _BATCH]))
        for at in range(0, max(1, len(keypoints)), _BATCH)
    ]
    codes, mirrored, quality = (np.concatenate(column) for column in zip(*parts, strict=True))
    return codes, mirrored, quality


def _warp(
    pyramid: list[Grey], keypoints: Floats, span: npt.NDArray[np.float64], levels: npt.NDArray[np.intp]
) -> pdq.Bytes:
    """The upright patch around each keypoint, taken from the level of the pyramid where nothing aliases."""
    out = np.empty((len(keypoints), pdq.SIDE, pdq.SIDE), np.uint8)
    turn = np.deg2rad(keypoints[:, 3].astype(np.float64))
    zoom = np.exp2(levels)
    cosine, sine = np.cos(turn) * span / zoom, np.sin(turn) * span / zoom
    middle = (pdq.SIDE - 1) / 2
    left = keypoints[:, 0] / zoom - (cosine - sine) * middle
    top = keypoints[:, 1] / zoom - (sine + cosine) * middle
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    for place, level in enumerate(levels):
        matrix = np.array([[cosine[place], -sine[place], left[place]], [sine[place], cosine[place], top[place]]])
        cv2.warpAffine(
            pyramid[level], matrix, (pdq.SIDE, pdq.SIDE), out[place], flags=flags, borderMode=cv2.BORDER_REPLICATE
        )
    return out

"""Places that a picture itself chooses, and a PDQ of the patch around each.

A keypoint detector (SIFT; its patent has run out) gives position, size and angle, nothing else. Cropping, re-slicing,
gutters and lettering elsewhere do not move a keypoint, so the same patch comes up in the original and in the copy.
Two equal patches say that two pictures share a detail; which work it is takes many, agreeing on where they lie.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from marque.signals.pictures import pdq
from marque.signals.pictures.images import Grey
from marque.works.panels import Panel, holding, layout
from marque.works.strip import UNIT, WIDTH, Strip, tiles

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

CONTRAST = 0.03
SMALLEST = 5.0  # pixels of keypoint size; smaller ones do not survive recompression
RADIUS = 3.0  # patch radius in keypoint sizes
CELL = 56  # at most PER_CELL keypoints in a square of this side, so that they spread over the page
PER_CELL, DENSE_PER_CELL = 3, 12
TILE = 640  # pixels of strip height that share one budget of keypoints
ASKED, KEPT = 48, 68  # that budget: a catalogue keeps more than a page asks, for the copy's own choice differs a little
MOST_ASKED, ASKED_OF_FEW = 400, 800  # a page of few pictures, or of few greys, asks more of each
FEW = 4  # pictures of a page that are looked at twice as large: one of many short slices shows nothing small
FINE_ASKED = 160  # of a picture looked at twice as large
FINE_LARGEST = 14.0  # pixels of keypoint size there: larger ones are found without
PART = 240  # pixels of a panel's height that share a part of it, so that no busy corner takes all
LOOK = 960  # pixels of strip height the detector sees at once: its pyramid then stays in the processor cache
MARGIN = 64  # and beyond, so that where it was cut does not decide what is found
WHITE, WHITE_SHARE, WHITE_SIDE = 240, 0.7, 41  # lettering stands on white: balloons, captions, gutters
QUALITY = 50
EACH = 16  # patches a catalogue keeps of a panel at least, however small it is
OVERHANG = 0.5  # share of a page's patch that may lie beyond its edge: a part of a panel has little else
FEW_GREYS, GREYS, GREY_REACH = 0.88, 4, 5  # share of pixels that lie within 5 of the four greys with the most
CROSSING, SLACK = 0.25, 0.15  # what a patch beyond its panel's outline counts; the share of it that may lie there
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


def find(strip: Strip, budget: int | None = None) -> Patches:
    """The patches of a strip, top to bottom: so many a tile for a catalogue, else as many as a page asks."""
    if budget is None:
        asked, each = _asked(strip.pixels)
        parts = [_found(strip.pixels, 0.0, OVERHANG, lambda found: _spread(found, asked, each))]
    else:
        outlines = layout(strip)
        parts = [_found(strip.pixels, 0.0, 0.0, lambda found: _kept(found, budget, outlines))]
    if budget is not None or len(strip.segments) <= FEW:
        beyond = OVERHANG if budget is None else 0.0
        parts += [_found(grey, top, beyond, _fine) for top, grey in strip.fine]
    return _joined(parts)


def _asked(pixels: Grey) -> tuple[int, int]:
    """How many patches a page asks a tile, and a cell.

    Art made black and white, or of a few greys, keeps few of its places among its strongest.
    """
    few = MOST_ASKED if _few_greys(pixels) else ASKED_OF_FEW * TILE // max(1, len(pixels))
    asked = max(ASKED, min(MOST_ASKED, few))
    return asked, PER_CELL if asked == ASKED else DENSE_PER_CELL


def _few_greys(pixels: Grey) -> bool:
    """Whether nearly all pixels have one of a few greys."""
    left = np.bincount(pixels.ravel(), minlength=256).astype(np.int64)
    taken = 0
    for _ in range(GREYS):
        sums = np.convolve(left, np.ones(2 * GREY_REACH + 1, np.int64), "same")
        most = int(sums.argmax())
        taken += int(sums[most])
        left[max(0, most - GREY_REACH) : most + GREY_REACH + 1] = 0
    return taken >= FEW_GREYS * max(1, pixels.size)


def _found(pixels: Grey, top: float, beyond: float, choose: Callable[[Floats], Floats]) -> Patches:
    """The patches of some pixels that begin at a row of the strip. So much of a patch may lie `beyond` the edge."""
    keypoints = choose(_unlettered(_inside(_detect(pixels), pixels, beyond), pixels))
    codes, mirrored, quality = _hashed(pixels, keypoints)
    good = quality >= QUALITY
    x, y, size, angle, _ = keypoints[good].T
    unit = np.float32(WIDTH / pixels.shape[1])
    return Patches(x * unit, y * unit + np.float32(top), size * unit, angle, codes[good], mirrored[good])


def _joined(parts: Sequence[Patches]) -> Patches:
    """All in reading order."""
    names = ("x", "y", "size", "angle", "codes", "mirrored")
    x, y, size, angle, codes, mirrored = (np.concatenate([getattr(part, name) for part in parts]) for name in names)
    order = np.lexsort((angle, size, x, y))
    return Patches(x[order], y[order], size[order], angle[order], codes[order], mirrored[order])


def _fine(keypoints: Floats) -> Floats:
    """Of a picture looked at twice as large, the small ones: larger ones are found without."""
    return _spread(keypoints[keypoints[:, 2] <= FINE_LARGEST], FINE_ASKED, PER_CELL)


def _kept(keypoints: Floats, budget: int, outlines: Sequence[Panel]) -> Floats:
    """What a catalogue keeps: of each panel its own, whatever stands above or below it; so that credits that two
    works share have the same patches in both. Patches within their panel go first, for copies show panels alone.
    """
    x, y, reach = (keypoints[:, column] * UNIT for column in range(3))
    owner = holding(x, y, outlines)
    reach = reach * (RADIUS * (1 - SLACK))
    left, top, wide, tall = np.array([(at.x, at.y, at.w, at.h) for at in (panel.place for panel in outlines)]).T
    within = (x - reach >= left[owner]) & (x + reach <= (left + wide)[owner])
    within &= (y - reach >= top[owner]) & (y + reach <= (top + tall)[owner])
    ranked = keypoints.copy()
    ranked[:, 4] *= np.where(within, 1.0, CROSSING)
    down = np.maximum(y - top[owner], 0) / UNIT
    tile = (down // PART).astype(np.int64)
    share = np.clip(tall[owner] / UNIT - tile * PART, 0, PART) / TILE * wide[owner] / WIDTH
    quota = np.maximum(np.ceil(budget * share), np.where(tile == 0, EACH, 0))
    cells = _cells(x / UNIT - left[owner] / UNIT, down, owner)
    return _best(ranked, owner * len(keypoints) + tile, cells, quota, PER_CELL)


def _detect(pixels: Grey) -> Floats:
    """Rows of x, y, size, angle, response in pixels, tile by tile so that memory stays bounded.

    The detector runs at half the pixels: it doubles what it is given, and whatever is smaller than SMALLEST is not
    wanted anyway, so this finds the same keypoints four times as fast.
    """
    if not len(pixels):
        return np.zeros((0, 5), np.float32)
    if len(pixels) % 2:
        pixels = np.concatenate([pixels, pixels[-1:]])  # else a page with a row more would have all its places moved
    half = cv2.resize(pixels, (pixels.shape[1] // 2, len(pixels) // 2), interpolation=cv2.INTER_AREA)
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


def _inside(keypoints: Floats, pixels: Grey, beyond: float) -> Floats:
    """Only patches that lie within the strip's sides and ends, but for a share of them: a crop changes all others."""
    reach, (rows, columns) = keypoints[:, 2] * (RADIUS * (1 - beyond)), pixels.shape
    x, y = keypoints[:, 0], keypoints[:, 1]
    lies = (x >= reach) & (x <= columns - reach) & (y >= reach) & (y <= rows - reach)
    return np.asarray(keypoints[lies], np.float32)


def _unlettered(keypoints: Floats, pixels: Grey) -> Floats:
    """Drop keypoints in balloons and gutters, weaken those near: lettering is what another language edition changes.

    White drawn with a few strokes of ink is not dropped: there is nothing else to go by.
    """
    if not len(keypoints):
        return keypoints
    share = np.zeros(len(keypoints), np.float32)
    rows = np.clip(np.rint(keypoints[:, 1]).astype(np.intp), 0, pixels.shape[0] - 1)
    columns = np.clip(np.rint(keypoints[:, 0]).astype(np.intp), 0, pixels.shape[1] - 1)
    for start, end, first, last in tiles(pixels.shape[0], _CHUNK, WHITE_SIDE // 2):
        white = cv2.boxFilter((pixels[first:last] >= WHITE).astype(np.float32), -1, (WHITE_SIDE, WHITE_SIDE))
        here = (rows >= start) & (rows < end)
        share[here] = white[rows[here] - first, columns[here]]
    weakened = keypoints.copy()
    weakened[:, 4] *= np.maximum(1 - share, 0) ** 2
    return weakened[share <= WHITE_SHARE]


def _spread(keypoints: Floats, budget: int, each: int) -> Floats:
    """The strongest few of every cell and tile."""
    x, y = keypoints[:, 0], keypoints[:, 1]
    tile = (y // TILE).astype(np.int64)
    return _best(keypoints, tile, _cells(x, y, np.zeros(len(x), np.int64)), np.full(len(x), float(budget)), each)


def _cells(x: Floats, y: Floats, owner: npt.NDArray[np.integer]) -> Integers:
    """A number for each square of each owner."""
    across, down = (x // CELL).astype(np.int64), (y // CELL).astype(np.int64)
    return (owner.astype(np.int64) * (int(down.max(initial=0)) + 2) + down) * WIDTH + across


def _best(keypoints: Floats, group: Integers, cell: Integers, quota: npt.NDArray[np.floating], each: int) -> Floats:
    """The strongest few of every cell, then of every group, in reading order. Ties go by place, so that runs agree."""
    x, y, size, angle, response = keypoints.T
    order = np.lexsort((angle, size, x, y, -(response * size)))
    order = order[_rank_within(cell[order]) < each]
    ranked = keypoints[order[_rank_within(group[order]) < quota[order]]]
    x, y, size, angle, _ = ranked.T
    return np.asarray(ranked[np.lexsort((angle, size, x, y))], np.float32)


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

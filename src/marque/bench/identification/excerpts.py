"""Parts of a unit as they turn up alone: a fragment, a panel, part of one, a screenshot, a frame of a video."""

import cv2
import numpy as np

from marque.bench.identification.drawing import STYLES, Pixels, Source, panel, resized
from marque.training.dice import Dice


def fragment(source: Source, dice: Dice) -> Source:
    """Four to eight rows of panels out of the middle."""
    most = len(source.bands)
    count = min(dice.between(4, 8), most)
    first = dice.between(0, most - count)
    top = 0 if first == 0 else (source.bands[first - 1][1] + source.bands[first][0]) // 2
    top = max(top, source.bands[first][0] - 40)
    bottom = source.bands[first + count - 1][1]
    bands = tuple((start - top, end - top) for start, end in source.bands[first : first + count])
    inside = [place for place in source.panels if top <= place.top and place.bottom <= bottom]
    return Source(source.name, source.group, source.pixels[top:bottom], tuple(inside), bands)


def alone(source: Source, dice: Dice) -> Pixels:
    """One panel and nothing else."""
    place = dice.pick(source.panels)
    return np.ascontiguousarray(source.pixels[place.top : place.bottom, place.left : place.right])


def partial(source: Source, dice: Dice) -> Pixels:
    """60 % of a panel's area."""
    whole = alone(source, dice)
    height, width = (round(side * 0.6**0.5) for side in whole.shape[:2])
    top, left = dice.below(whole.shape[0] - height), dice.below(whole.shape[1] - width)
    return np.ascontiguousarray(whole[top : top + height, left : left + width])


def desktop(source: Source, dice: Dice) -> Pixels:
    """A reader's screen: the strip in the middle, other pictures and lines of text around."""
    out = _surroundings(1366, 768, dice)
    shown = _window(source, dice, 720 * 620 // 600)
    out[90:710, 383:983] = resized(shown, 600, 620)
    return out


def telephone(source: Source, dice: Dice) -> Pixels:
    """A telephone's screen: bars and a bought picture above and below."""
    out = _surroundings(1080, 2000, dice)
    shown = _window(source, dice, 720 * 1200 // 1000)
    out[320:1520, 40:1040] = resized(shown, 1000, 1200)
    return out


def frame(source: Source, dice: Dice) -> Pixels:
    """A frame of 480 lines: a page in the middle, itself blurred behind."""
    shown = _window(source, dice, 1080)
    behind = cv2.GaussianBlur(resized(shown, 854, 480), (0, 0), 15)
    out = np.asarray(behind * 0.6, np.uint8)
    out[:, 267:587] = resized(shown, 320, 480)
    return out


def _window(source: Source, dice: Dice, height: int) -> Pixels:
    """So many rows of the strip, somewhere among its panels."""
    first, last = source.bands[0][0], source.bands[-1][1]
    top = first + dice.below(max(1, last - first - height))
    rows = source.pixels[top : top + height]
    return np.pad(rows, ((0, height - rows.shape[0]), (0, 0), (0, 0)), constant_values=255)


def _surroundings(width: int, height: int, dice: Dice) -> Pixels:
    """A page of foreign pictures, buttons and lines that look like text."""
    out = np.full((height, width, 3), 245, np.uint8)
    style = dice.pick(STYLES)
    for at in range(6):
        picture = resized(panel((dice.of("foreign"), dice.of("foreign")), style, at, (480, 360), "en"), 160, 120)
        y, x = dice.below(height - 130), dice.pick((10, width - 180))
        out[y : y + 120, x : x + 160] = picture
    for _ in range(40):
        y, x, wide = dice.below(height - 12), dice.below(width - 60), dice.between(10, 50)
        out[y : y + 9, x : x + wide] = dice.between(40, 160)
    return out

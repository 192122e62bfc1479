"""Black and white as presses make it: tones become dots or strokes, outlines become ink."""

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from marque.training.dice import Dice

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]


def printed(image: Image.Image, art: str, dice: Dice, pitch: int) -> Image.Image:
    """A painted picture as one of the black-and-white arts; `pitch` is the distance of dots or strokes in pixels."""
    luma = np.asarray(image.convert("L"), np.float64)
    tones = np.rint(cv2.GaussianBlur(luma, (0, 0), 1.5) / 42) * 42  # few tones, as cut from sheets of screentone
    if art == "ink":
        paper = np.where(tones < 105, 0.0, 255.0)
    else:
        paper = np.where(tones > 225, 255.0, np.where(tones < 30, 0.0, _screen(tones, art, dice, pitch)))
    out = Image.fromarray(np.minimum(paper, _outlines(tones)).astype(np.uint8)).convert("RGB")
    if art == "speed":
        _speed(out, dice)
    return out


def _screen(tones: Floats, art: str, dice: Dice, pitch: int) -> Floats:
    """Dots on a grid turned by 45 degrees, or strokes whose width says the tone."""
    rows, columns = np.mgrid[: tones.shape[0], : tones.shape[1]].astype(np.float64)
    angle = np.deg2rad(45 if art != "hatching" else dice.between(20, 70))
    along = 2 * np.pi * (columns * np.cos(angle) + rows * np.sin(angle)) / pitch
    across = 2 * np.pi * (rows * np.cos(angle) - columns * np.sin(angle)) / pitch
    wave = np.cos(along) if art == "hatching" else (np.cos(along) + np.cos(across)) / 2
    return np.asarray(np.clip(127 + (tones - 127 - wave * 118) * 3, 0, 255), np.float64)


def _outlines(tones: Floats) -> Floats:
    edges = cv2.morphologyEx(tones.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return np.where(edges > 40, 0.0, 255.0)


def _speed(image: Image.Image, dice: Dice) -> None:
    """Strokes from the edges towards one point, leaving its middle free."""
    draw = ImageDraw.Draw(image)
    x, y = dice.between(image.width // 3, image.width * 2 // 3), dice.between(image.height // 3, image.height * 2 // 3)
    for _ in range(70):
        turn = dice.below(3600) / 3600 * 2 * np.pi
        near, far = dice.between(130, 260), image.width + image.height
        start = (x + near * float(np.cos(turn)), y + near * float(np.sin(turn)))
        end = (x + far * float(np.cos(turn)), y + far * float(np.sin(turn)))
        draw.line((*start, *end), fill=(0, 0, 0), width=dice.between(1, 4))

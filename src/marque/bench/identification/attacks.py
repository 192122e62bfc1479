"""What pirates do to a strip, each as one row of the table, with the figure that is asked of it.

An attack changes pixels; slicing again and pressing as JPEG is part of all of them. Those without an asked figure are
there to see what comes next.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from marque.bench.identification.drawing import Pixels, Rows, Source, resized
from marque.training.strips.lettering import font

Change = Callable[[Source], Pixels]


@dataclass(frozen=True, slots=True)
class Attack:
    """One row: what is changed, the language shown, how it is pressed, and the recall that is asked."""

    name: str
    change: Change
    asked: float | None = 0.97
    other: bool = False  # another language's edition
    quality: int = 85
    ordered: bool = True  # whether panels come in the unit's order afterwards


def plain(source: Source) -> Pixels:
    """Nothing but slicing again."""
    return source.pixels


def grey(source: Source) -> Pixels:
    """No colour."""
    return _grey(source.pixels)


def scaled(factor: float) -> Change:
    """Another size."""
    return lambda source: _scaled(source.pixels, factor)


def cropped(share: float) -> Change:
    """Both sides cut by a share of the width."""
    return lambda source: _cropped(source.pixels, share)


def logo(source: Source) -> Pixels:
    """A site's mark in a corner of every screen."""
    return _stamped(source.pixels, 1200, 430, 30)


def tiled(source: Source) -> Pixels:
    """A site's name over everything."""
    return _stamped(source.pixels, 210, 90, 34, 300)


def banners(source: Source) -> Pixels:
    """An advertisement between panels."""
    picture = Image.new("RGB", (source.pixels.shape[1], 120), (200, 30, 40))
    ImageDraw.Draw(picture).text((60, 30), "CASINO 300% BONUS", font=font("en", 44), fill=(255, 230, 90))
    stops = [0, *((end + start) // 2 for (_, end), (start, _) in zip(source.bands, source.bands[1:], strict=False))]
    parts = np.split(source.pixels, stops[1:])
    return np.concatenate([part for piece in parts for part in (piece, np.asarray(picture, np.uint8))])


def contrasted(source: Source) -> Pixels:
    """More contrast, brighter middle tones."""
    table = np.clip(255 * ((np.arange(256) / 255) ** 0.7) * 1.15 - 14, 0, 255).astype(np.uint8)
    return table[source.pixels]


def trimmed(source: Source) -> Pixels:
    """Gutters of a few rows."""
    height = 8 if len(source.bands) > 1 else 0
    return _banded(source, lambda band: np.concatenate([np.full((height, *band.shape[1:]), 255, np.uint8), band]))


def recoloured(source: Source) -> Pixels:
    """Gutters of another colour."""
    out = np.full_like(source.pixels, (70, 20, 90))
    for top, bottom in source.bands:
        out[top:bottom] = source.pixels[top:bottom]
    return out


def abutting(source: Source) -> Pixels:
    """No gutters: panel upon panel."""
    return _banded(source, lambda band: band)


def mirrored(source: Source) -> Pixels:
    """Left is right."""
    return np.ascontiguousarray(source.pixels[:, ::-1])


def framed(source: Source) -> Pixels:
    """A coloured bar on each side."""
    bars = cv2.copyMakeBorder(source.pixels, 0, 0, 60, 60, cv2.BORDER_CONSTANT, value=(200, 30, 60))
    return np.asarray(bars, np.uint8)


def boxed(source: Source) -> Pixels:
    """A coloured frame around every row of panels."""

    def frame(band: Pixels) -> Pixels:
        return np.asarray(cv2.copyMakeBorder(band, 14, 14, 14, 14, cv2.BORDER_CONSTANT, value=(30, 160, 90)), np.uint8)

    return _banded(source, frame)


def night(source: Source) -> Pixels:
    """A reader's night colours: light is dark, hues as they were."""
    hue, light, colour = cv2.split(cv2.cvtColor(source.pixels, cv2.COLOR_RGB2HLS))
    return np.asarray(cv2.cvtColor(cv2.merge([hue, 255 - light, colour]), cv2.COLOR_HLS2RGB), np.uint8)


def dimmed(source: Source) -> Pixels:
    """A warm, dark filter over the page."""
    return np.asarray(np.rint(source.pixels * np.array([0.62, 0.5, 0.34])), np.uint8)


def magnified(source: Source) -> Pixels:
    """Only the middle 80 % of each row of panels, as large as the whole."""

    def middle(band: Pixels) -> Pixels:
        height, width = band.shape[:2]
        cut = band[height // 10 : height - height // 10, width // 10 : width - width // 10]
        return resized(cut, width, height)

    return _banded(source, middle)


def shrunk(source: Source) -> Pixels:
    """Each row of panels at 80 %, with more white around."""

    def small(band: Pixels) -> Pixels:
        out = np.full_like(band, 255)
        inner = resized(band, band.shape[1] * 4 // 5, band.shape[0] * 4 // 5)
        top, left = (band.shape[0] - inner.shape[0]) // 2, (band.shape[1] - inner.shape[1]) // 2
        out[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
        return out

    return _banded(source, small)


def combined(source: Source) -> Pixels:
    """A watermark, 4 % cut off each side, six tenths of the size."""
    marked = _stamped(source.pixels, 420, 140, 36)
    return _scaled(_cropped(marked, 0.04), 0.6)


def missing(source: Source) -> Pixels:
    """Every fifth slice is not there."""
    parts = _sliced(source.pixels, 700)
    return np.concatenate([part for at, part in enumerate(parts) if at % 5 != 2])


def shuffled(source: Source) -> Pixels:
    """Slices in another order."""
    parts = _sliced(source.pixels, 1100)
    return np.concatenate(parts[1::2] + parts[0::2][::-1])


def binarised(source: Source) -> Pixels:
    """Black and white, each place against what surrounds it."""
    light = cv2.GaussianBlur(_grey(source.pixels)[:, :, 0], (0, 0), 1.2)
    paper = cv2.adaptiveThreshold(light, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 61, 6)
    return np.repeat(np.asarray(paper, np.uint8)[:, :, None], 3, axis=2)


def split(source: Source) -> Pixels:
    """Black and white at one level."""
    light = _grey(source.pixels)
    return np.where(light > np.median(light[::4, ::4]), 255, 0).astype(np.uint8)


def retoned(source: Source) -> Pixels:
    """Four flat greys instead of tones."""
    light = cv2.GaussianBlur(_grey(source.pixels), (0, 0), 2.0)
    return np.asarray(np.minimum(255, (light // 64) * 85), np.uint8)


def squeezed(factor: float) -> Change:
    """Narrower, as high as before."""

    def change(source: Source) -> Pixels:
        height, width = source.pixels.shape[:2]
        return resized(source.pixels, round(width * factor), height)

    return change


def turned(source: Source) -> Pixels:
    """Every screen turned by two degrees, as by hand on a scanner."""
    parts = []
    for part in _sliced(source.pixels, 1280):
        height, width = part.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 2, 1)
        parts.append(np.asarray(cv2.warpAffine(part, matrix, (width, height), borderValue=(255,) * 3), np.uint8))
    return np.concatenate(parts)


def noisy(source: Source) -> Pixels:
    """Grain and a little blur."""
    grain = np.random.default_rng(5).normal(0, 9, source.pixels.shape)
    return np.clip(cv2.GaussianBlur(source.pixels, (0, 0), 1.0) + grain, 0, 255).astype(np.uint8)


ATTACKS = (
    Attack("sliced again", plain, 0.99),
    Attack("grey", grey, 0.99),
    Attack("quality 30", plain, quality=30),
    Attack("quality 20", plain, quality=20),
    Attack("half the size", scaled(0.5)),
    Attack("0.35 of the size", scaled(0.35)),
    Attack("logo", logo),
    Attack("tiled watermark", tiled),
    Attack("banners between panels", banners),
    Attack("sides cut 2 %", cropped(0.02)),
    Attack("sides cut 4 %", cropped(0.04)),
    Attack("sides cut 8 %", cropped(0.08)),
    Attack("sides cut 15 %", cropped(0.15)),
    Attack("contrast and gamma", contrasted),
    Attack("gutters trimmed", trimmed),
    Attack("gutters recoloured", recoloured),
    Attack("gutters removed", abutting),
    Attack("mirrored", mirrored, 0.95),
    Attack("side bars", framed, 0.95),
    Attack("coloured frames", boxed, 0.95),
    Attack("night colours", night, 0.95),
    Attack("dimmed", dimmed, 0.95),
    Attack("zoomed to the middle 80 %", magnified, 0.95),
    Attack("panels at 80 %", shrunk, 0.95),
    Attack("another language", plain, other=True),
    Attack("combined", combined, 0.93, other=True, quality=40),
    Attack("a fifth missing", missing, None),
    Attack("shuffled", shuffled, None, ordered=False),
    Attack("binarised place by place", binarised, None),
    Attack("binarised at one level", split, None),
    Attack("four greys", retoned, None),
    Attack("squeezed to 95 %", squeezed(0.95), None),
    Attack("squeezed to 85 %", squeezed(0.85), None),
    Attack("turned by 2 degrees", turned, None),
    Attack("grain and blur", noisy, None),
)


def _grey(pixels: Pixels) -> Pixels:
    light = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return np.repeat(light[:, :, None], 3, axis=2)


def _scaled(pixels: Pixels, factor: float) -> Pixels:
    return resized(pixels, round(pixels.shape[1] * factor), round(pixels.shape[0] * factor))


def _cropped(pixels: Pixels, share: float) -> Pixels:
    cut = round(pixels.shape[1] * share)
    return np.ascontiguousarray(pixels[:, cut : pixels.shape[1] - cut])


def _sliced(pixels: Pixels, height: int) -> list[Pixels]:
    return [pixels[top : top + height] for top in range(0, pixels.shape[0], height)]


def _banded(source: Source, change: Callable[[Pixels], Pixels]) -> Pixels:
    bands: list[Rows] = list(source.bands)
    parts = [change(source.pixels[top:bottom]) for top, bottom in bands]
    return np.concatenate(parts)


def _stamped(pixels: Pixels, step: int, left: int, size: int, across: int = 10_000) -> Pixels:
    image = Image.fromarray(pixels).convert("RGBA")
    over = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(over)
    for y in range(60, image.height, step):
        for x in range(left, image.width, across):
            draw.text((x, y), "PIRATE.EXAMPLE", fill=(255, 0, 0, 130), font=font("en", size))
    return np.asarray(Image.alpha_composite(image, over).convert("RGB"), np.uint8)

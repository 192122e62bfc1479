"""Strips drawn for the tests: panels of shapes and texture, balloons lettered per language, and what copies suffer."""

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

Pixels = npt.NDArray[np.uint8]
Attack = Callable[[Pixels], Pixels]

WIDTH = 720


def panel(rng: np.random.Generator, height: int, width: int = 672) -> Image.Image:
    """A picture of soft colours, hard shapes and hatching."""
    soft = rng.integers(30, 210, (rng.integers(3, 7), rng.integers(3, 7), 3)).astype(np.uint8)
    image = Image.fromarray(np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(26):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        size = int(rng.integers(14, 130))
        colour = tuple(int(c) for c in rng.integers(10, 225, 3))
        points = [(x + int(dx), y + int(dy)) for dx, dy in rng.integers(-size, size, (int(rng.integers(3, 7)), 2))]
        if rng.random() < 0.5:
            draw.polygon(points, fill=colour, outline=(15, 15, 15))
        else:
            draw.ellipse((x - size, y - size // 2, x + size, y + size // 2), fill=colour, outline=(15, 15, 15), width=3)
    for _ in range(40):
        x, y, dx, dy = (int(value) for value in rng.integers(0, [width, height, 60, 60]))
        draw.line((x, y, x + dx - 30, y + dy - 30), fill=(20, 20, 20), width=int(rng.integers(1, 4)))
    return image


def letter(image: Image.Image, seed: int, language: str) -> None:
    """Two white balloons with lettering: the same balloons for a seed, other letters for each language."""
    rng, draw = np.random.default_rng(seed), ImageDraw.Draw(image)
    for _ in range(2):
        x, y = int(rng.integers(20, image.width - 240)), int(rng.integers(10, max(11, image.height - 130)))
        draw.ellipse((x, y, x + 220, y + 110), fill="white", outline="black", width=3)
        letters = np.random.default_rng([seed, *language.encode()]).integers(0, 26, 60)
        text = "".join(chr(ord("A") + int(number)) for number in letters)
        for line in range(4):
            draw.text((x + 50, y + 25 + 16 * line), text[15 * line : 15 * line + 15], fill="black", font_size=14)


def episode(seed: int, panels: int = 6, language: str = "en", gutter: tuple[int, int, int] = (255, 255, 255)) -> Pixels:
    """A long strip, 720 wide, with gutters; the same pictures for a seed in every language."""
    rng = np.random.default_rng(seed)
    parts = [np.full((40, WIDTH, 3), gutter, np.uint8)]
    for number in range(panels):
        picture = panel(rng, int(rng.integers(360, 640)))
        letter(picture, seed * 100 + number, language)
        row = np.full((picture.height, WIDTH, 3), gutter, np.uint8)
        row[:, 24 : 24 + picture.width] = np.asarray(picture)
        parts += [row, np.full((int(rng.integers(30, 120)), WIDTH, 3), gutter, np.uint8)]
    return np.concatenate(parts)


def slices(strip: Pixels, height: int = 1280, first: int = 0) -> list[Pixels]:
    """Cut every `height` rows, the first cut after `first`."""
    stops = sorted({0, *range(first or height, strip.shape[0], height), strip.shape[0]})
    return [strip[top:bottom] for top, bottom in pairwise(stops) if bottom - top > 8]


def encode(pixels: Pixels, quality: int = 88, kind: str = "JPEG") -> bytes:
    """A picture as a file's bytes."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, quality=quality)
    return out.getvalue()


def save(folder: Path, pictures: Sequence[Pixels], quality: int = 88) -> Path:
    """Write pictures into a folder in reading order."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, pixels in enumerate(pictures):
        (folder / f"{number:03}.jpg").write_bytes(encode(pixels, quality))
    return folder


def scaled(factor: float) -> Attack:
    """Another width."""
    return lambda pixels: np.asarray(
        Image.fromarray(pixels).resize((round(pixels.shape[1] * factor), max(1, round(pixels.shape[0] * factor)))),
        np.uint8,
    )


def sides_cut(share: float) -> Attack:
    """Both sides cut by a share of the width."""
    return lambda pixels: pixels[:, round(WIDTH * share) : WIDTH - round(WIDTH * share)]


def watermarked(pixels: Pixels) -> Pixels:
    """A site's name across every slice, half transparent."""
    image = Image.fromarray(pixels).convert("RGBA")
    over = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(over)
    for y in range(60, image.height, 420):
        draw.text((140, y), "READ AT PIRATE.EXAMPLE", fill=(255, 0, 0, 130), font_size=36)
    return np.asarray(Image.alpha_composite(image, over).convert("RGB"), np.uint8)


def grey(pixels: Pixels) -> Pixels:
    """No colour."""
    return np.asarray(Image.fromarray(pixels).convert("L"), np.uint8)


def contrasted(pixels: Pixels) -> Pixels:
    """More contrast, brighter middle tones."""
    table = np.clip(255 * ((np.arange(256) / 255) ** 0.75) * 1.1 - 10, 0, 255).astype(np.uint8)
    return table[pixels]


def framed(pixels: Pixels) -> Pixels:
    """Coloured bars left and right."""
    return np.asarray(cv2.copyMakeBorder(pixels, 0, 0, 50, 50, cv2.BORDER_CONSTANT, value=(200, 30, 60)), np.uint8)


def mirrored(pixels: Pixels) -> Pixels:
    """Left is right."""
    return np.ascontiguousarray(pixels[:, ::-1])


def negative(pixels: Pixels) -> Pixels:
    """Light is dark."""
    return 255 - pixels

"""Strips as sites hand them out: panels under each other, re-cut, rescaled, pressed again, some with a mark on them."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from marque.training.dice import Dice
from marque.training.library import Work, works
from marque.training.strips.figures import figure
from marque.training.strips.lettering import font, letter
from marque.training.strips.scenes import PALETTES, PLACES, paint, sky

WIDTH = 720


@dataclass(frozen=True, slots=True)
class Cut:
    """How one site hands out a strip. `only` takes some panels (an excerpt); empty means all."""

    width: int = WIDTH
    height: int = 1600
    form: str = "jpeg"
    quality: int = 80
    mark: str = ""
    names: str = "{:03d}"
    only: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """One delivered picture."""

    name: str
    data: bytes
    media_type: str
    width: int
    height: int


Order = tuple[str, str, str, Cut]


def panel(work: Work, number: int, dice: Dice) -> Image.Image:
    """A panel without its words."""
    own = dice.of("panel", work.key, number)
    height, colours = own.between(44, 68) * 10, PALETTES[work.style]
    image = sky(WIDTH, height, colours[0], colours[1])
    draw = ImageDraw.Draw(image)
    PLACES[(number + work.style) % len(PLACES)](draw, image.size, own.of("place"), colours)
    image = paint(image, own.of("paint"), 11, 15)
    draw = ImageDraw.Draw(image)
    for at in range(own.between(1, 2)):
        foot = (own.between(140, WIDTH - 140), height + own.between(10, 90))
        figure(
            draw,
            foot,
            own.between(90, 170),
            dice.of("person", work.key, (number + at) % 3),
            own.of("pose", at),
            colours,
        )
    image = paint(image, own.of("grain"), 3, 7)
    ImageDraw.Draw(image).rectangle((0, 0, WIDTH - 1, height - 1), outline=(12, 12, 14), width=4)
    return image


def stacked(panels: list[Image.Image], gaps: list[int]) -> Image.Image:
    """Panels under each other on white, as strips are read."""
    height = sum(image.height for image in panels) + sum(gaps)
    strip = Image.new("RGB", (WIDTH, height), (255, 255, 255))
    down = 0
    for image, gap in zip(panels, gaps, strict=True):
        strip.paste(image, (0, down + gap // 2))
        down += image.height + gap
    return strip


def pressed(strip: Image.Image, cut: Cut) -> list[Slice]:
    """The pieces of a strip in one site's way."""
    if cut.mark:
        strip = strip.copy()
        draw = ImageDraw.Draw(strip)
        for down in range(500, strip.height, 1400):
            draw.text(
                (WIDTH - 290, down),
                cut.mark,
                font=font("en", 24),
                fill=(240, 240, 240),
                stroke_width=2,
                stroke_fill=(60, 60, 60),
            )
    if cut.width != WIDTH:
        strip = strip.resize((cut.width, strip.height * cut.width // WIDTH), Image.Resampling.BICUBIC)
    pieces = []
    for at, top in enumerate(range(0, strip.height, cut.height), 1):
        piece = strip.crop((0, top, strip.width, min(strip.height, top + cut.height)))
        name = f"{cut.names.format(at)}.{'jpg' if cut.form == 'jpeg' else cut.form}"
        pieces.append(Slice(name, encoded(piece, cut), f"image/{cut.form}", piece.width, piece.height))
    return pieces


def encoded(image: Image.Image, cut: Cut) -> bytes:
    """A picture's bytes. Progressive and optimised files are left to others: they cost time and show nothing."""
    out = io.BytesIO()
    if cut.form == "webp":
        image.save(out, "WEBP", quality=cut.quality, method=2)
    else:
        image.save(out, "JPEG", quality=cut.quality, subsampling=2)
    return out.getvalue()


def fill(work_key: str, unit: str, orders: list[Order], dice: Dice) -> dict[Order, list[Slice]]:
    """All that sites ask for of one unit: drawn once, lettered once a language, cut as often as asked."""
    work = next(work for work in works() if work.key == work_key)
    numbers = work.panels(unit)
    bare = [panel(work, number, dice) for number in numbers]
    lettered: dict[str, list[Image.Image]] = {}
    out: dict[Order, list[Slice]] = {}
    for order in orders:
        language, cut = order[2], order[3]
        if language not in lettered:
            lettered[language] = [
                _said(image, language, dice.of("said", work.key, n)) for image, n in zip(bare, numbers, strict=True)
            ]
        chosen = [lettered[language][at] for at in cut.only] if cut.only else lettered[language]
        gaps = [dice.of("gap", work.key, numbers[at]).between(3, 9) * 10 for at in cut.only or range(len(numbers))]
        out[order] = pressed(stacked(chosen, gaps), cut)
    return out


def _said(image: Image.Image, language: str, dice: Dice) -> Image.Image:
    copy = image.copy()
    letter(copy, language, dice)
    return copy

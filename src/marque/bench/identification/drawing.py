"""Strips to be recognised, drawn in many styles: the same pictures for a seed, lettered in any language.

Colour strips with gutters of every kind and none, and black-and-white art as it is printed: dots, hatching, lines of
speed, bold ink. All works carry the same house card and credits, so that whoever lets those vote is found out. What
holds on drawn art need not hold on a master's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from marque.bench.identification import printing
from marque.training.dice import Dice
from marque.training.strips import lettering
from marque.training.strips.figures import figure
from marque.training.strips.scenes import PALETTES, PLACES, Colour, paint, sky

Pixels = npt.NDArray[np.uint8]
Rows = tuple[int, int]

WIDTH = 720
SIDE = 24  # white beside the panels
CARD = 260  # rows of the house card and of the credits


@dataclass(frozen=True, slots=True)
class Style:
    """How a work is drawn. `group` is the row of the table; `across` is how many panels may share a row."""

    name: str
    group: str
    art: str
    gutter: str
    balloon: str
    across: int = 1


STYLES = (
    Style("white gutters", "colour", "colour", "white", "white"),
    Style("dots", "black and white", "dots", "white", "white"),
    Style("black gutters, dark balloons", "colour", "colour", "black", "dark"),
    Style("hatching", "black and white", "hatching", "white", "bare"),
    Style("pages in colour", "pages", "colour", "white", "white", 3),
    Style("coloured gutters, no balloons", "colour", "colour", "coloured", "bare"),
    Style("lines of speed", "black and white", "speed", "black", "dark"),
    Style("gradient gutters", "colour", "colour", "gradient", "white"),
    Style("bold ink", "black and white", "ink", "white", "white"),
    Style("no gutters", "colour", "colour", "none", "bare"),
    Style("pages of dots", "pages", "dots", "white", "white", 3),
)


@dataclass(frozen=True, slots=True)
class Panel:
    """Where a panel lies on the strip."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Source:
    """A unit as it was published: its pixels in one language, its panels, and the rows that panels share."""

    name: str
    group: str
    pixels: Pixels
    panels: tuple[Panel, ...]
    bands: tuple[Rows, ...]


def episode(series: int, number: int, style: Style, language: str, panels: int = 8) -> Source:
    """One episode of a series: the same persons, colours and tone, other pictures; the same in every language."""
    cast = Dice("identification", series, style.name)
    dice = cast.of("episode", number)
    gutter = _gutters(style, dice.of("gutter"))
    made: list[Panel] = []
    bands: list[Rows] = []
    strips = [_card(("house",), "HARBOUR COMICS", language)]
    down = CARD
    for row in _rows(dice.of("layout"), style, panels):
        height = dice.of("height", row[0]).between(36, 60) * 10
        gap = 0 if style.gutter == "none" else dice.of("gap", row[0]).between(24, 120)
        side = 0 if style.gutter == "none" else SIDE
        band = np.repeat(gutter(down + np.arange(height + gap))[:, None], WIDTH, axis=1)
        for (left, right), at in zip(_columns(len(row), side, dice.of("columns", row[0])), row, strict=True):
            band[gap:, left:right] = panel((cast, dice), style, at, (right - left, height), language)
            made.append(Panel(left, down + gap, right, down + gap + height))
        strips.append(band)
        bands.append((down + gap, down + gap + height))
        down += height + gap
    strips += [np.repeat(gutter(down + np.arange(60))[:, None], WIDTH, axis=1), _card(("credits",), "CREDITS", "en")]
    return Source(f"{style.name} {series}.{number}", style.group, np.concatenate(strips), tuple(made), tuple(bands))


def panel(of: tuple[Dice, Dice], style: Style, number: int, size: tuple[int, int], language: str) -> Pixels:
    """One picture with its words, of a series and an episode."""
    (cast, dice), (width, height) = of, size
    own, colours = dice.of("panel", number), PALETTES[cast.of("palette").below(len(PALETTES))]
    image = sky(width, height, colours[0], colours[1])
    PLACES[own.below(len(PLACES))](ImageDraw.Draw(image), image.size, own.of("place"), colours)
    image = paint(image, own.of("paint"), 11, 15)
    draw = ImageDraw.Draw(image)
    for at in range(own.between(1, 2)):
        foot = (own.between(min(140, width // 3), width - min(140, width // 3)), height + own.between(10, 90))
        looks = cast.of("person", own.of("who", at).below(3))
        figure(draw, foot, own.between(90, 170), looks, own.of("pose", at), colours)
    if style.art == "colour":
        image = paint(image, own.of("grain"), 3, 7)
    else:
        image = printing.printed(image, style.art, own.of("print"), cast.of("tone").between(5, 8))
    ImageDraw.Draw(image).rectangle((0, 0, width - 1, height - 1), outline=(12, 12, 14), width=4)
    speak(image, style.balloon, language, own.of("said"))
    return np.asarray(image, np.uint8)


def speak(image: Image.Image, balloon: str, language: str, dice: Dice) -> None:
    """One or two sayings, on white, on black or straight on the picture, at the same places in each language."""
    if balloon == "white" and image.width > 400:
        lettering.letter(image, language, dice)
        return
    draw, face = ImageDraw.Draw(image), lettering.font(language, 26 if image.width > 400 else 18)
    fill, ink = ((18, 18, 26), (240, 240, 240)) if balloon == "dark" else ((255, 255, 255), (16, 16, 18))
    for at, text in enumerate(dice.sample(lettering.lines(language), dice.between(1, 2))):
        rows = lettering.wrapped(text, language, 10 if language in ("ja", "ko") else 16)
        tall, wide = int(face.size * 1.3), max(int(face.getlength(row)) for row in rows)
        x = dice.between(image.width // 3, image.width * 2 // 3)
        y = 74 if at == 0 else image.height - 78
        if balloon != "bare":
            box = (x - wide // 2 - 30, y - tall * len(rows) // 2 - 22)
            draw.ellipse((*box, 2 * x - box[0], 2 * y - box[1]), fill=fill, outline=ink, width=3)
        for line, row in enumerate(rows):
            place = (x - int(face.getlength(row)) // 2, y - tall * len(rows) // 2 + tall * line)
            draw.text(place, row, font=face, fill=ink, stroke_width=3 * (balloon == "bare"), stroke_fill=fill)


def _rows(dice: Dice, style: Style, panels: int) -> list[list[int]]:
    rows: list[list[int]] = []
    at = 0
    while at < panels:
        count = min(panels - at, dice.between(1, style.across))
        rows.append(list(range(at, at + count)))
        at += count
    return rows


def _columns(count: int, side: int, dice: Dice) -> list[Rows]:
    """Where the panels of one row begin and end, left to right, with a narrow gutter between."""
    inner, gap = WIDTH - 2 * side, 14
    cuts = [side + inner * at // count + (dice.between(-30, 30) if 0 < at < count else 0) for at in range(count + 1)]
    return [
        (a + (gap // 2 if at else 0), b - (gap // 2 if at + 1 < count else 0))
        for at, (a, b) in enumerate(pairwise(cuts))
    ]


def _gutters(style: Style, dice: Dice) -> Callable[[npt.NDArray[np.int64]], Pixels]:
    """The colour of each row of a strip's gutters."""
    one, other = ((dice.between(40, 220), dice.between(40, 220), dice.between(40, 220)) for _ in range(2))
    fixed: dict[str, tuple[Colour, Colour]] = {
        "white": ((255, 255, 255), (255, 255, 255)),
        "black": ((0, 0, 0), (0, 0, 0)),
        "coloured": (one, one),
    }
    first, second = np.array(fixed.get(style.gutter, (one, other)), np.float64)

    def colours(rows: npt.NDArray[np.int64]) -> Pixels:
        share = (0.5 - 0.5 * np.cos(rows / 400))[:, None]
        return np.asarray(np.rint(first * (1 - share) + second * share), np.uint8)

    return colours


def _card(name: Sequence[object], title: str, language: str) -> Pixels:
    """The house's card or the credits: the same in every work, known or not, but for a line in the language."""
    dice = Dice("card", *name)
    image = Image.new("RGB", (WIDTH, CARD), (250, 250, 250))
    draw = ImageDraw.Draw(image)
    for _ in range(26):
        x, y, r = dice.between(60, WIDTH - 60), dice.between(40, CARD - 40), dice.between(8, 40)
        tone = (dice.below(220), dice.below(220), dice.below(220))
        draw.polygon([(x - r, y + r), (x, y - r), (x + r, y + dice.below(r))], fill=tone, outline=(20, 20, 20))
    draw.text((150, 60), title, font=lettering.font("en", 44), fill=(20, 20, 30), stroke_width=2, stroke_fill="white")
    for line in range(3):
        said = lettering.lines(language)[line + 3]
        draw.text((130, 130 + 34 * line), said, font=lettering.font(language, 22), fill=(30, 30, 30))
    return np.asarray(image, np.uint8)


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """Another size, with the filter that suits the direction."""
    shrinks = width < pixels.shape[1]
    kind = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (max(1, width), max(1, height)), interpolation=kind), np.uint8)

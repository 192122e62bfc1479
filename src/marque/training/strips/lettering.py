"""Balloons and what is said in them. Left-to-right languages only: the basic layout engine shapes no other."""

import json
from functools import cache

from PIL import Image, ImageDraw, ImageFont

import marque
from marque.training.cast import DATA
from marque.training.dice import Dice

_FILES = {"ko": "NotoSansKR-400.ttf", "ja": "NotoSansJP-400.ttf"}
_UNSPACED = ("ja",)
_INK = (16, 16, 18)


@cache
def font(language: str, size: int) -> ImageFont.FreeTypeFont:
    """The shipped face of a language."""
    path = f"{marque.__path__[0]}/fonts/{_FILES.get(language, 'NotoSans-400.ttf')}"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def lines(language: str) -> tuple[str, ...]:
    """What may be said. The same place in each list says the same in each language."""
    said: dict[str, list[str]] = json.loads((DATA / "lines.json").read_text("utf-8"))
    return tuple(said[language])


def letter(image: Image.Image, language: str, dice: Dice) -> None:
    """Put this panel's balloons on it: places and lines are the panel's, only the words are the language's."""
    draw = ImageDraw.Draw(image)
    said = dice.sample(lines(language), dice.between(1, 2))
    for at, text in enumerate(said):
        centre = (dice.between(170, image.width - 170), 70 if at == 0 else image.height - 74)
        _balloon(draw, centre, text, language)


def _balloon(draw: ImageDraw.ImageDraw, centre: tuple[int, int], text: str, language: str) -> None:
    face = font(language, 26)
    rows = wrapped(text, language, 10 if language in _UNSPACED or language == "ko" else 16)
    wide = max(int(face.getlength(row)) for row in rows) + 64
    tall = 34 * len(rows) + 48
    x, y = centre
    draw.ellipse(
        (x - wide // 2, y - tall // 2, x + wide // 2, y + tall // 2), fill=(255, 255, 255), outline=_INK, width=3
    )
    for at, row in enumerate(rows):
        left = x - int(face.getlength(row)) // 2
        draw.text((left, y - 17 * len(rows) + 34 * at - 4), row, font=face, fill=_INK)


def wrapped(text: str, language: str, most: int) -> list[str]:
    """Lines of at most so many characters, broken between words where the language has any."""
    if language in _UNSPACED:
        return [text[at : at + most] for at in range(0, len(text), most)]
    rows = [""]
    for word in text.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > most:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows

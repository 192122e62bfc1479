"""Drawn pictures that groups signed, and pictures that nobody did: names put together by chance from invented words.

Latin lettering is also set in the face that Pillow brings; Korean and Japanese in the shipped one only, at times bold.
"""

import io
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from marque.bench.identification import drawing
from marque.signals.checks.forms import canonical
from marque.signals.marks.groups import KIND
from marque.training.dice import Dice
from marque.training.strips.lettering import font, lines

WIDTH, HEIGHT = 720, 900
QUALITIES, SCALES, SIZES = (85, 60, 40, 30), (1.0, 0.75, 0.6, 0.5), (20, 24, 28, 34)
GROUNDS = (((252, 248, 240), (30, 24, 40)), ((28, 30, 44), (236, 232, 220)), ((176, 208, 196), (10, 40, 36)))
# By language: first words, second words, and the words that make them a group's.
NAMES = {
    "en": ("Amber Cobalt Tidal Hollow Scarlet Winter", "Comet Thistle Sparrow Anvil", "Scans Scanlations"),
    "es": ("Faro Duna Lluvia Brasa Cumbre Menta", "Azul Serena Lejana Oculta", "Scans Fansub"),
    "ko": ("구름 여우 보라 고래 노을 이슬", "마을 바위 나비 창문", "번역팀 스캔팀"),
    "ja": ("朝霧 白狐 銀河 夕凪 若葉 流星", "の森 の窓 の海 の丘", "翻訳組 翻訳チーム"),
}
LABELS = {
    "en": ("Scans by ", "Translation: ", "Typeset by "),
    "es": ("Traducción: ", "Traducido por ", "Limpieza: "),
    "ko": ("번역: ", "식자: ", "스캔: "),
    "ja": ("翻訳：", "写植：", "スキャン："),
}
# Credits of lawful editions, drawn where nobody signed.
LAWFUL = {
    "en": ("Translated by Mara Finch", "Lettering: Tom Reed", "Published by Quay Comics"),
    "es": ("Traducción: Elena Prado", "Edición: Grupo Muelle", "Rotulación: Luis Rey"),
    "ko": ("번역: 김가람", "편집: 만화기획팀", "펴낸곳: 나루출판사"),
    "ja": ("翻訳：森山葵", "編集：漫画編集部", "発行：波止場出版"),
}


class Marked(NamedTuple):
    """A picture as it was delivered, and whom it names; "" where nobody."""

    data: bytes
    name: str


def marked(kind: str, language: str, seed: int, count: int) -> Iterator[Marked]:
    """Cards of credits, or busy panels with a mark in a corner."""
    for number in range(count):
        dice = Dice("marks", kind, language, seed, number)
        name = _name(language, dice.of("name"))
        if kind == "card":
            said = [dice.pick(LABELS[language]) + name, *dice.of("said").sample(lines(language), 2)]
            image = _card(said, language, dice.of("card"))
        else:
            image = _panel(language, dice.of("panel"))
            _corner(image, name, language, dice.of("corner"))
        yield Marked(_pressed(image, dice.of("pressed")), canonical(KIND, name, "group") or "")


def unmarked(language: str, seed: int, count: int) -> Iterator[Marked]:
    """Panels with what their persons say, and cards of lawful credits, in turn."""
    for number in range(count):
        dice = Dice("marks", "none", language, seed, number)
        image = _card(LAWFUL[language], language, dice) if number % 2 else _panel(language, dice)
        yield Marked(_pressed(image, dice.of("pressed")), "")


def _name(language: str, dice: Dice) -> str:
    apart = " " if language in ("en", "es") else ""
    return apart.join(dice.pick(words.split()) for words in NAMES[language])


def _card(said: tuple[str, ...] | list[str], language: str, dice: Dice) -> Image.Image:
    ground, ink = dice.pick(GROUNDS)
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    draw, size = ImageDraw.Draw(image), dice.between(22, 36)
    for at, text in enumerate(said):
        face = _face(text, language, size, dice)
        left = (WIDTH - face.getlength(text)) / 2 if dice.chance(50) else 60.0
        draw.text(
            (left, 160 + 80 * at), text, font=face, fill=ink, stroke_width=int(language in ("ko", "ja") and size > 30)
        )
    return image


def _panel(language: str, dice: Dice) -> Image.Image:
    style = dice.pick(drawing.STYLES)
    return Image.fromarray(drawing.panel((dice.of("cast"), dice.of("own")), style, 1, (WIDTH, HEIGHT), language))


def _corner(image: Image.Image, name: str, language: str, dice: Dice) -> None:
    face = _face(name, language, dice.pick(SIZES), dice)
    light = dice.chance(50)
    fill, edge = ((250, 250, 250), (10, 10, 10)) if light else ((16, 16, 20), (250, 250, 250))
    left = 30 if dice.chance(50) else WIDTH - 30 - face.getlength(name)
    top = 24 if dice.chance(50) else HEIGHT - 70
    ImageDraw.Draw(image).text((left, top), name, font=face, fill=fill, stroke_width=2, stroke_fill=edge)


def _face(text: str, language: str, size: int, dice: Dice) -> ImageFont.FreeTypeFont:
    """The shipped face, or for plain Latin letters the one that Pillow brings."""
    if text.isascii() and dice.chance(50):
        brought = ImageFont.load_default(size)
        if isinstance(brought, ImageFont.FreeTypeFont):
            return brought
    return font(language, size)


def _pressed(image: Image.Image, dice: Dice) -> bytes:
    out, scale = io.BytesIO(), dice.pick(SCALES)
    image.resize((int(image.width * scale), int(image.height * scale))).save(out, "JPEG", quality=dice.pick(QUALITIES))
    return out.getvalue()

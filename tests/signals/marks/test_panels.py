"""Names read off drawn pictures by the real program; what holds on drawn ones need not hold on a letterer's."""

import io
import shutil
import subprocess

import pytest
from PIL import Image, ImageDraw

from marque.bench.identification import drawing
from marque.signals.marks import asked, panels
from marque.training.dice import Dice
from marque.training.strips.lettering import font

LISTED = shutil.which(asked.PROGRAM) and subprocess.run(
    [asked.PROGRAM, "--list-langs"], capture_output=True, text=True, check=False
)
INSTALLED = set(LISTED.stdout.split()) if LISTED else set()


def needs(*data: str) -> pytest.MarkDecorator:
    lacking = sorted({*data, "eng"} - INSTALLED)
    return pytest.mark.skipif(bool(lacking), reason=f"tesseract-ocr is not installed with {', '.join(lacking)}")


def pressed(image: Image.Image, quality: int, scale: float) -> bytes:
    out = io.BytesIO()
    image.resize((int(image.width * scale), int(image.height * scale))).save(out, "JPEG", quality=quality)
    return out.getvalue()


def card(language: str, lines: tuple[str, ...], *, dark: bool = False) -> Image.Image:
    """A credit card: lines in the middle of a plain picture."""
    ground, ink = ((20, 20, 32), (235, 235, 240)) if dark else ((250, 250, 250), (24, 24, 30))
    image = Image.new("RGB", (720, 900), ground)
    for at, text in enumerate(lines):
        face = font(language, 34 if at == 0 else 24)
        ImageDraw.Draw(image).text(((720 - face.getlength(text)) / 2, 140 + 70 * at), text, font=face, fill=ink)
    return image


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "lines", "name"),
    [
        pytest.param("en", ("Scans by Paper Lantern Scans", "QC: kite"), "paper lantern scans", marks=needs(), id="en"),
        pytest.param("es", ("Traducción: Tinta Negra Scan",), "tinta negra scan", marks=needs("spa"), id="es"),
        pytest.param("ko", ("번역: 하늘번역팀", "식자: 모리"), "하늘번역팀", marks=needs("kor"), id="ko"),
        pytest.param("ja", ("スキャン：夜明け翻訳チーム",), "夜明け翻訳チーム", marks=needs("jpn"), id="ja"),
    ],
)
def test_credit_cards_are_read(language: str, lines: tuple[str, ...], name: str) -> None:
    assert panels.names_of(pressed(card(language, lines), 80, 1.0), language) == (name,)


@pytest.mark.slow
@needs()
def test_small_pressed_and_light_on_dark() -> None:
    image = card("en", ("Scanlated by Moonlit Scanlations",), dark=True)
    assert panels.names_of(pressed(image, 35, 0.6), "en") == ("moonlit scanlations",)


@pytest.mark.slow
@needs()
def test_the_end_of_a_tall_picture_is_read() -> None:
    strip = Image.new("RGB", (720, 6_000), "white")
    strip.paste(card("en", ("Scans by Night Owl Scans",)), (0, 5_100))
    assert panels.names_of(pressed(strip, 80, 1.0), "en") == ("night owl scans",)


@pytest.mark.slow
@needs()
def test_panels_without_marks_and_lawful_credits_name_nobody() -> None:
    dice = Dice("unmarked")
    for number, style in enumerate(drawing.STYLES[:4]):
        drawn = drawing.panel((dice, dice.of("own")), style, number, (720, 700), "en")
        assert panels.names_of(pressed(Image.fromarray(drawn), 80, 1.0), "en") == ()
    lawful = card("en", ("Translated by Jane Doe", "Lettered by John Roe", "Published by Harbour Comics"))
    assert panels.names_of(pressed(lawful, 80, 1.0), "en") == ()

"""The shipped fonts are what the manifest says, may be shipped, and hold the characters six languages need."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

import marque

PACKAGE = Path(marque.__file__).parent
WEB, DRAW = PACKAGE / "web" / "static" / "fonts", PACKAGE / "fonts"
MEGABYTE = 1_000_000


def manifest(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return rows


def characters(folder: Path, family: str, weight: int) -> set[int]:
    found: set[int] = set()
    for row in manifest(folder):
        if (row["family"], row["weight"]) == (family, weight):
            with TTFont(folder / row["file"], lazy=True) as font:
                found |= set(font.getBestCmap())
    return found


def kanji() -> set[int]:
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF5) for cell in range(0xA1, 0xFF))
    return {ord(text) for text in (cell.decode("euc_jp", "ignore") for cell in cells) if text}


@pytest.mark.parametrize("folder", [pytest.param(WEB, id="web"), pytest.param(DRAW, id="drawing")])
def test_files_are_those_of_the_manifest(folder: Path) -> None:
    rows = manifest(folder)
    assert {row["file"] for row in rows} == {
        path.name for path in folder.iterdir() if path.suffix in {".woff2", ".ttf"}
    }
    for row in rows:
        data = (folder / row["file"]).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (row["sha256"], row["bytes"]), row["file"]
        assert row["licence"] == "OFL-1.1"
        assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / f"OFL-{row['family']}.txt").read_text("utf-8")


def test_all_fonts_together_stay_under_twelve_megabytes() -> None:
    assert sum(path.stat().st_size for folder in (WEB, DRAW) for path in folder.iterdir()) <= 12 * MEGABYTE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "weight"),
    [pytest.param(WEB, 400, id="web"), pytest.param(WEB, 600, id="web-bold"), pytest.param(DRAW, 400, id="drawing")],
)
def test_every_syllable_kanji_and_arabic_letter_is_there(folder: Path, weight: int) -> None:
    assert set(range(0xAC00, 0xD7A4)) <= characters(folder, "NotoSansKR", weight)
    assert kanji() | set(range(0x3041, 0x3097)) | set(range(0x30A1, 0x30FB)) <= characters(folder, "NotoSansJP", weight)
    assert set(range(0x621, 0x64B)) <= characters(folder, "NotoSansArabic", weight)
    assert {ord(letter) for letter in "aZñçÉœşğıŁαЖя€–…"} <= characters(folder, "NotoSans", weight)


def test_style_sheet_names_every_file_once() -> None:
    css = (WEB / "fonts.css").read_text("utf-8")
    assert css.count("@font-face") == len(manifest(WEB))
    for row in manifest(WEB):
        assert css.count(f'url("{row["file"]}")') == 1

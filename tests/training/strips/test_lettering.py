"""Words in balloons: broken where the language breaks them, and every letter is in the shipped face."""

import pytest
from fontTools.ttLib import TTFont

from marque.training.strips.lettering import font, lines, wrapped

LANGUAGES = ("ko", "es", "ja", "en", "pt", "id")


@pytest.mark.parametrize(
    ("text", "language", "rows"),
    [
        pytest.param("Nobody here.", "en", ["Nobody", "here."], id="spaces"),
        pytest.param("扉が開いた！", "ja", ["扉が開いた！"], id="short"),
        pytest.param("あいつを信じるな。今", "ja", ["あいつを信じ", "るな。今"], id="no-spaces"),
        pytest.param("Supercalifragilistic", "en", ["Supercalifragilistic"], id="one-long-word"),
    ],
)
def test_lines_break_where_the_language_does(text: str, language: str, rows: list[str]) -> None:
    assert wrapped(text, language, 6) == rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_can_be_drawn(language: str) -> None:
    with TTFont(str(font(language, 26).path)) as face:
        known = set(face.getBestCmap())
    assert {ord(letter) for line in lines(language) for letter in line} <= known


def test_each_language_says_the_same_number_of_things() -> None:
    assert {len(lines(language)) for language in LANGUAGES} == {len(lines("en"))}

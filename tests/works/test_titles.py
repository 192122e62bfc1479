"""Titles in any script: found however they are written, never inside another word, and never as evidence."""

import pyarrow as pa
import pytest

from marque.works.entries import Work
from marque.works.headings import HEADINGS
from marque.works.model import MATCHES
from marque.works.titles import Titles, support

WORKS = (
    Work("moon", {"en": "Moon River", "ko": "달의 강", "ja": "月の川", "es": "Río de Luna"}, None),
    Work("tower", {"en": "Tower", "ko": "탑", "zh": "神之塔", "ru": "Башня снов", "ar": "برج الأحلام"}, None),
    Work("night", {"en": "Moon River Night"}, None),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Read MOON-RIVER Chapter 12 online", {"moon": "Moon River"}, id="case and hyphen"),
        pytest.param("ｍｏｏｎ ｒｉｖｅｒ", {"moon": "Moon River"}, id="wide letters"),
        pytest.param("M\u043e\u043en River free", {"moon": "Moon River"}, id="look-alike letters"),
        pytest.param("달의강을 보다 12화", {"moon": "달의 강"}, id="Korean with a particle, without spaces"),
        pytest.param("rio de luna capítulo 3", {"moon": "Río de Luna"}, id="without accents"),
        pytest.param("月の川 第3話", {"moon": "月の川"}, id="Japanese"),
        pytest.param("神之塔 連載", {"tower": "神之塔"}, id="Chinese"),
        pytest.param("БАШНЯ СНОВ читать", {"tower": "Башня снов"}, id="Cyrillic"),
        pytest.param("اقرأ برج الأحلام", {"tower": "برج الأحلام"}, id="Arabic"),
        pytest.param("Moon Rivers", {}, id="inside a word"),
        pytest.param("honeymoon river", {}, id="at the end of a word"),
        pytest.param("탑승 안내", {}, id="too short a title"),
        pytest.param("The Towering", {}, id="part of another"),
        pytest.param("Moon River Night", {"moon": "Moon River", "night": "Moon River Night"}, id="one within another"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_names(text: str, expected: dict[str, str]) -> None:
    assert Titles(WORKS).named(text) == expected


def test_a_catalogue_without_titles_names_nothing() -> None:
    assert Titles([Work("x", {}, None)]).named("x") == {}


def test_supports_the_match_of_its_page_and_makes_none() -> None:
    matches = pa.Table.from_pylist([{"page": "a", "work": "moon"}, {"page": "b", "work": "moon"}], schema=MATCHES)
    named = pa.Table.from_pylist([{"page": "a", "text": "Moon River 1"}, {"page": "c", "text": "Moon River"}], HEADINGS)
    found = support(matches, named, WORKS)
    assert found["titled"].to_pylist() == ["Moon River", None]
    assert found.schema.equals(MATCHES, check_metadata=True)
    assert support(MATCHES.empty_table(), named, WORKS).num_rows == 0

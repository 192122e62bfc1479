"""One form for what reads the same, and every folded character leads back to where it came from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.text.folding import fold, scripts
from marque.works.text.model import HAN, LETTERS, SYLLABLES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Straße, ＦＵＬＬ width!", "strasse full WIDTH", id="case, width, punctuation"),
        pytest.param("los años de él", "los anos de el", id="accents"),
        pytest.param("cafe\u0301", "café", id="combining accents"),
        pytest.param("ｶﾞﾗｽ", "ガラス", id="half-width kana"),
        pytest.param("か\u3099", "が", id="kana marks apart"),
        pytest.param(unicodedata.normalize("NFD", "한글은 값"), "한글은 값", id="Hangul apart"),
        pytest.param("體後裡發髮", "体后里发发", id="Traditional Chinese"),
        pytest.param("pаsswоrd", "password", id="Cyrillic look-alikes"),
        pytest.param("ραѕѕωοrԁ", "password", id="Greek and Cyrillic look-alikes"),
        pytest.param("in\u200bvi\u00adsi\ufeffble\u2060", "invisible", id="characters shown as nothing"),
        pytest.param("il1IＩ", "lllll", id="what scanning confuses"),
        pytest.param("p4$$w0rd", "password", id="digits and signs for letters"),
        pytest.param("ﬁnd Ǆ", "find dž", id="ligatures"),
        pytest.param("𝕗𝖆𝓃𝒸𝔂", "fancy", id="mathematical letters"),
        pytest.param("a\ufe0fb\u3164c", "abc", id="selectors and fillers"),
        pytest.param("ВОДА", "вода", id="Cyrillic stays itself in any case"),
    ],
)
def test_reads_the_same(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text != ""


def test_what_differs_stays_apart() -> None:
    assert len({fold(word).text for word in ("word", "ward", "пить", "петь", "한", "할", "汉", "漠", "か", "き")}) == 10


@given(st.text(max_size=200))
def test_every_folded_character_leads_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.places) == len(folded)
    assert all(a <= b for a, b in zip(folded.places, folded.places[1:], strict=False))
    for char, place in zip(folded.text, folded.places.tolist(), strict=True):
        alone = fold(text[place]).text
        assert char in alone or "\uac00" <= char <= "\ud7a3"


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(max_size=50), st.text(max_size=50))
def test_the_pieces_fold_as_the_whole(one: str, other: str) -> None:
    assert fold(one + " " + other).text.startswith(fold(one).text[:-1])


def test_scripts() -> None:
    assert scripts(fold("a漢か한я1").codes).tolist() == [LETTERS, HAN, SYLLABLES, SYLLABLES, LETTERS, LETTERS]

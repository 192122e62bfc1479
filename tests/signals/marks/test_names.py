"""Whom a line names, and the many lines that name nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.signals.marks.lines import Line, Word
from marque.signals.marks.names import names, telling
from tests.signals.captured import values


def line(text: str, confidence: float = 92.0) -> Line:
    return Line(tuple(Word(word, confidence, at * 60, 0, 50, 20) for at, word in enumerate(text.split())))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Scans by Aurora Scans", "aurora scans", id="English"),
        pytest.param("SCANS BY AURORA", "aurora", id="only groups say scans by"),
        pytest.param("Translator: Moonlit Scanlations", "moonlit scanlations", id="role with a group"),
        pytest.param("Scanlation: Silver Fern Team - read at x.example", "silver fern team", id="cut behind the name"),
        pytest.param("Traducido por Tinta Negra Scan | moon.example", "tinta negra scan", id="Spanish"),
        pytest.param("Tradução: Lua Cheia Scans", "lua cheia scans", id="Portuguese"),
        pytest.param("Traduit par Team Papillon", "team papillon", id="French, group word first"),
        pytest.param("Penerjemah: Bulan Biru Scans", "bulan biru scans", id="Indonesian"),
        pytest.param("번역: 하늘번역팀", "하늘번역팀", id="Korean"),
        pytest.param("번 역 : 하 늘 번 역 팀", "하늘번역팀", id="Korean, torn by the program"),
        pytest.param("번역 은하수 번역팀", "은하수번역팀", id="Korean, written with a space"),
        pytest.param("翻訳：青空翻訳組", "青空翻訳組", id="Japanese, full-width colon"),
        pytest.param("スキャン：青空翻訳", "青空翻訳", id="a word agencies bear, behind a label of groups"),
        pytest.param("แปลโดย ทีมแมวดำ", "ทีมแมวดำ", id="Thai"),
        pytest.param("ترجمة: فريق القمر", "فريق القمر", id="Arabic"),
        pytest.param("スキ ャ ン : 夜明け 翻訳 チー ム", "夜明け翻訳チーム", id="Japanese, torn"),
        pytest.param("汉化：月光汉化组", "月光汉化组", id="Chinese"),
        pytest.param("Aurora Scans", "aurora scans", id="alone, as a watermark"),
        pytest.param("하늘번역팀", "하늘번역팀", id="alone, Korean"),
    ],
)
def test_a_line_that_names_a_group(text: str, name: str) -> None:
    assert telling(line(text))
    assert list(names(line(text))) == [name]
    assert list(names(line(text, 20.0))) == []  # the program itself is not sure


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Translated by Jane Doe", id="a person: lawful editions name translators"),
        pytest.param("번역: 홍길동", id="a person, Korean"),
        pytest.param("翻訳：山田花子", id="a person, Japanese"),
        pytest.param("Typesetter: mori", id="a member"),
        pytest.param("Translator: Tim Robertson", id="a person whose first name is a team in Indonesian"),
        pytest.param("Traducción: Grupo Planeta", id="a publisher that calls itself a group"),
        pytest.param("번역: 바른번역", id="an agency, Korean"),
        pytest.param("翻訳：弊社翻訳チーム", id="a firm's own team, Japanese"),
        pytest.param("번역: 네이버웹툰 번역팀", id="a publisher's team, Korean"),
        pytest.param("Translation: Translation Team", id="a label said twice"),
        pytest.param("번역: 검수팀", id="a label said twice, Korean"),
        pytest.param("scans by popular demand", id="no name behind the label"),
        pytest.param("Join our team", id="an appeal"),
        pytest.param("THE BRAIN SCANS", id="shouted dialogue"),
        pytest.param("Brain Scans", id="what is scanned"),
        pytest.param("Mana Scan", id="a window of a game"),
        pytest.param("Run the scans again, doctor!", id="dialogue"),
        pytest.param("Tradugao Lua Cheia Scans", id="a label misread"),
        pytest.param("우리 번역팀", id="ours"),
        pytest.param("번역이 끝났어", id="dialogue, Korean"),
        pytest.param("Scans by 12345 678", id="digits"),
        pytest.param("Scans by A", id="too short"),
        pytest.param("Scans by " + "Very " * 3 + "Longwindednamed Scans Of All", id="too long"),
        pytest.param("", id="nothing"),
    ],
)
def test_lines_that_name_nobody(text: str) -> None:
    assert list(names(line(text))) == []


def test_only_the_words_of_the_name_must_be_sure() -> None:
    words = tuple(
        Word(text, sure, at * 60, 0, 50, 20)
        for at, (text, sure) in enumerate([("Scans", 10.0), ("by", 20.0), ("Aurora", 90.0), ("Scans", 90.0)])
    )
    assert list(names(Line(words))) == ["aurora scans"]


def test_the_same_name_in_a_page_s_text_is_the_same_value() -> None:
    assert values("<p>Scans by Aurora  Scans</p>", "release-group") == list(names(line("Scans by Aurora Scans")))


@given(st.text(max_size=120))
def test_no_text_makes_it_fail(text: str) -> None:
    assert all(name == name.casefold() for name in names(line(text)))

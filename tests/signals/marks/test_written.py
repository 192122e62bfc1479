"""Credit lines in the text of pages: groups that sign so in many languages, and lawful credits that name nobody."""

import csv
from itertools import product
from pathlib import Path

import pytest

from marque.signals.marks import vocabulary, written
from marque.signals.marks.lines import Line, Word
from marque.signals.marks.names import names
from tests.signals.captured import sightings, values

KIND = "release-group"
with Path(__file__).with_name("lawful.csv").open(encoding="utf-8", newline="") as stream:
    LAWFUL = list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("page", "named"),
    [
        pytest.param("<p>번역: 하늘번역팀</p>", ["하늘번역팀"], id="Korean"),
        pytest.param("<b>번역</b> : 은하수 팀", ["은하수팀"], id="Korean, label in bold, name in two words"),
        pytest.param("<dt>식자</dt>\n   <dd class='x'>\n     바다팀</dd>", ["바다팀"], id="Korean, list of terms"),
        pytest.param("<p>역자 팀: 달빛번역팀 / 식자: 모리</p>", ["달빛번역팀"], id="Korean, team of translators"),
        pytest.param("<p>번역 : 모리, 식자 : 하늘팀</p>", ["하늘팀"], id="Korean, the letterer's team"),
        pytest.param("<p>翻訳：青空翻訳チーム</p>", ["青空翻訳チーム"], id="Japanese"),
        pytest.param("<p>翻訳グループ：夜明け翻訳組</p>", ["夜明け翻訳組"], id="Japanese, translating group"),
        pytest.param("<tr><th>写植</th><td>青空チーム</td>", ["青空チーム"], id="Japanese, table"),
        pytest.param("<p>翻译：月光汉化组</p>", ["月光汉化组"], id="Chinese"),
        pytest.param("<p>嵌字：月光漫畫漢化組</p>", ["月光漫畫漢化組"], id="Chinese, traditional"),
        pytest.param("<p>Traducción: Equipo Tinta Negra</p>", ["equipo tinta negra"], id="Spanish"),
        pytest.param("<p>TRADUCCIÓN: Lobos Fansub</p>", ["lobos fansub"], id="Spanish, capitals"),
        pytest.param("<p>Traducido por Tinta Negra Scan</p>", ["tinta negra scan"], id="Spanish, by"),
        pytest.param("<p>Tradução: Lua Cheia Scans e amigos</p>", ["lua cheia scans"], id="Portuguese"),
        pytest.param("<p>Traduction&nbsp;: Team Papillon</p>", ["team papillon"], id="French"),
        pytest.param("<p>Traduit par <i>Équipe Papillon</i></p>", ["équipe papillon"], id="French, by"),
        pytest.param("<p>Diterjemahkan oleh Tim Bulan Biru</p>", ["tim bulan biru"], id="Indonesian"),
        pytest.param("<p>แปลโดย ทีมแมวดำ</p>", ["ทีมแมวดำ"], id="Thai"),
        pytest.param("<p>ผู้แปล: แมวดำ สแกน</p>", ["แมวดำ สแกน"], id="Thai, two words"),
        pytest.param("<p>ترجمة: <a href='/t'>فريق القمر</a></p>", ["فريق القمر"], id="Arabic"),
        pytest.param("<p>المترجم: مون تيم</p>", ["مون تيم"], id="Arabic, team behind"),
        pytest.param("<p>Scanlated by Aurora</p>", ["aurora"], id="only groups say so"),
        pytest.param("<span>Translation</span> <a href=x>Luna Scans</a>", ["luna scans"], id="label in an element"),
        pytest.param("<p>Typeset by Luna team, 2020</p>", ["luna team"], id="English, small team"),
    ],
)
def test_groups_that_sign_a_page(page: str, named: list[str]) -> None:
    assert values(page, KIND) == named


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Translated by Jane Doe", id="a person"),
        pytest.param("Translator: Tim Robertson", id="a first name that is a team elsewhere"),
        pytest.param("번역: 팀 버튼", id="a first name, Korean"),
        pytest.param("CT scans by Siemens", id="scans of another kind"),
        pytest.param("Traducido por nuestro equipo", id="our team"),
        pytest.param("Scanlated by us", id="us"),
        pytest.param("Translated by volunteers and team", id="no name"),
    ],
)
def test_what_names_nobody(text: str) -> None:
    assert values(f"<p>{text}</p>", KIND) == []


@pytest.mark.parametrize("language", sorted({row["language"] for row in LAWFUL}))
def test_lawful_pages_name_nobody(language: str) -> None:
    """Every label before every lawful name, and prose and comments as they stand."""
    rows = [row for row in LAWFUL if row["language"] == language]
    of = {use: [row["text"] for row in rows if row["use"] == use] for use in ("label", "name", "prose")}
    credited = [f"{label}{end}{name}" for label, end, name in product(of["label"], (": ", "</b> "), of["name"])]
    assert len(credited) + len(of["prose"]) > 50
    found = {text: named for text in (*credited, *of["prose"]) if (named := values(f"<p>{text}</p>", KIND))}
    assert found == {}


def test_a_page_and_a_picture_say_the_same() -> None:
    said = "번역: 하늘번역팀"
    drawn = Line(tuple(Word(word, 92.0, at * 60, 0, 50, 20) for at, word in enumerate(said.split())))
    assert values(f"<p>{said}</p>", KIND) == list(names(drawn))


def test_a_name_in_a_comment_is_a_bystander_s() -> None:
    (found,) = sightings("<div class='comments'><p>번역: 하늘번역팀</p></div>", KIND)
    assert found.role == "bystander"


def test_the_bytes_hold_label_and_name() -> None:
    page = "<html><p>写植：青空チーム</p>"
    (found,) = sightings(page, KIND)
    assert page.encode()[found.start : found.end].decode() == "写植：青空チーム"


def test_a_line_cut_at_its_limit_names_nobody_by_half_a_word() -> None:
    assert values("<p>Traducción: " + "x" * 140 + ", 翻訳：" + "青空" * 40 + "</p>", KIND) == []


def test_every_label_is_looked_for_in_a_page_or_on_pictures_only() -> None:
    literals = {literal.decode() for literal in written.row().triggers}
    for use in ("own", "own-drawn", "role"):
        for label in vocabulary.of(use):
            assert any(literal.startswith(label.rstrip(":").lower()) for literal in literals), label

"""Every code that a page says exists in every language, and no language keeps one that nothing says."""

import csv
import re
from itertools import chain
from pathlib import Path

import polib
import pytest

from marque.signals import kinds
from marque.web.templatetags.words import GROUPS
from marque.words import LANGUAGES, LOCALES

WEB = Path(__file__).parents[2] / "src" / "marque" / "web"
NOT_CODES = re.compile(r"web\.(?:middleware|context|urls|models|views|queries|loading|templatetags|settings|wsgi)\b")


def entries(language: str) -> dict[str, str]:
    catalogue = polib.pofile(str(LOCALES / language / "LC_MESSAGES" / "web.po"))
    return {entry.msgid: entry.msgstr for entry in catalogue}


def said() -> set[str]:
    sources = chain(WEB.rglob("*.html"), WEB.rglob("*.py"), [WEB.parent / "cli" / "serve.py"])
    text = "\n".join(path.read_text("utf-8") for path in sources)
    literal = {code for code in re.findall(r"[\"'](web\.[a-z0-9.\-]+)[\"']", text) if not NOT_CODES.match(code)}
    made = {f"web.{group}.{value}" for group, values in GROUPS.items() for value in values}
    return (literal - {"web.code"}) | made


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing(language: str) -> None:
    known = entries(language)
    assert sorted(said() - set(known)) == []
    assert [code for code, text in known.items() if not text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_over(language: str) -> None:
    used = said()
    plain = {code: code.removesuffix(".one").removesuffix(".advice") for code in entries(language)}
    assert [code for code, base in plain.items() if code not in used and base not in used] == []


def test_languages_take_the_same_parameters() -> None:
    english, korean = entries("en"), entries("ko")
    assert english.keys() == korean.keys()
    for code, text in english.items():
        assert set(re.findall(r"{\w+}", korean[code])) == set(re.findall(r"{\w+}", text)), code


def test_every_criterion_has_words() -> None:
    text = (WEB.parent / "assessment" / "criteria.csv").read_text("utf-8")
    assert {row["criterion"] for row in csv.DictReader(text.splitlines())} == set(GROUPS["criterion"])


def test_every_kind_of_signal_has_a_name_and_says_what_it_does_not_prove() -> None:
    known = entries("en")
    assert [kind for kind in kinds.families() if f"web.kind.{kind}" not in known] == []
    assert [kind for kind in kinds.families() if f"web.proves-not.{kind}" not in known] == []

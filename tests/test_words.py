"""Every code that the source uses has a text in every language, and every catalogue is compiled."""

import re
from pathlib import Path

import polib
import pytest

from marque.words import LANGUAGES, LOCALES, known, say, spoken

SOURCE = LOCALES.parent
CATALOGUES = sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))
RAISED = re.compile(
    r"(?:WrongUsage|InputRefused|StoreFailure|StoreDamaged|MarqueError|WorkspaceBusy)\(\s*\"([a-z.\-]+)\""
)


def texts(path: Path) -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_compiled_catalogue_is_the_written_one(path: Path) -> None:
    compiled = {entry.msgid: entry.msgstr for entry in polib.mofile(str(path.with_suffix(".mo")))}
    assert compiled == texts(path), "run bin/words"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_no_text_is_empty_and_every_code_is_in_its_own_domain(path: Path) -> None:
    for code, text in texts(path).items():
        assert text, code
        assert code.startswith(path.stem + "."), code


def test_every_error_raised_has_a_sentence() -> None:
    raised = {code for path in SOURCE.rglob("*.py") for code in RAISED.findall(path.read_text("utf-8"))}
    assert raised
    assert sorted(code for code in raised if not known(code)) == []


def test_languages_agree_on_their_parameters() -> None:
    """A translation fills the same blanks as the English text, or a reader loses a fact."""
    blanks = re.compile(r"\{(\w+)\}")
    for language in LANGUAGES:
        for path in sorted((LOCALES / language / "LC_MESSAGES").glob("*.po")):
            english = texts(LOCALES / "en" / "LC_MESSAGES" / path.name)
            for code, text in texts(path).items():
                assert set(blanks.findall(text)) == set(blanks.findall(english.get(code, text))), (language, code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text(language: str) -> None:
    """A text that one language lacks is shown there as a bare code."""
    english = {code for path in (LOCALES / "en" / "LC_MESSAGES").glob("*.po") for code in texts(path)}
    there = {code for path in (LOCALES / language / "LC_MESSAGES").glob("*.po") for code in texts(path)}
    assert (sorted(english - there), sorted(there - english)) == ([], [])


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_no_text_is_written_twice(path: Path) -> None:
    codes = [entry.msgid for entry in polib.pofile(str(path))]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


@pytest.mark.parametrize("word", ["카탈로그", "작품"])
def test_one_thing_has_one_korean_word(word: str) -> None:
    """A catalogue is 목록 and a work 저작물, everywhere."""
    korean = [path for path in CATALOGUES if path.parts[-3] == "ko"]
    assert [code for path in korean for code, text in texts(path).items() if word in text] == []


def test_an_unknown_code_is_shown_rather_than_lost() -> None:
    assert say("nothing.known", "ko", path="x", size=3) == "nothing.known path=x size=3"


def test_a_missing_parameter_keeps_the_sentence() -> None:
    assert "{path}" in say("evidence.table-missing")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        pytest.param({"LANG": "ko_KR.UTF-8"}, "ko", id="the terminal's"),
        pytest.param({"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en", id="overruled"),
        pytest.param({"LANG": "fr_FR"}, "en", id="one we lack"),
        pytest.param({}, "en", id="none"),
    ],
)
def test_the_terminal_says_its_language(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    spoken.cache_clear()
    try:
        assert spoken() == language
        assert say("evidence.ingesting") == say("evidence.ingesting", language)
    finally:
        spoken.cache_clear()

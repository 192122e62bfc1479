"""Every problem the readers can name has a sentence and a row in the reference, and there are no others."""

import re
from pathlib import Path

import polib
import pytest

from marque.evidence.model import VERDICTS
from marque.words import LOCALES, known

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "marque" / "evidence"
CODE = re.compile(r'"(read\.[a-z0-9-]+)"')
BUILT = {"read.block-digest", "read.payload-digest"}  # put together in readers/body.py


def used() -> set[str]:
    return {code for path in SOURCE.rglob("*.py") for code in CODE.findall(path.read_text("utf-8"))} | BUILT


def test_every_problem_has_a_sentence_and_none_is_left_over() -> None:
    written = {entry.msgid for entry in polib.pofile(str(LOCALES / "en" / "LC_MESSAGES" / "read.po"))}
    codes = {code for code in written if not code.endswith(".advice") and not code.startswith("read.verdict.")}
    assert codes == used()
    assert all(known(f"read.verdict.{verdict}") for verdict in VERDICTS)


def test_every_problem_stands_in_the_reference() -> None:
    text = (ROOT / "docs" / "reference" / "readers.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(read\.[a-z0-9-]+)` \|", text, re.MULTILINE)) == used()


@pytest.mark.parametrize("domain", ["read", "evidence"])
def test_every_sentence_is_there_in_korean_with_the_same_particulars(domain: str) -> None:
    english, korean = (polib.pofile(str(LOCALES / each / "LC_MESSAGES" / f"{domain}.po")) for each in ("en", "ko"))
    told = {entry.msgid: sorted(set(re.findall(r"{(\w+)}", entry.msgstr))) for entry in english}
    assert {entry.msgid: sorted(set(re.findall(r"{(\w+)}", entry.msgstr))) for entry in korean} == told
    assert all(re.search(r"[가-힣]", entry.msgstr) for entry in korean)

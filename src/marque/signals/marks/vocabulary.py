"""The words of credit lines, by what they are used for and in which language: one file for pictures and for page text.

A word of one language counts behind that language's labels, because what says "team" in one is a first name in another.
English words count behind all, and so do words of scripts that no other language shares.
"""

import re
import unicodedata
from functools import cache

from marque.signals.rows import records

WIDE = r"\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_UNSPACED = WIDE + r"\u0e00-\u0e7f"
LABELS = ("own", "own-drawn", "role", "role-drawn")
_EVERYWHERE = frozenset({"en", "all"})
_BETWEEN = re.compile(rf"(?<=[{WIDE}])\s+(?=[{WIDE}])")
# Vowels and tones that stand above or below a letter, in Thai and in Arabic, are part of its word.
_MARKS = r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u064b-\u065f"
_WORDS = re.compile(rf"[^\W_](?:[\w'’&.{_MARKS}-]*(?:[^\W_]|[{_MARKS}]))?")


@cache
def of(use: str) -> frozenset[str]:
    """The words of a use in all languages."""
    return frozenset(_spoken(use))


@cache
def spoken(use: str, languages: frozenset[str]) -> frozenset[str]:
    """The words of a use that count behind a label of these languages."""
    known = languages | _EVERYWHERE
    return frozenset(word for word, its in _spoken(use).items() if its & known or unspaced(word))


@cache
def languages_of(label: str) -> frozenset[str]:
    """The languages in which a word is a label, however its parts are apart."""
    return _labels().get(bare(label), frozenset())


def even(text: str) -> str:
    """Full-width forms as plain ones, character by character."""
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", one)) == 1 else one for one in text)


def words(text: str) -> list[str]:
    """The words of a text, with letters of scripts without spaces put together."""
    return _WORDS.findall(_BETWEEN.sub("", text))


def wide(word: str) -> bool:
    """Whether a word ends in a script that is written without spaces, or may be."""
    return re.fullmatch(rf"[{WIDE}A-Za-z0-9]*[{WIDE}]", word) is not None


def unspaced(word: str) -> bool:
    """Whether parts of a word cannot be told apart by spaces."""
    return re.search(rf"[{_UNSPACED}]", word) is not None


def cased(word: str) -> bool:
    """Whether a word begins with a letter that could be a capital."""
    return word[0].lower() != word[0].upper()


def bare(label: str) -> str:
    """A label as it is looked up."""
    return re.sub(r"[\s:]", "", label).casefold()


@cache
def _spoken(use: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in records("marks"):
        if line["use"] == use:
            for word in line["words"].split("|"):
                found[word] = found.get(word, frozenset()) | {line["language"]}
    return found


@cache
def _labels() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for use in LABELS:
        for word, languages in _spoken(use).items():
            found[bare(word)] = found.get(bare(word), frozenset()) | languages
    return found

"""The language a page declares and the one it is written in. Neither says where whoever runs it lives.

Detection counts letters of scripts that one language uses, then frequent small words. A short text gives nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from marque.signals.hits import Hit
from marque.signals.rows import Match, load, records
from marque.signals.subject import Subject

ROWS = load("languages")
_TAG = re.compile(r"[a-z]{2,3}(?:$|[-_])")
# Letters that stand for one language. Han alone is Chinese only where neither kana nor Hangul stand beside it.
_ASCII = bytes(range(128))
_SCRIPTS = (
    ("ko", "\uac00", "\ud7a3"),
    ("ja", "\u3041", "\u30ff"),
    ("zh", "\u4e00", "\u9fff"),
    ("th", "\u0e01", "\u0e5b"),
    ("he", "\u05d0", "\u05ea"),
    ("el", "\u0386", "\u03ce"),
    ("hi", "\u0904", "\u0939"),
    ("km", "\u1780", "\u17b3"),
    ("my", "\u1000", "\u102a"),
    ("ka", "\u10d0", "\u10fa"),
    ("hy", "\u0561", "\u0587"),
)
_FEWEST_LETTERS, _SHARE = 24, 0.3  # of a script's own letters, and their share of letters beyond ASCII
_FEWEST_WORDS, _AHEAD = 5, 1.3  # small words needed, and how far ahead of the next language
_STRETCHES, _STRETCH = 8, 700  # how many stretches of the page are looked at, and how many bytes of each


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Languages of the page itself."""
    if not (subject.html and subject.top):
        return
    for match in matches[:1]:
        declared = match.value().lower().replace("_", "-")
        if _TAG.match(declared):
            yield Hit("language-declared", declared.partition("-")[0], match.start, match.end)
    found = detect(_sample(subject.text))
    if found:
        yield Hit("language-detected", found, 0, len(subject.text))


def _sample(text: bytes) -> bytes:
    """Stretches from all over the page, markup and all: hardly any tag is spelled like a small word."""
    step = max(1, len(text) // _STRETCHES)
    return b" ".join(text[place : place + _STRETCH] for place in range(0, len(text), step))


def detect(text: bytes) -> str | None:
    """The primary tag of the language of a text in UTF-8; None where it is too short or undecided."""
    foreign = Counter(text.translate(None, _ASCII).decode("utf-8", "ignore"))
    seen = [(letter, count) for letter, count in foreign.items() if letter.isalpha()]
    letters = sum(count for _, count in seen)
    for language, first, last in _SCRIPTS:
        own = sum(count for letter, count in seen if first <= letter <= last)
        if own >= _FEWEST_LETTERS and own >= letters * _SHARE:
            return language
    return _by_words(text.decode("utf-8", "ignore"))


def _by_words(text: str) -> str | None:
    scores: Counter[str] = Counter()
    languages, counts = _stopwords(), Counter(text.lower().split())
    for word in languages.keys() & counts.keys():
        for language in languages[word]:
            scores[language] += counts[word]
    best, second, *_ = (*sorted(scores.items(), key=lambda item: (-item[1], item[0])), ("", 0), ("", 0))
    return best[0] if best[1] >= _FEWEST_WORDS and best[1] >= second[1] * _AHEAD else None


@cache
def _stopwords() -> dict[str, list[str]]:
    """Small words, and the languages that have them."""
    languages: dict[str, list[str]] = {}
    for line in records("stopwords"):
        for word in line["words"].split():
            languages.setdefault(word, []).append(line["language"])
    return languages

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
_WORD = re.compile(r"[^\W\d_]+")
# Letters that stand for one language. Han alone is Chinese only where neither kana nor Hangul stand beside it.
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
_FEWEST_LETTERS, _SHARE = 24, 0.12  # of a script's own letters, and their share of all letters
_FEWEST_WORDS, _AHEAD = 5, 1.3  # small words needed, and how far ahead of the next language
_SAMPLE = 4000


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Languages of the page itself."""
    if not (subject.html and subject.top):
        return
    for match in matches[:1]:
        declared = match.value().lower().replace("_", "-")
        if _TAG.match(declared):
            yield Hit("language-declared", declared.partition("-")[0], match.start, match.end)
    text = _sample(subject)
    found = detect(text)
    if found:
        yield Hit("language-detected", found, 0, len(subject.text))


def _sample(subject: Subject) -> str:
    pieces, length = [], 0
    for node in subject.document.prose:
        text = node.text(deep=False)
        if len(text) > 3:
            pieces.append(text)
            length += len(text)
        if length > _SAMPLE:
            break
    return " ".join(pieces)[:_SAMPLE]


def detect(text: str) -> str | None:
    """The primary tag of the language of a text; None where it is too short or undecided."""
    seen = [(letter, count) for letter, count in Counter(text).items() if letter.isalpha()]
    letters = sum(count for _, count in seen)
    for language, first, last in _SCRIPTS:
        own = sum(count for letter, count in seen if first <= letter <= last)
        if own >= _FEWEST_LETTERS and own >= letters * _share(language):
            return language
    return _by_words(text)


def _share(language: str) -> float:
    """Japanese mixes kana with Han, so that kana need a smaller share than letters of other scripts."""
    return _SHARE if language != "zh" else 2 * _SHARE


def _by_words(text: str) -> str | None:
    counts = Counter(_WORD.findall(text.lower()))
    scores = sorted(((sum(counts[word] for word in words), name) for name, words in _stopwords()), reverse=True)
    (best, language), (second, _) = scores[:2]
    return language if best >= _FEWEST_WORDS and best >= second * _AHEAD else None


@cache
def _stopwords() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((line["language"], tuple(line["words"].split())) for line in records("stopwords"))

"""Which rules of the verdicts a document can fit at all, told by its bytes before anybody parses it.

One pass looks for every word that the rules' texts, titles and sources ask for. A word missing from the bytes is
missing from the page, except where letters are written as entities: such a document is parsed in any case.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from marque.evidence import limits
from marque.evidence.pagetext import folded

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

# quotes are written in many ways, and letters with accents often as entities
_QUOTES = re.compile(r"[\s'\"`´‘’“”…]+")
_PLAIN = re.compile(r"[a-z0-9._@:/-]+")
_LATIN_ENDS, _SHORT = "\u0250", 4
_FIELDS = ("text", "source")
_MANY = 5 * limits.MIB // 2


class Condition(NamedTuple):
    """One condition of a rule."""

    field: str
    needles: tuple[str, ...]
    limit: int


class Rule(NamedTuple):
    """A verdict and the conditions that must all hold for it."""

    name: str
    verdict: str
    tests: tuple[Condition, ...]

    @property
    def bare(self) -> bool:
        """Whether the rule needs nothing but status, headers and host."""
        return all(test.field in ("status", "host") or test.field.startswith("header:") for test in self.tests)


class Screen:
    """Everything the rules look for in documents.

    Building the quicker automaton takes as long as reading a few pages with the slower one, so it is built once many
    bytes have been read.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._read = 0

    def found(self, source: bytes) -> frozenset[str]:
        """The words that stand in a document's lower-case UTF-8."""
        self._read += len(source)
        matcher = self._slow if self._read < _MANY else self._quick
        seen = {match[0] for match in matcher.find_matches_as_indexes(source, overlapping=True)}
        return frozenset(map(self._words.__getitem__, seen))

    def possible(self, source: bytes, seen: frozenset[str], *, hidden: bool) -> list[Rule]:
        """The rules all of whose conditions have a needle with all its words there."""
        fits = [
            (rule, titles)
            for rule, needs, titles, without in self._needs
            if without.isdisjoint(seen) and (hidden or all(any(map(seen.issuperset, each)) for each in needs))
        ]
        told = _titles(source) if any(titles for _, titles in fits) else ""
        return [rule for rule, titles in fits if all(any(needle in told for needle in each) for each in titles)]

    @cached_property
    def _needs(self) -> list[tuple[Rule, list[list[frozenset[str]]], list[tuple[str, ...]], frozenset[str]]]:
        """Of each rule the needles of its texts and sources, those of its titles, and what must not be there."""
        return [
            (
                rule,
                [
                    [_words_of(test.field, needle) for needle in test.needles]
                    for test in rule.tests
                    if test.field in _FIELDS
                ],
                [test.needles for test in rule.tests if test.field == "title"],
                frozenset(needle for test in rule.tests if test.field == "source-not" for needle in test.needles),
            )
            for rule in self._rules
        ]

    @cached_property
    def _forms(self) -> list[tuple[bytes, str]]:
        words = {
            word
            for rule in self._rules
            for test in rule.tests
            if test.field in (*_FIELDS, "source-not")
            for needle in test.needles
            for word in _words_of(test.field, needle)
        }
        return sorted({(form, word) for word in words for form in _written(word)})

    @cached_property
    def _words(self) -> list[str]:
        return [word for _, word in self._forms]

    @cached_property
    def _slow(self) -> "BytesAhoCorasick":
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        return BytesAhoCorasick([form for form, _ in self._forms], implementation=Implementation.ContiguousNFA)

    @cached_property
    def _quick(self) -> "BytesAhoCorasick":
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        return BytesAhoCorasick([form for form, _ in self._forms], implementation=Implementation.DFA)


def _titles(source: bytes) -> str:
    """Everything that may be the title, as its reader sees it: pictures have titles too, and comments may hold one."""
    import html

    found, at = [], source.find(b"<title")
    while at >= 0:
        end = source.find(b"</title", at)
        found.append(source[at : end if end >= 0 else len(source)].partition(b">")[2])
        at = source.find(b"<title", end) if end >= 0 else -1
    return folded(html.unescape(b"\n".join(found).decode("utf-8", "replace")))


@lru_cache(maxsize=4_096)
def _words_of(field: str, needle: str) -> frozenset[str]:
    """The words a needle is looked for by: of a source as it stands, of text those that are safe to seek."""
    if field.startswith("source"):
        return frozenset((needle,))
    words = [_safe(word) for word in _QUOTES.split(needle) if word]
    return frozenset(word for word in words if len(word) > _SHORT or not word.isascii()) or frozenset(
        (max(words, key=len),)
    )


def _safe(word: str) -> str:
    """A word, or the longest part of it without letters that may be written as entities."""
    latin = not word.isascii() and all(letter < _LATIN_ENDS for letter in word)
    return max(_PLAIN.findall(word), key=len, default=word) if latin else word


def _written(word: str) -> Iterable[bytes]:
    """As the word may be written in UTF-8 whose ASCII letters are lower-case."""
    return {form.encode().lower() for form in (word, word.capitalize(), word.upper())}

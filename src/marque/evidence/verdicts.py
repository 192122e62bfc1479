"""What a response is: content, or something that stands in its place.

Criteria are dated rows in `data/verdicts.csv`: all rows of a rule must hold, any needle of a row will do. A page of
some length, with many links or pictures, is content whatever words it uses; a short page that fits no rule is content
too. A verdict says what was served to this visitor then; others may have been served something else.
"""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs

from marque.evidence import http
from marque.evidence.model import CONTENT
from marque.evidence.pagetext import PageText, page_text, without_embedded
from marque.evidence.readers.item import Item
from marque.evidence.sites import host_of

RULES = Path(__file__).parent / "data" / "verdicts.csv"
_DOCUMENTS = ("", "text/html", "application/xhtml+xml")
_TEXT, _LINKS, _IMAGES = 4_000, 60, 25
_START, _TAGS, _PARAGRAPHS = 32_768, 600, 25
_CHEAP_FIRST = ("text<", "links<", "images<", "title", "text", "source", "source-not")
_LEGACY = ("cp949", "cp932", "euc-jp", "gb18030", "big5", "cp1251", "koi8-r", "cp1252", "cp1250", "cp1254", "cp1258")
_REDIRECT = range(300, 400)


class Test(NamedTuple):
    """One condition of a rule."""

    field: str
    needles: tuple[str, ...]
    limit: int


class Rule(NamedTuple):
    """A verdict and the conditions that must all hold for it."""

    name: str
    verdict: str
    tests: tuple[Test, ...]

    @property
    def bare(self) -> bool:
        """Whether the rule needs nothing but status, headers and host."""
        return all(test.field in ("status", "host") or test.field.startswith("header:") for test in self.tests)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of their rows."""
    found: dict[str, tuple[str, list[Test]]] = {}
    with RULES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            counted = row["field"].endswith("<")
            needles = () if counted else tuple(row["needles"].lower().split("|"))
            test = Test(row["field"], needles, int(row["needles"]) if counted else 0)
            found.setdefault(row["rule"], (row["verdict"], []))[1].append(test)
    return tuple(Rule(name, verdict, tuple(tests)) for name, (verdict, tests) in found.items())


def _cheap_first(rule: Rule) -> Rule:
    ordered = sorted(rule.tests, key=lambda t: _CHEAP_FIRST.index(t.field) if t.field in _CHEAP_FIRST else -1)
    return rule._replace(tests=tuple(ordered))


@cache
def _split() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Rules that need no look at the page, and the others with the conditions that cost least in front."""
    return tuple(r for r in rules() if r.bare), tuple(_cheap_first(r) for r in rules() if not r.bare)


@cache
def _words() -> tuple[ahocorasick_rs.BytesAhoCorasick, tuple[str, ...], frozenset[int]]:
    """Everything to look for in a document's bytes: the needles, and which of them make a look at the page worth it.

    Needles of text are looked for by their longest word, in the encodings pages are written in.
    """
    found: dict[bytes, tuple[str, bool]] = {}
    for rule in rules():
        first = next((test for test in rule.tests if test.field in ("text", "title", "source")), None)
        for test in rule.tests:
            if test is first or test.field.startswith("source"):
                for needle in test.needles:
                    word = needle if test.field.startswith("source") else max(needle.split(), key=len)
                    for form in _written(word):
                        found[form] = (needle, test is first or found.get(form, ("", False))[1])
    forms = sorted(found)
    hints = frozenset(at for at, form in enumerate(forms) if found[form][1])
    matcher = ahocorasick_rs.BytesAhoCorasick(forms, implementation=ahocorasick_rs.Implementation.DFA)
    return matcher, tuple(form.decode("latin-1") for form in forms), hints


def _written(word: str) -> Iterable[bytes]:
    if word.isascii():
        return [word.encode()]
    found = set()
    for form in (word, word.capitalize(), word.upper()):
        for coding in ("utf-8", *_LEGACY):
            try:
                found.add(form.encode(coding).lower())
            except UnicodeEncodeError:
                continue
    return found


def verdict_of(item: Item, top: bool) -> str:
    """The verdict of one response, judged by itself. Only top-level documents are judged by what they show."""
    for rule in _split()[0]:
        if all(_outside(test, item) for test in rule.tests):
            return rule.verdict
    if item.status is not None and item.status in _REDIRECT and item.status != 304:
        return "redirect"
    if top and item.body.payload and item.media_type in _DOCUMENTS and (shown := _shown(item)) is not None:
        return shown
    if item.status is None:
        return "error" if item.locator.coding == "har" else CONTENT
    return "error" if item.status >= 400 else CONTENT


def _shown(item: Item) -> str | None:
    """The verdict of what a document shows, None where no rule fits."""
    payload = without_embedded(item.body.payload)
    start = payload[:_START]
    if not payload or start.count(b"<") > _TAGS or start.count(b"</p>") > _PARAGRAPHS:
        return None
    low = payload.lower()
    if low.count(b"<a ") > _LINKS:
        return None
    matcher, words, hints = _words()
    seen = {match[0] for match in matcher.find_matches_as_indexes(low, overlapping=True)}
    if seen.isdisjoint(hints) and not _hidden(low):
        return None
    page = page_text(payload, http.first(item.headers, "content-type"), _TEXT, _LINKS)
    if page is None or page.images > _IMAGES:
        return None
    source = frozenset(words[at] for at in seen)
    fits = (rule for rule in _split()[1] if all(_holds(test, item, page, source) for test in rule.tests))
    return next((rule.verdict for rule in fits), None)


def _hidden(low: bytes) -> bool:
    """Whether a document is written so that its bytes do not show its words."""
    return low.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x1b$" in low or low.count(b"&#") > 20


def _outside(test: Test, item: Item) -> bool:
    """A condition on what surrounds the payload."""
    if test.field == "status":
        return item.status is not None and str(item.status) in test.needles
    if test.field == "host":
        return host_of(item.uri) in test.needles
    value = http.first(item.headers, test.field.partition(":")[2])
    return value is not None and any(needle in value.lower() for needle in test.needles)


def _holds(test: Test, item: Item, page: PageText, source: frozenset[str]) -> bool:
    match test.field:
        case "text<":
            return len(page.text) < test.limit
        case "links<":
            return page.links < test.limit
        case "images<":
            return page.images < test.limit
        case "text":
            return any(needle in page.text for needle in test.needles)
        case "title":
            return any(needle in page.title for needle in test.needles)
        case "source":
            return not source.isdisjoint(test.needles)
        case "source-not":
            return source.isdisjoint(test.needles)
    return _outside(test, item)

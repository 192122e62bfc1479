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


@cache
def _split() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    return tuple(rule for rule in rules() if rule.bare), tuple(rule for rule in rules() if not rule.bare)


@cache
def _hints() -> ahocorasick_rs.BytesAhoCorasick:
    """Words one of which every page has that a rule can fit, in the encodings pages are written in."""
    words: set[bytes] = set()
    for rule in _split()[1]:
        test = next(test for test in rule.tests if test.field in ("text", "title", "source"))
        for needle in test.needles:
            words.update(_written(needle if test.field == "source" else max(needle.split(), key=len)))
    return ahocorasick_rs.BytesAhoCorasick(sorted(words))


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
    low = payload.lower()
    if low.count(b"<a ") > _LINKS or not _hinted(low):
        return None
    page = page_text(payload, http.first(item.headers, "content-type"))
    if len(page.text) > _TEXT or page.links > _LINKS or page.images > _IMAGES:
        return None
    return next((rule.verdict for rule in _split()[1] if all(_holds(test, item, page) for test in rule.tests)), None)


def _hinted(low: bytes) -> bool:
    """Whether a word of some rule may stand in it, or it is written so that bytes do not tell."""
    if low.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x1b$" in low or low.count(b"&#") > 20:
        return True
    return next(iter(_hints().find_matches_as_indexes(low)), None) is not None


def _outside(test: Test, item: Item) -> bool:
    """A condition on what surrounds the payload."""
    if test.field == "status":
        return item.status is not None and str(item.status) in test.needles
    if test.field == "host":
        return host_of(item.uri) in test.needles
    value = http.first(item.headers, test.field.partition(":")[2])
    return value is not None and any(needle in value.lower() for needle in test.needles)


def _holds(test: Test, item: Item, page: PageText) -> bool:
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
            return any(needle in page.source for needle in test.needles)
        case "source-not":
            return not any(needle in page.source for needle in test.needles)
    return _outside(test, item)

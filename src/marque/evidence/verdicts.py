"""What a response is: content, or something that stands in its place.

Criteria are dated rows in `data/verdicts.csv`: all rows of a rule must hold, any needle of a row will do. A page of
some length, with many links or pictures, is content whatever words it uses; a short page that fits no rule is content
too. A verdict says what was served to this visitor then; others may have been served something else.
"""

import csv
from functools import cache
from pathlib import Path

from marque.evidence import http, screen
from marque.evidence.model import CONTENT
from marque.evidence.pagetext import PageText, page_text, searchable, without_embedded
from marque.evidence.readers.item import Item
from marque.evidence.screen import Condition, Rule
from marque.evidence.sites import host_of

RULES = Path(__file__).parent / "data" / "verdicts.csv"
_DOCUMENTS = ("", "text/html", "application/xhtml+xml")
_TEXT, _LINKS, _IMAGES = 4_000, 60, 25
_START, _TAGS, _PARAGRAPHS, _ENTITIES = 32_768, 600, 25, 20
_STEP = 16_384
_CHEAP_FIRST = ("text<", "links<", "images<", "title", "text", "source", "source-not")
_REDIRECT = range(300, 400)


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of their rows."""
    found: dict[str, tuple[str, list[Condition]]] = {}
    with RULES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            counted = row["field"].endswith("<")
            needles = () if counted else tuple(row["needles"].lower().split("|"))
            test = Condition(row["field"], needles, int(row["needles"]) if counted else 0)
            found.setdefault(row["rule"], (row["verdict"], []))[1].append(test)
    return tuple(Rule(name, verdict, tuple(tests)) for name, (verdict, tests) in found.items())


def _cheap_first(rule: Rule) -> Rule:
    ordered = sorted(rule.tests, key=lambda t: _CHEAP_FIRST.index(t.field) if t.field in _CHEAP_FIRST else -1)
    return rule._replace(tests=tuple(ordered))


@cache
def _outside_rules() -> tuple[tuple[Rule, ...], frozenset[str], frozenset[str]]:
    """Rules that need no look at the page, the headers they ask about, and the statuses and hosts they name."""
    found = tuple(rule for rule in rules() if rule.bare)
    tests = [test for rule in found for test in rule.tests]
    headers = {test.field.partition(":")[2] for test in tests if test.field.startswith("header:")}
    named = {needle for test in tests if test.field in ("status", "host") for needle in test.needles}
    return found, frozenset(headers), frozenset(named)


@cache
def _screen() -> screen.Screen:
    """The other rules, the conditions that cost least in front."""
    return screen.Screen([_cheap_first(rule) for rule in rules() if not rule.bare])


def verdict_of(item: Item, top: bool) -> str:
    """The verdict of one response, judged by itself. Only top-level documents are judged by what they show."""
    if (told := _told(item)) is not None:
        return told
    if item.status is not None and item.status in _REDIRECT and item.status != 304:
        return "redirect"
    if top and item.body.payload and item.media_type in _DOCUMENTS and (shown := _shown(item)) is not None:
        return shown
    if item.status is None:
        return "error" if item.locator.coding == "har" else CONTENT
    return "error" if item.status >= 400 else CONTENT


def _told(item: Item) -> str | None:
    """The verdict of what surrounds the payload: status, headers and host."""
    outside, headers, named = _outside_rules()
    if named.isdisjoint((str(item.status), host_of(item.uri))) and headers.isdisjoint([n for n, _ in item.headers]):
        return None
    return next((rule.verdict for rule in outside if all(_outside(test, item) for test in rule.tests)), None)


def _shown(item: Item) -> str | None:
    """The verdict of what a document shows, None where no rule fits."""
    payload = item.body.payload
    if _ample(payload):
        return None
    payload = without_embedded(payload)
    if not payload or (len(payload) < len(item.body.payload) and _ample(payload)):
        return None
    told = http.first(item.headers, "content-type")
    source = searchable(payload, told)
    if source.count(b"<a ") > _LINKS:
        return None
    seen = _screen().found(source)
    possible = _screen().possible(source, seen, hidden=source.count(b"&#") > _ENTITIES)
    page = page_text(payload, told, _TEXT, _LINKS) if possible else None
    if page is None or page.images > _IMAGES:
        return None
    fits = (rule for rule in possible if all(_holds(test, item, page, seen) for test in rule.tests))
    return next((rule.verdict for rule in fits), None)


def _ample(payload: bytes) -> bool:
    """Whether a document has more links than a notice, or begins with more tags or paragraphs than one has."""
    links = 0
    for at in range(0, len(payload), _STEP):
        links += payload.count(b"</a>", at, at + _STEP)
        if links > _LINKS:
            return True
    return payload.count(b"<", 0, _START) > _TAGS or payload.count(b"</p>", 0, _START) > _PARAGRAPHS


def _outside(test: Condition, item: Item) -> bool:
    """A condition on what surrounds the payload."""
    if test.field == "status":
        return item.status is not None and str(item.status) in test.needles
    if test.field == "host":
        return host_of(item.uri) in test.needles
    value = http.first(item.headers, test.field.partition(":")[2])
    return value is not None and any(needle in value.lower() for needle in test.needles)


def _holds(test: Condition, item: Item, page: PageText, source: frozenset[str]) -> bool:
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

"""HAR 1.2 of browsers, proxies and Splash, read entry by entry.

Damage in one entry costs that entry: reading goes on at the next place where an entry begins.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from itertools import chain

from marque.evidence import http, limits
from marque.evidence.model import Capture, Problem
from marque.evidence.readers.body import Budget
from marque.evidence.readers.harentry import Place, item_of
from marque.evidence.readers.harpages import Tops, mains
from marque.evidence.readers.harsource import Source, source_of
from marque.evidence.readers.item import Item
from marque.evidence.readers.jsonstream import Broken, Json, Text

_BEGINS = re.compile(
    r"\{\s*\"(?:_[a-zA-Z]+|cache|connection|pageref|request|response|serverIPAddress|startedDateTime|time|timings)\""
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_Found = tuple[int, Json]


class Reader:
    """Reads the entries of one HAR."""

    def __init__(self, source: Source, mains: Mapping[str, Tops] | None = None) -> None:
        self.source = source
        self.mains = mains
        self.titles: dict[str, str] = {}
        self.budget = Budget.of(source.length)
        self.ordinal = 0
        self._searched = 0
        self._named: set[str] = set()

    def __iter__(self) -> Iterator[Item | Problem]:
        text = _text(self.source)
        yield from self.source.problems
        try:
            found = yield from self._log(text)
            if not found:
                yield Problem("read.har-no-entries", 0)
            if text.peek():
                yield Problem("read.har-trailing", text.offset)
        except Broken as broken:
            if broken.code not in self._named:
                yield Problem(broken.code, broken.offset)
        if text.replaced:
            yield Problem("read.har-not-utf8")

    def _log(self, text: Text) -> Generator[Item | Problem, None, bool]:
        """The entries of the `log` object. Ends with whether there was a list of them."""
        found = False
        for key in _keys(text):
            if key != "log" or text.peek() != "{":
                text.value()
                continue
            for inner in _keys(text):
                if inner == "entries" and text.peek() == "[":
                    found = True
                    yield from self._entries(text)
                else:
                    self._other(inner, text.value())
        return found

    def _other(self, key: str, value: Json) -> None:
        if key == "pages" and isinstance(value, list):
            for page in value:
                if isinstance(page, dict) and isinstance(page.get("id"), str) and len(self.titles) < limits.ADDRESSES:
                    self.titles[str(page["id"])] = str(page.get("title") or "")

    def _entries(self, text: Text) -> Iterator[Item | Problem]:
        text.expect("[")
        if text.peek() == "]":
            text.pos += 1
            return
        entry: _Found | Broken | None = self._entry(text)
        while entry is not None:
            if isinstance(entry, Broken):
                self._named.add(entry.code)
                yield Problem(entry.code, entry.offset)
                entry = self._resync(text)
                continue
            place = Place(self.ordinal, entry[0], self.source.member)
            item = item_of(entry[1], place, sorted(set(text.twice)), self.source.attached, self.budget)
            yield item if self.mains is None else self._placed(item)
            self.ordinal += 1
            text.twice.clear()
            entry = self._following(text)

    def _placed(self, item: Item) -> Item:
        """The item, told whether it is its pageref's page (or a redirect on the way there)."""
        assert self.mains is not None
        page = item.hints.page
        if page is None or page not in self.mains:
            return item
        main, pages, frame, address = self.mains[page]
        on_the_way = main is not None and (item.ordinal < main or (frame is not None and item.hints.frame == frame))
        redirect = http.first(item.headers, "location") is not None and item.hints.kind in (None, "document")
        top = item.ordinal in pages or (on_the_way and redirect)
        return item._replace(hints=item.hints._replace(top=top, page_uri=address))

    def _entry(self, text: Text) -> _Found | Broken:
        start = text.offset
        try:
            return start, text.value()
        except Broken as broken:
            return broken

    def _following(self, text: Text) -> _Found | Broken | None:
        """The entry behind a comma, None behind the last."""
        character = text.peek()
        if character in ("]", ","):
            text.pos += 1
            return None if character == "]" else self._entry(text)
        return Broken("read.har-damaged" if character else "read.har-cut", text.offset)

    def _resync(self, text: Text) -> _Found | None:
        """The next sound entry behind a damaged place."""
        while self._searched <= limits.REWIND * self.source.length + limits.MIB:
            text.pos += 1
            if not text.find(_BEGINS):
                return None
            before = len(text.buf) - text.pos
            entry = self._entry(text)
            self._searched += before
            if not isinstance(entry, Broken) and isinstance(entry[1], dict) and "request" in entry[1]:
                return entry
        return None


def read(capture: Capture) -> Iterator[Item | Problem]:
    """The entries, each told whether it is a page: found out in a first reading, where entries name pages at all."""
    source = source_of(capture)
    first = Reader(source)
    found = mains((item for item in first if isinstance(item, Item)), first.titles)
    yield from Reader(source, found)


def _text(source: Source) -> Text:
    chunks = source.chunks()
    first = next(chunks, b"")
    for mark, coding in _BOMS:
        if first.startswith(mark):
            return Text(chain((first[len(mark) :],), chunks), coding, len(mark))
    return Text(chain((first,), chunks))


def _keys(text: Text) -> Iterator[str]:
    """The keys of the object at the place; whoever asks takes each value before going on."""
    text.expect("{")
    if text.peek() == "}":
        text.pos += 1
        return
    while True:
        if text.peek() != '"':
            raise Broken("read.har-damaged" if text.peek() else "read.har-cut", text.offset)
        key = text.value()
        text.expect(":")
        yield str(key)
        if text.peek() == "}":
            text.pos += 1
            return
        text.expect(",")

"""The markup that the one pass looks for, and the elements made of it, as the HTML Standard's tokenizer reads them.

Every element keeps the place of its start tag, so a value comes with the bytes it stands in; a parse tree would have
lost them. What stands in comments, scripts, styles and text fields is no markup. Reading stops at nothing and goes
over every byte once: a tag that is never closed swallows the rest of the page, as it does in a browser.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

SECTIONS = ("header", "footer", "nav", "main", "aside", "section")
PICTURES = ("img", "video")
CARRIERS = ("meta", "link", "script", "iframe", "embed", "source", *SECTIONS)
# Elements whose content is text, whatever it looks like (HTML Standard, 13.2.5: RCDATA, RAWTEXT, script data).
_RAW = ("script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes")
_OPENING = tuple(dict.fromkeys((*CARRIERS, *PICTURES, *_RAW)))
_PICTURES = frozenset(_OPENING.index(name) for name in PICTURES)
_ID = len(_OPENING)
_LINKED, _COMMENT, _COMMENT_END = _ID + 1, _ID + 2, _ID + 3
_CLOSING = {name: _COMMENT_END + 1 + place for place, name in enumerate(_RAW)}
# In the order of the numbers under which the pass reports them; a report gives the place behind what it met.
MARKUP = (
    *(rb"<" + name.encode() + rb"[\s/>]" for name in _OPENING),
    rb"\sid=[\"']",
    # A picture after the start of a link, and before its end.
    rb"<a\s(?:[^<]|</[^a]|<[^/])*<(?:img|video)[\s/]",
    rb"<!--",
    rb"-->",
    *(rb"</" + name.encode() + rb"[\s/>]" for name in _RAW),
)
_UNTIL = tuple(_CLOSING.get(name, -1) for name in _OPENING)
_WIDTH = tuple(len(name) + 1 for name in _OPENING)

_VALUE = rb"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>))"""
_REST = re.compile(rb"""(?:[\s/]++|[^\s/>][^\s/>=]*+(?:%s|(?!\s*+=)))*+>""" % _VALUE)
_ATTRIBUTE = re.compile(rb"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))?)?""")
# In an attribute a name without a semicolon is a reference only where no letter, digit or `=` follows.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31}(?:;|(?![A-Za-z0-9=;])))")
MOST_ELEMENTS = 20_000  # of a page; what made more would only cost time
_LONGEST_SIZE = 6  # digits; Python refuses to read numbers of thousands of digits
_NOWHERE = (0, 0)


class Element:
    """One start tag with what it carries; its attributes are read when first asked for."""

    __slots__ = ("_attributes", "_text", "end", "start", "tag")

    def __init__(self, tag: str, text: bytes, start: int, end: int) -> None:
        self.tag, self.start, self.end = tag, start, end
        self._text = text
        self._attributes: dict[bytes, bytes] | None = None

    @property
    def attributes(self) -> dict[bytes, bytes]:
        """Raw values by lower-case name; the first of a name counts."""
        if self._attributes is None:
            written = self._text[self.start + 1 + len(self.tag) : self.end - 1]
            self._attributes = {
                name.lower(): double or single or bare
                for name, double, single, bare in reversed(_ATTRIBUTE.findall(written))
            }
        return self._attributes

    def raw(self, name: str) -> bytes:
        """The value as written, b"" where there is none."""
        if self._attributes is None:
            found = _one(name).search(self._text, self.start, self.end - 1)
            if found is None:
                return b""
            # Outside of any other value, if the quotes before it come in pairs.
            before = self._text[self.start : found.start() + 1]
            if not (before.count(b'"') & 1 or before.count(b"'") & 1):
                return found[1] or found[2] or found[3] or b""
        return self.attributes.get(name.encode(), b"")

    def get(self, name: str) -> str:
        """The value as a browser reads it, "" where there is none."""
        raw = self.raw(name)
        return read(raw) if raw else ""

    @property
    def bare(self) -> bool:
        """Whether the tag has no attributes."""
        return self.end - self.start == len(self.tag) + 2

    def leaves(self, own: bytes) -> bool:
        """Whether a link may lead away from `own` ("//host/"): enough to pass most links over unread."""
        place = self._text.find(b"//", self.start, self.end)
        if place < 0:
            return self.mentions(b"http")
        rest = self._text.find(b"//", place + 2, self.end), self._text.find(b"http", place + 2, self.end)
        return rest != (-1, -1) or not self._text.startswith(own, place)

    def mentions(self, word: bytes) -> bool:
        """Whether the tag's bytes hold a word: quicker than its attributes, and enough to pass most tags over."""
        return self._text.find(word, self.start, self.end) >= 0

    def span(self, name: str) -> tuple[int, int]:
        """Where the value stands, as bytes of the text."""
        offset, wanted = self.start + 1 + len(self.tag), name.encode()
        for found in _ATTRIBUTE.finditer(self._text, offset, self.end - 1):
            if found[1].lower() == wanted:
                return next((found.span(group) for group in (2, 3, 4) if found[group]), found.span(1))
        return _NOWHERE

    def pixels(self, name: str) -> int:
        """A size in pixels; 0 where none is said, or none that a page can mean."""
        written = self.get(name)
        return int(written) if written.isdecimal() and len(written) <= _LONGEST_SIZE else 0


@cache
def _one(name: str) -> re.Pattern[bytes]:
    """One attribute's value."""
    return re.compile(
        rb"""(?i)[\s"'/]%s(?![^\s/>=])(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))?)?""" % name.encode()
    )


def read(raw: bytes) -> str:
    """An attribute's raw value with its character references resolved."""
    value = raw.decode("utf-8", "replace")
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), value) if "&" in value else value


@dataclass(slots=True)
class Places:
    """What stands on a page in such numbers that only its place is kept, until somebody asks for more."""

    pictures: list[tuple[int, int]] = field(default_factory=list)  # which, and the place behind `<img `
    linked: set[int] = field(default_factory=set)  # of those, what a link may hold
    ids: list[int] = field(default_factory=list)  # behind `id="` in other elements

    def kept(self, which: int, after: int) -> bool:
        """Whether an opening is one of these; it is noted then."""
        if which in _PICTURES:
            if len(self.pictures) < MOST_ELEMENTS:
                self.pictures.append((which, after))
        elif which == _ID:
            self.ids.append(after)
        elif which == _LINKED:
            self.linked.add(after)
        else:
            return False
        return True


def elements(text: bytes, events: Iterable[tuple[int, int]], places: Places) -> Iterator[Element]:
    """The carriers among the openings that the pass met (which, place behind it), in page order."""
    reached, until = 0, -1
    for which, after in events:
        if until >= 0:
            until = -1 if which == until else until
        elif after > reached and not places.kept(which, after):
            if which >= _COMMENT:
                until = _COMMENT_END if which == _COMMENT else -1
                continue
            rest = _REST.match(text, after - 1)
            if rest is None:
                return
            reached, until = rest.end(), _UNTIL[which]
            if which < len(CARRIERS):
                yield Element(_OPENING[which], text, after - 1 - _WIDTH[which], reached)


def picture_at(text: bytes, which: int, after: int) -> Element | None:
    """The picture whose start tag was met (which, place behind it); None where it never ends."""
    rest = _REST.match(text, after - 1)
    return Element(_OPENING[which], text, after - 1 - _WIDTH[which], rest.end()) if rest else None


def link_at(text: bytes, start: int) -> Element | None:
    """The link whose start tag begins at `start`; None where it never ends."""
    rest = _REST.match(text, start + 2)
    return Element("a", text, start, rest.end()) if rest else None


def links(text: bytes) -> Iterator[Element]:
    """The links of a page. For the few pages that need them: links are too many to be met in every pass."""
    place = 0
    while found := _LINK.search(text, place):
        place = found.end()
        if found["link"]:
            link = link_at(text, found.start())
            if link is None:
                return
            place = link.end
            yield link


_LINK = re.compile(
    rb"(?is)<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|title)(?=[\s/>]).*?(?:</(?P=raw)|\Z)|(?P<link><a)(?=[\s/])"
)

"""What a page is made of: the elements that carry signals, and the links around its pictures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from marque.signals.markup import MOST_ELEMENTS, Element, Places, elements, link_at, picture_at

_EMPTY = frozenset({b"source", b"img", b"br", b"wbr", b"hr", b"input", b"meta", b"link"})  # never hold anything
_WRAPS = frozenset({b"span", b"div", b"p", b"figure", b"center", b"picture", b"li", b"b", b"strong"})
_FAR, _DEEP = 2048, 3  # bytes and elements between a link and its picture
_NAME = re.compile(rb"(?i)\s(?:name|property)\s*=\s*[\"']?\s*([^\"'\s>]+)")
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9-]*+)")


@dataclass(frozen=True, slots=True)
class Document:
    """The elements of a page by tag, in page order."""

    text: bytes
    elements: dict[str, list[Element]]
    places: Places

    def metas(self) -> dict[bytes, list[Element]]:
        """The page's statements about itself, by lower-case name or property."""
        named: dict[bytes, list[Element]] = {}
        for element in self.elements.get("meta", ()):
            for name in _NAME.findall(self.text, element.start, element.end):
                named.setdefault(name.lower(), []).append(element)
        return named

    def of(self, *tags: str) -> Iterator[Element]:
        for tag in tags:
            yield from self.elements.get(tag, ())

    def pictures(self, *, linked: bool) -> Iterator[Element]:
        """Pictures and films, or those of them that a link may hold."""
        for which, after in self.places.pictures:
            if not linked or after in self.places.linked:
                picture = picture_at(self.text, which, after)
                if picture is None:
                    return
                yield picture

    def link_around(self, picture: Element, own: bytes) -> Element | None:
        """The link that holds a picture, with nothing but wrappers between them, and may lead away from `own`."""
        start = _last_link(self.text, picture.start)
        link = link_at(self.text, start) if start >= 0 else None
        return link if link and link.leaves(own) and _wrapped(self.text[link.end : picture.start]) else None


def document(text: bytes, events: Sequence[tuple[int, int]]) -> Document:
    """The page made of the markup that the pass met in its text."""
    found: dict[str, list[Element]] = {}
    places = Places()
    for element in islice(elements(text, events, places), MOST_ELEMENTS):
        found.setdefault(element.tag, []).append(element)
    return Document(text, found, places)


def _last_link(text: bytes, place: int) -> int:
    """Where the last link before `place` opens, unless it is closed again; -1 where there is none near."""
    first = max(0, place - _FAR)
    start = text.rfind(b"<a", first, place)
    start = start if start >= 0 else text.rfind(b"<A", first, place)
    if start < 0 or text[start + 2 : start + 3].strip() or text.find(b"</a", start, place) >= 0:
        return -1
    return start


def _wrapped(between: bytes) -> bool:
    """Whether every element still open at the end of the stretch is a mere wrapper."""
    still: list[bytes] = []
    for closing, name in _TAG.findall(between.lower()):
        if closing:
            if name in still:
                del still[len(still) - 1 - still[::-1].index(name) :]
            elif name == b"a":
                return False
        elif name not in _EMPTY:
            still.append(name)
    return len(still) <= _DEEP and _WRAPS.issuperset(still)

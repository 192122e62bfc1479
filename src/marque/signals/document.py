"""What a page is made of, read off the one parse: the elements that carry signals, in page order.

The parse tree has no offsets. `Finder` leads from a value in the tree back to the bytes it stands in: it searches on
from the last place found, since elements come in the order of their bytes. Where a value is spelled differently in
the bytes (character references), the span is that of the element's raw text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNSEEN = str.maketrans("", "", "\t\r\n")  # what browsers take out of addresses
_LONGEST_SIZE = 6  # digits; Python refuses to read numbers of thousands of digits
_CARRIERS = "meta[content],link[href],script[src],iframe[src],embed[src],source[src],img,video[poster]"


class Element(NamedTuple):
    """One element with what it carries."""

    tag: str
    attributes: dict[str, str | None]
    node: LexborNode

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def pixels(self, name: str) -> int:
        """A size in pixels; 0 where none is said, or none that a page can mean."""
        written = self.get(name)
        return int(written) if written.isdecimal() and len(written) <= _LONGEST_SIZE else 0


@dataclass(frozen=True, slots=True)
class Document:
    """The elements of a page that carry signals, by tag."""

    elements: dict[str, list[Element]]

    def of(self, *tags: str) -> Iterator[Element]:
        for tag in tags:
            yield from self.elements.get(tag, ())


def walk(tree: LexborHTMLParser) -> Document:
    """One search for everything that is asked for."""
    elements: dict[str, list[Element]] = {}
    for node in tree.css(_CARRIERS) if tree.root is not None else ():
        tag = str(node.tag)
        elements.setdefault(tag, []).append(Element(tag, node.attributes, node))
    return Document(elements)


class Finder:
    """From values in the tree back to their bytes, in page order."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._place = 0

    def span(self, value: str) -> tuple[int, int]:
        """Where a value stands; the whole text where its spelling cannot be found."""
        for raw in _spellings(value):
            start = self._text.find(raw, self._place)
            start = self._text.find(raw) if start < 0 and self._place else start
            if start >= 0:
                self._place = start
                return start, start + len(raw)
        return 0, len(self._text)


def _spellings(value: str) -> tuple[bytes, ...]:
    plain = value.encode("utf-8", "replace")
    if not any(sign in value for sign in "&<>\"'"):
        return (plain,)
    return (plain, escape(value, quote=False).encode("utf-8", "replace"), value.replace("&", "&#038;").encode())


def path_of(address: str) -> str:
    """The path of a web address, whatever else is wrong with it."""
    bare = address.partition("#")[0].partition("?")[0].translate(_UNSEEN)
    _, slash, path = bare.partition("//")[2].partition("/")
    return slash + path


def absolute(address: str, base: str) -> str:
    """An address as the browser would load it."""
    address = address.strip()
    if address.startswith(("http://", "https://")):
        return address
    if address.startswith("//"):
        return base.partition(":")[0] + ":" + address
    try:
        return urljoin(base, address)
    except ValueError:
        return ""

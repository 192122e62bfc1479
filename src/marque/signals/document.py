"""What a page is made of, read off the one parse in a single walk: the elements that carry signals, in page order.

The parse tree has no offsets. `Finder` leads from a value in the tree back to the bytes it stands in: it searches on
from the last place found, since elements come in the order of their bytes. Where a value is spelled differently in
the bytes (character references), the span is that of the element's raw text.
"""

from dataclasses import dataclass, field
from html import escape
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SAMPLES = 60  # elements whose text shows the page's language
_KEPT = frozenset({"meta", "link", "script", "iframe", "embed", "object", "video", "source", "img", "form"})
_PROSE = frozenset({"p", "h1", "h2", "h3", "li", "td", "title", "a", "span", "div"})


@dataclass(frozen=True, slots=True)
class Element:
    """One element with what it carries."""

    tag: str
    attributes: dict[str, str]
    node: LexborNode

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass(frozen=True, slots=True)
class Document:
    """The elements of a page that carry signals, and a sample of its text."""

    elements: tuple[Element, ...]
    prose: tuple[LexborNode, ...] = field(default=())
    count: int = 0

    def of(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


def walk(tree: LexborHTMLParser) -> Document:
    """One walk over all elements."""
    if tree.root is None:
        return Document(())
    elements: list[Element] = []
    prose: list[LexborNode] = []
    count = 0
    for node in tree.root.traverse():
        tag = node.tag
        count += 1
        if tag in _KEPT:
            attributes = {name: value or "" for name, value in node.attributes.items()}
            elements.append(Element(str(tag), attributes, node))
        elif tag in _PROSE and len(prose) < _SAMPLES:
            prose.append(node)
    return Document(tuple(elements), tuple(prose), count)


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

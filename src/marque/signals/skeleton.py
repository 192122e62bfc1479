"""The frame of a page: its sections, and the parts its software gives names to. Other words change none of it.

Strangers who run one theme share it, and a clone carries it along.
"""

import re
from collections.abc import Iterator

from marque.signals.document import Document
from marque.signals.markup import SECTIONS

_NAMED = frozenset({b"div", b"form", b"ul"})
_MOST = 64  # ids that are looked at: further down, pages of one theme differ
_FAR = 400  # bytes between the start of a tag and its id
_TAG = re.compile(rb"<([A-Za-z]{1,12})\s")
_ID = re.compile(rb"[^\"'\s<>]{1,120}")
_CLASS = re.compile(rb"<(?:[dD][iI][vV]|[uU][lL]|[fF][oO][rR][mM])\s[^<>]{0,200}?\bclass=[\"']?([^\"'\s<>]{1,120})")
_READ = 262_144  # bytes that are looked at for classes
_DIGITS = b"0123456789"
FEWEST = 8  # lines; less is no fingerprint


def skeleton(document: Document) -> list[str]:
    """One line a section or named part, where it is first met, digits left out; [] where there are too few."""
    lines = dict.fromkeys(line for _, line in sorted([*_sections(document), *_parts(document)]))
    if len(lines) < FEWEST:  # software that gives no names: the classes of its boxes
        lines |= dict.fromkeys(_line(b"box", b"." + name) for name in _CLASS.findall(document.text, 0, _READ))
    return list(lines) if len(lines) >= FEWEST else []


def _sections(document: Document) -> Iterator[tuple[int, str]]:
    for element in document.of(*SECTIONS):
        named = element.attributes.get(b"id", b"").split()
        classes = element.attributes.get(b"class", b"").split()
        mark = b"#" + named[0] if named else b"." + classes[0] if classes else b""
        yield element.start, _line(element.tag.encode(), mark)


def _parts(document: Document) -> Iterator[tuple[int, str]]:
    text = document.text
    for after in document.places.ids[:_MOST]:
        start = text.rfind(b"<", max(0, after - _FAR), after)
        tag = _TAG.match(text, start, after) if start >= 0 else None
        mark = _ID.match(text, after)
        if tag and mark and tag[1].lower() in _NAMED:
            yield start, _line(tag[1].lower(), b"#" + mark[0])


def _line(tag: bytes, mark: bytes) -> str:
    return (tag + mark.translate(None, _DIGITS)).decode("utf-8", "replace")

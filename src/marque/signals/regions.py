"""Which stretches of a page are other people's words: comments, forum posts, donor lists, third-party widgets.

A signal in there says something about whoever wrote it, never about whoever runs the site. Elements are recognised by
the names of their classes, ids and item types (`data/regions.csv`) and followed to their end tag in the bytes
themselves, because a parse tree has lost its offsets. An element that holds the whole page is no such region, else a
site could hide from every link by naming its body a comment.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import re2

from marque.signals.rows import Row, options, records

_TAGS = rb"div|section|ol|ul|li|aside|article|table|tbody|tr|td|dl|dd|form|details|span|figure|blockquote|p"
_NAMES = re2.compile(
    rb"\b(?:id|class|itemprop|itemtype|data-widget)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", options()
)
_OPEN, _CLOSE = (b'"', b"'", b" ", b"="), (b'"', b"'", b" ", b">")
_WHOLE_PAGE = (b"<h1", b"<main", b"<body")
_OPAQUE = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style"))


@dataclass(frozen=True, slots=True)
class Regions:
    """Stretches [start, end) in order and apart."""

    spans: tuple[tuple[int, int], ...]

    def holds(self, offset: int) -> bool:
        index = bisect_right(self.spans, (offset, 1 << 62)) - 1
        return index >= 0 and self.spans[index][0] <= offset < self.spans[index][1]


@cache
def _tokens() -> frozenset[bytes]:
    return frozenset(line["token"].encode() for line in records("regions"))


@cache
def rows() -> tuple[Row, ...]:
    """One row finds start tags that carry such a name; `find` decides."""
    names = b"(?:" + b"|".join(re2.escape(token) for token in sorted(_tokens())) + b")"
    quoted = (before + token + after for token in sorted(_tokens()) for before in _OPEN for after in _CLOSE)
    pattern = b"(?i:<(" + _TAGS + rb")\s[^<>]*[\"'=\s]" + names + rb"(?:[\"'\s][^<>]*)?>)"
    return (Row("region", "", tuple(quoted), pattern, "{0}", ""),)


def find(openings: Iterable[tuple[int, int, bytes]], lower: bytes) -> Regions:
    """The regions that begin at these start tags (start, end, name), outermost ones only."""
    opaque, found, reached = None, [], 0
    for start, after, tag in sorted(openings):
        if start < reached or not _named(lower[start:after]):
            continue
        opaque = opaque or Opaque(lower)
        if opaque.holds(start):
            continue
        end = _end(lower, tag.lower(), after, opaque)
        if not any(sign in lower[start:end] for sign in _WHOLE_PAGE):
            found.append((start, end))
            reached = end
    return Regions(tuple(found))


def _named(tag: bytes) -> bool:
    known = _tokens()
    for groups in (match.groups() for match in _NAMES.finditer(tag)):
        value = next((group for group in groups if group), b"").lower()
        if not known.isdisjoint(value.split()):
            return True
    return False


class Opaque:
    """Scripts, styles and markup comments: what looks like a tag in there is none."""

    def __init__(self, lower: bytes) -> None:
        self.spans = tuple(_opaque(lower))

    def holds(self, offset: int) -> bool:
        return self.end_at(offset) is not None

    def end_at(self, offset: int) -> int | None:
        """Where the opaque stretch around `offset` ends; None outside of any."""
        index = bisect_right(self.spans, (offset, 1 << 62)) - 1
        return self.spans[index][1] if index >= 0 and offset < self.spans[index][1] else None


def _opaque(lower: bytes) -> Iterator[tuple[int, int]]:
    nexts = [lower.find(opening) for opening, _ in _OPAQUE]
    while any(place >= 0 for place in nexts):
        start, which = min((place, which) for which, place in enumerate(nexts) if place >= 0)
        close = lower.find(_OPAQUE[which][1], start)
        end = len(lower) if close < 0 else close + len(_OPAQUE[which][1])
        yield start, end
        nexts = [
            place if place < 0 or place >= end else lower.find(opening, end)
            for place, (opening, _) in zip(nexts, _OPAQUE, strict=True)
        ]


def _end(lower: bytes, tag: bytes, place: int, opaque: Opaque) -> int:
    """Where the element whose start tag ends at `place` is closed; the end of the text where it never is."""
    depth = 1
    opens, closes = _tags(lower, b"<" + tag, place, opaque), _tags(lower, b"</" + tag, place, opaque)
    opened, closed = next(opens, None), next(closes, None)
    while closed is not None:
        if opened is not None and opened < closed:
            depth, opened = depth + 1, next(opens, None)
            continue
        depth -= 1
        if depth == 0:
            return closed + len(tag) + 3
        closed = next(closes, None)
    return len(lower)


def _tags(lower: bytes, needle: bytes, place: int, opaque: Opaque) -> Iterator[int]:
    while (place := lower.find(needle, place)) >= 0:
        inside = opaque.end_at(place)
        if inside is None and lower[place + len(needle) : place + len(needle) + 1] in _NAME_ENDS:
            yield place
        place = inside if inside is not None else place + len(needle)


_NAME_ENDS = frozenset({b" ", b"\t", b"\n", b"\r", b"\f", b"/", b">", b""})

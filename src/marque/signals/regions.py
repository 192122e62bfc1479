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
_COMMON = 12  # letters of a name that may be an ordinary word
_FAR = 16_384  # how far before a tag a script around it is looked for
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
    pattern = b"(?i:<(" + _TAGS + rb")\s[^<>]*[\"'=\s]" + names + rb"(?:[\"'\s][^<>]*)?>)"
    return (Row("region", "", tuple(_literals()), pattern, "{0}", "", reach=512),)


def _literals() -> Iterator[bytes]:
    """What to look for: a name that is also a common word only where it stands as an attribute would have it."""
    for token in sorted(_tokens()):
        if len(token) > _COMMON or not token.isalpha():
            yield token
            continue
        for before in (b'"', b"'", b" ", b"="):
            yield from (before + token + after for after in (b'"', b"'", b" ", b">"))


def find(openings: Iterable[tuple[int, int, bytes]], lower: bytes) -> Regions:
    """The regions that begin at these start tags (start, end, name), outermost ones only."""
    found, reached = list[tuple[int, int]](), 0
    for start, after, tag in sorted(openings):
        if start < reached or not _named(lower[start:after]):
            continue
        if _written(lower, start):
            continue
        end = _end(lower, tag.lower(), after)
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


def _written(lower: bytes, start: int) -> bool:
    """Whether what looks like a tag at `start` stands in a script, a style or a markup comment."""
    first = max(0, start - _FAR)
    for opening, closing in _OPAQUE:
        opened = lower.rfind(opening, first, start)
        if opened >= 0 and lower.find(closing, opened, start) < 0:
            return True
    return False


def _end(lower: bytes, tag: bytes, place: int) -> int:
    """Where the element whose start tag ends at `place` is closed; the end of the text where it never is."""
    needles = (b"<" + tag, b"</" + tag, *(opening for opening, _ in _OPAQUE))
    nexts = [lower.find(needle, place) for needle in needles]
    depth = 1
    while nexts[1] >= 0:
        at, which = min((at, which) for which, at in enumerate(nexts) if at >= 0)
        after = at + len(needles[which])
        if which > 1:
            closing = _OPAQUE[which - 2][1]
            after = lower.find(closing, after)
            if after < 0:
                return len(lower)
            nexts = [
                at if at < 0 or at >= after else lower.find(needle, after)
                for at, needle in zip(nexts, needles, strict=True)
            ]
            continue
        if lower[after : after + 1] in _NAME_ENDS:
            depth += 1 if which == 0 else -1
            if depth == 0:
                return lower.find(b">", after) + 1 or len(lower)
        nexts[which] = lower.find(needles[which], after)
    return len(lower)


_NAME_ENDS = frozenset({b" ", b"\t", b"\n", b"\r", b"\f", b"/", b">", b""})

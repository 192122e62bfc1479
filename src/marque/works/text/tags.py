"""Markup as a flat run of text and tags, as the HTML Standard's tokenizer cuts it; XML is read the same way.

No tree is built and no entity of a document's own making is ever expanded, so depth and expansion cost nothing: every
character is looked at a bounded number of times.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_START = re.compile(r"<(?=[A-Za-z_/!?])")
_NAME = re.compile(r"</?+([A-Za-z_][^\s/><]{0,60}+)[^\s/><]*+")
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>))"""
_REST = re.compile(rf"(?:[\s/]++|[^\s/>][^\s/>=]*+(?:{_VALUE}|(?!\s*+=)))*+>")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""")
_BARE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++)""")
_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,7}(?![0-9]);?|#[xX][0-9A-Fa-f]{1,6}(?![0-9A-Fa-f]);?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
_LONGEST_TAG = 16_384  # characters of a tag whose attributes are read
_LONGEST_HEAD = 1_024  # characters of a declaration before its bracket
# Their content is text, whatever it looks like, and none that a reader sees (HTML Standard, 13.2.5).
RAW = frozenset(("script", "style", "title", "iframe", "noembed", "noframes", "binary"))


class Tag(NamedTuple):
    """One tag, its name in small letters without an XML prefix; `inside` is what stands between name and `>`."""

    name: str
    closing: bool
    inside: str

    def attributes(self) -> dict[str, str]:
        """Values by name in small letters, references resolved; the first of a name counts."""
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self.inside[:_LONGEST_TAG]):
            found.setdefault(name.lower(), unescaped(double or single or bare))
        return found

    def says(self, name: str) -> bool:
        """Whether an attribute stands there, with or without a value."""
        return name in _BARE.sub(" ", self.inside[:_LONGEST_TAG]).lower().replace("/", " ").split()


def unescaped(text: str) -> str:
    """The text with character references resolved; a number of thousands of digits is none."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def tokens(source: str) -> Iterator[str | Tag]:
    """Text (references not resolved yet) and tags, in order. Comments, declarations and raw content are left out."""
    at, end = 0, len(source)
    missing: set[str] = set()  # closings that do not come any more
    while at < end:
        found = _START.search(source, at)
        if found is None:
            yield source[at:]
            return
        start = found.start()
        if start > at:
            yield source[at:start]
        name = _NAME.match(source, start)
        if name is None:
            at = _declaration(source, start, missing)
            if at == start:
                yield "<"
                at += 1
            continue
        at, tag = _tag(source, name, missing)
        if tag is None:
            return
        yield tag
        if tag.name in RAW and not tag.closing and not tag.inside.endswith("/"):
            at = _after(source, f"</{tag.name}", at, missing)


def _tag(source: str, name: re.Match[str], missing: set[str]) -> tuple[int, Tag | None]:
    """The tag and where it ends. A quote that is never closed ends with the tag, as one left open by mistake does."""
    rest = None if '"' in missing else _REST.match(source, name.end())
    if rest is None:
        missing.add('"')
        close = source.find(">", name.end())
        stop = len(source) if close < 0 else close + 1
        if close < 0:
            return stop, None
    else:
        stop = rest.end()
    written = name[1].lower().rpartition(":")[2]
    return stop, Tag(written, source[name.start() + 1] == "/", source[name.end() : stop - 1])


def _declaration(source: str, start: int, missing: set[str]) -> int:
    """The end of a comment, a CDATA mark, a declaration or a bogus comment; `start` where a `<` is only a `<`."""
    if source.startswith("<!--", start):
        return _after(source, "-->", start + 4, missing)
    if source.startswith("<![CDATA[", start):
        return start + 9
    if source.startswith("<!", start) and source.find("[", start, start + _LONGEST_HEAD) >= 0:
        return _doctype(source, start, missing)
    if source.startswith(("<!", "<?", "</"), start):
        return _after(source, ">", start, missing)
    return start


def _doctype(source: str, start: int, missing: set[str]) -> int:
    """An XML document type may hold declarations in brackets: they are passed over, never read."""
    bracket = source.find("[", start, start + _LONGEST_HEAD)
    close = source.find(">", start, bracket)
    return _after(source, ">", start if close >= 0 else _after(source, "]", bracket, missing), missing)


def _after(source: str, mark: str, at: int, missing: set[str]) -> int:
    """Where what begins at `at` ends with the mark; where no mark follows, it ends at once: text is not swallowed."""
    if mark in missing:
        return at
    if mark.startswith("</"):
        found = re.compile(re.escape(mark) + r"[\s/>]", re.IGNORECASE).search(source, at)
        place = found.start() if found else -1
    else:
        place = source.find(mark, at)
        place = place if place < 0 else place + len(mark)
    if place < 0:
        missing.add(mark)
        return at
    return place

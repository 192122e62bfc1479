"""The bytes behind a page: one record again out of the vault, and a window of it that is safe to show.

What is shown proves that these bytes were captured. It does not prove who wrote them.
"""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from marque.errors import MarqueError
from marque.evidence.fetch import fetch as again
from marque.evidence.model import Exchange, Locator
from marque.runs.workspace import Workspace
from marque.web.legible import acts
from marque.web.models import Record

AROUND = 900  # bytes of text on either side of a span
ROWS = 12  # rows of hex on either side of a span
WIDTH = 16
MASK = "•"
_JOINERS = "\u200c\u200d"  # needed in some scripts, but in evidence nothing is left unseen

Span = tuple[int, int]


def fetch(record: Record) -> Exchange | None:
    """A record's bytes again, None where the vault does not have the capture any more or cannot read it."""
    try:
        vault = Workspace(Path(settings.WORKSPACE)).vault
        if not vault.has(record.capture):
            return None
        return again(vault.capture(record.capture), record.record, Locator(**record.locator))
    except MarqueError:
        return None


def part(exchange: Exchange, name: str) -> bytes:
    """The bytes that a sighting's part means."""
    parts = {"payload": exchange.payload, "http-header": exchange.http_header, "record-header": exchange.record_header}
    return parts.get(name, b"")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a window: inside the proving span or not."""

    text: str
    proving: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of hex: its offset, and its bytes with their text, each marked or not."""

    offset: str
    cells: tuple[tuple[str, bool], ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a part: bytes `low` to `high` of `total`, and the span in it."""

    data: bytes
    low: int
    high: int
    total: int
    span: Span | None
    masked: tuple[Span, ...] = ()

    @property
    def before(self) -> int | None:
        return None if self.low == 0 else max(self.low - (self.high - self.low), 0)

    @property
    def after(self) -> int | None:
        return self.high if self.high < self.total else None


def window(data: bytes, span: Span | None, at: int | None, masked: Sequence[Span]) -> Window:
    """The stretch around a span, or from an offset on, with what must not be shown already taken out."""
    total = len(data)
    fits = span is not None and 0 <= span[0] < span[1] <= total
    if at is not None:
        low = min(max(at, 0), max(total - 1, 0)) // WIDTH * WIDTH
        high = min(low + 2 * AROUND, total)
    elif fits and span is not None:
        low = max(span[0] - AROUND, 0) // WIDTH * WIDTH
        high = min(min(span[1], span[0] + 4 * AROUND) + AROUND, total)
    else:
        low, high = 0, min(2 * AROUND, total)
    shown = bytearray(data[low:high])
    hidden = tuple((max(start, low), min(end, high)) for start, end in masked if start < high and end > low)
    for start, end in hidden:
        shown[start - low : end - low] = bytes(end - start)
    return Window(bytes(shown), low, high, total, span if fits else None, hidden)


def charset(exchange: Exchange) -> str:
    """The declared character set where Python knows it, else UTF-8."""
    header = Message()
    header["content-type"] = dict(exchange.headers).get("content-type", "")
    try:
        named = codecs.lookup(str(header.get_content_charset("utf-8")))
    except (LookupError, ValueError):
        return "utf-8"
    # Only what turns bytes into text and keeps ASCII where it is; never zip, base64 or a shifting code.
    usable = getattr(named, "_is_text_encoding", False) and "7" not in named.name and "2022" not in named.name
    return named.name if usable else "utf-8"


def text(shown: Window, encoding: str) -> list[Piece]:
    """A window as text in up to three pieces. The span is decoded apart, so that it is exactly its bytes."""
    pieces = []
    for start, end in _stretches(shown):
        raw = shown.data[start - shown.low : end - shown.low]
        words = (
            MASK * min(end - start, 12) if _within(shown.masked, start) else visible(raw.decode(encoding, "replace"))
        )
        pieces.append(Piece(words, _within((shown.span,) if shown.span else (), start)))
    return pieces


def _stretches(shown: Window) -> Iterator[Span]:
    """The window cut wherever the proving span or a masked one begins or ends."""
    edges = {shown.low, shown.high}
    for span in (*shown.masked, *((shown.span,) if shown.span else ())):
        edges |= {min(max(edge, shown.low), shown.high) for edge in span}
    ordered = sorted(edges)
    yield from pairwise(ordered)


def _within(spans: Sequence[Span], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def visible(text: str) -> str:
    """Text in which nothing acts: control characters as pictures of themselves, direction marks by number."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    number = ord(character)
    if character in "\n\t":
        return character
    if number < 0x20:
        return "" if character == "\r" else chr(0x2400 + number)
    if character in _JOINERS or acts(character):
        return f"⟨U+{number:04X}⟩"
    return character


def lines(shown: Window) -> list[Line]:
    """A window as hex, sixteen bytes a row; around a span only the rows near it."""
    first, last = 0, len(shown.data)
    if shown.span is not None and shown.low <= shown.span[0] < shown.high:
        row = (shown.span[0] - shown.low) // WIDTH
        first = max(row - ROWS, 0) * WIDTH
        last = min((min(shown.span[1], shown.high) - shown.low) + ROWS * WIDTH, last)
    return [_line(shown, start) for start in range(first, last, WIDTH)]


def _line(shown: Window, start: int) -> Line:
    row = shown.data[start : start + WIDTH]
    marks = [_in_span(shown, start + place) for place in range(len(row))]
    hidden = [_within(shown.masked, shown.low + start + place) for place in range(len(row))]
    cells = tuple(
        (MASK * 2 if mask else f"{byte:02x}", mark) for byte, mark, mask in zip(row, marks, hidden, strict=True)
    )
    pieces: list[Piece] = []
    for byte, mark, mask in zip(row, marks, hidden, strict=True):
        character = MASK if mask else chr(byte) if 0x20 <= byte < 0x7F else "·"
        if pieces and pieces[-1].proving == mark:
            pieces[-1] = Piece(pieces[-1].text + character, mark)
        else:
            pieces.append(Piece(character, mark))
    return Line(f"{shown.low + start:08x}", cells, tuple(pieces))


def _in_span(shown: Window, place: int) -> bool:
    return _within((shown.span,) if shown.span else (), shown.low + place)

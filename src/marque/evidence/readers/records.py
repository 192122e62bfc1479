"""Where records begin and end in a stream, damaged or not.

A declared length is believed only where a record's end stands behind it, as far as that can be seen beforehand;
otherwise the block ends where the next record begins, so that one lie does not swallow its neighbours.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from marque.evidence import limits
from marque.evidence.readers.window import Window

PROOF = 4 * limits.KIB
ALL = 1 << 62
_BLANK = b"\r\n"
_WARC = re.compile(rb"WARC/\d{1,2}\.\d{1,2}[ \t\r]*\n")
_SCHEME = re.compile(rb"\n(?=[A-Za-z][A-Za-z0-9+.-]{1,20}:)")
_ARC_END = re.compile(rb" \d{12,17} \S+(?: \S+){0,6} -?\d+\r?$")


class Grammar(NamedTuple):
    """How records of a format are told from other bytes.

    `line(buffer, at)`: a record's first line stands there. `find(buffer, start, end, opens)`: the first place where a
    record begins, `opens` being the places where compressed members do. `least` bytes tell whether a line stands.
    """

    line: Callable[[bytes, int], bool]
    find: Callable[[bytes, int, int, set[int]], int | None]
    least: int


def _warc_line(buffer: bytes, at: int) -> bool:
    return _WARC.match(buffer, at) is not None


def _warc_find(buffer: bytes, start: int, end: int, opens: set[int]) -> int | None:
    at = buffer.find(b"WARC/", start, end)
    while at >= 0:
        if (at in opens or buffer[at - 1 : at] == b"\n" or at == 0) and _warc_proven(buffer, at):
            return at
        at = buffer.find(b"WARC/", at + 1, end)
    return None


def _warc_proven(buffer: bytes, at: int) -> bool:
    return _WARC.match(buffer, at) is not None and b"\nwarc-type:" in buffer[at : at + PROOF].lower()


def _arc_line(buffer: bytes, at: int) -> bool:
    end = buffer.find(b"\n", at, at + limits.ADDRESS)
    return end > 0 and _SCHEME.match(b"\n" + buffer[at : at + 32]) is not None and _arc_fields(buffer[at:end])


def _arc_fields(line: bytes) -> bool:
    return _ARC_END.search(line[-256:]) is not None


def _arc_find(buffer: bytes, start: int, end: int, opens: set[int]) -> int | None:
    for at in sorted(place for place in opens if start <= place < end):
        if _arc_line(buffer, at):
            return at
    if start == 0 and _arc_line(buffer, 0):
        return 0
    found = (match.end() for match in _SCHEME.finditer(buffer, max(0, start - 1), end))
    return next((at for at in found if at >= start and _arc_line(buffer, at)), None)


WARC = Grammar(_warc_line, _warc_find, 32)
ARC = Grammar(_arc_line, _arc_find, limits.ADDRESS)


def kind_of(head: bytes) -> str | None:
    """The kind of a stream of records that begins so."""
    text = head.lstrip()
    if _warc_line(text, 0):
        return "warc"
    return "arc" if text.startswith(b"filedesc:") and _arc_line(text, 0) else None


def kind_of_record(head: bytes) -> str | None:
    """The kind of a record that begins so, the first of its file or not."""
    text = head.lstrip()
    return "warc" if _warc_line(text, 0) else "arc" if _arc_line(text, 0) else None


def kind_within(head: bytes) -> str | None:
    """The kind of the first record that begins anywhere in it."""
    if _warc_find(head, 0, len(head), set()) is not None:
        return "warc"
    at = head.find(b"\nfiledesc:")
    return "arc" if at >= 0 and _arc_line(head, at + 1) else None


def begins(window: Window, grammar: Grammar) -> bool:
    """Whether a record's first line stands at the window."""
    window.look(32)
    if window.buf.find(b"\n", window.pos, window.pos + grammar.least) < 0:
        window.look(grammar.least)
    return grammar.line(window.buf, window.pos)


def skip_blank(window: Window) -> None:
    """Skip empty lines between records."""
    while window.look(1) and window.buf[window.pos] in _BLANK:
        window.pos += 1


def take_head(window: Window) -> bytes | str:
    """A WARC record's header with the empty line that ends it, or the code of what is wrong with it."""
    first = window.find(b"\n", 64)
    odd = first > 1 and window.buf.startswith(b"\r\r", window.pos + first - 2)
    ends = b"\n\r\r\n" if odd else b"\n\r\n"
    at = window.find(ends, limits.HEADER)
    bare = window.buf.find(b"\n\n", window.pos, window.pos + (at if at >= 0 else limits.HEADER)) - window.pos
    if bare >= 0:
        at, ends = bare, b"\n\n"
    if at < 0:
        return "read.header-long" if window.look(limits.HEADER) >= limits.HEADER else "read.header-cut"
    head = window.buf[window.pos : window.pos + at + len(ends)]
    inner = any(0 < place - window.offset < len(head) for place in window.opens)
    if inner or (b"\nWARC/" in head and WARC.find(head + b"\nwarc-type:", 1, len(head), set()) is not None):
        return "read.header-cut"
    window.pos += len(head)
    return head


def trusted(window: Window, length: int, grammar: Grammar) -> bool:
    """Whether the end of a block of that length looks like the end of a record, or cannot be seen beforehand."""
    here = len(window.buf) - window.pos
    if here < length + 4:
        if window.peek is not None and window.size is not None:
            end = window.offset + length
            return end <= window.size and _ends(window.peek(end, PROOF), 0, end == window.size, grammar)
        here = window.look(min(length + 4, limits.LOOK_AHEAD))
        if here < length:
            return here >= limits.LOOK_AHEAD
    return _ends(window.buf, window.pos + length, here == length, grammar)


def _ends(buffer: bytes, at: int, last: bool, grammar: Grammar) -> bool:
    return last or buffer.startswith((b"\r\n", b"\n"), at) or grammar.line(buffer, at)


def until_record(window: Window, limit: int, grammar: Grammar) -> Iterator[bytes]:
    """Bytes up to the next record, a gap, the end, or `limit`."""
    while limit > 0 and window.look(PROOF + 1):
        here = min(len(window.buf) - window.pos, limit)
        opens = {place - window.base for place in window.opens}
        at = grammar.find(window.buf, window.pos, window.pos + here, opens)
        ahead = None if at is None else at - window.pos
        last = ahead is None and (here == limit or window.look(here + 1) == here)
        # what cannot be judged yet for want of bytes behind it stays in sight
        part = window.take(ahead if ahead is not None else here if last else max(1, here - PROOF))
        limit -= len(part)
        if part:
            yield part
        if ahead is not None:
            return


def end_record(window: Window, grammar: Grammar) -> bool:
    """Step over the line ends behind a WARC block; whether the record ends soundly.

    Two belong there. Fewer pass only where something else proves the length: the next record, or a sound gzip member
    that ends just there.
    """
    window.look(4)
    if window.buf.startswith(b"\r\n\r\n", window.pos):
        window.pos += 4
        return True
    if window.buf.startswith(b"\n\n", window.pos):
        window.pos += 2
        return True
    skip_blank(window)
    return begins(window, grammar) or window.offset in window.closes

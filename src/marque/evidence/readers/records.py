"""Where records begin and end in a stream of WARC bytes, damaged or not.

A declared length is believed only where a record's end stands behind it, as far as that can be seen beforehand;
otherwise the block ends where the next record begins, so that one lie does not swallow its neighbours.
"""

import re
from collections.abc import Iterator

from marque.evidence import limits
from marque.evidence.readers.window import Window

MARK = b"WARC/"
_LINE = re.compile(rb"WARC/\d{1,2}\.\d{1,2}[ \t\r]*\n")
_PROOF = 4 * limits.KIB
_BLANK = b"\r\n"


def begins(window: Window) -> bool:
    """Whether a record's version line stands at the window."""
    if window.look(len(MARK)) < len(MARK) or not window.buf.startswith(MARK, window.pos):
        return False
    window.look(32)
    return _LINE.match(window.buf, window.pos) is not None


def skip_blank(window: Window) -> None:
    """Skip empty lines between records."""
    while window.look(1) and window.buf[window.pos] in _BLANK:
        window.pos += 1


def take_head(window: Window) -> bytes | str:
    """A record's header with the empty line that ends it, or the code of what is wrong with it."""
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
    inner = any(0 < at - window.offset < len(head) for at in window.opens)
    if inner or (b"\nWARC/" in head and _inside(head)):
        return "read.header-cut"
    window.pos += len(head)
    return head


def _inside(head: bytes) -> bool:
    return any(_LINE.match(head, match.end()) for match in re.finditer(rb"\n(?=WARC/)", head))


def trusted(window: Window, length: int) -> bool:
    """Whether the end of a block of that length looks like the end of a record, or cannot be seen beforehand."""
    here = len(window.buf) - window.pos
    if here < length + 4:
        if window.peek is not None and window.size is not None:
            end = window.offset + length
            return end <= window.size and _ends(window.peek(end, 8), end == window.size)
        if length + 4 > limits.LOOK_AHEAD:
            return True
        here = window.look(length + 4)
        if here < length:
            return False
    at = window.pos + length
    return _ends(window.buf[at : at + 8], here == length)


def _ends(behind: bytes, last: bool) -> bool:
    return behind.startswith((b"\r\n", b"\n", MARK)) or (last and not behind)


def until_record(window: Window, limit: int) -> Iterator[bytes]:
    """Bytes up to the next record, a gap, the end, or `limit`."""
    start = True
    while limit > 0 and window.look(_PROOF + 1):
        here = min(len(window.buf) - window.pos, limit)
        at = _next(window, here, start)
        last = here == limit or window.look(here + 1) == here
        # what cannot be judged yet for want of bytes behind it stays in sight
        part = window.take(at if at is not None else here if last else max(1, here - _PROOF))
        limit -= len(part)
        start = False
        if part:
            yield part
        if at is not None:
            return


def _next(window: Window, here: int, start: bool) -> int | None:
    """How far ahead, within `here` bytes, a record begins that has a type line."""
    at = window.pos
    while True:
        at = window.buf.find(MARK, at, window.pos + here)
        if at < 0:
            return None
        ahead = at - window.pos
        at_line = window.buf[at - 1 : at] == b"\n" if ahead else start
        if (at_line or window.base + at in window.opens) and _proven(window.buf[at : at + _PROOF]):
            return ahead
        at += 1


def _proven(data: bytes) -> bool:
    return _LINE.match(data) is not None and b"\nwarc-type:" in data.lower()


def end_record(window: Window) -> bool:
    """Step over the line ends behind a block; whether the record ends soundly.

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
    return begins(window) or window.offset in window.closes

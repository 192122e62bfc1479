"""A copy of a capture's records that can be seeked, for captures that cannot: made once, kept beside the capture.

One gzip for a whole file can only be read from its start, and so can a deflated member of a WACZ. The copy holds the
same bytes cut into gzip members of a fixed size, with an index behind them. Decompressed it is what the capture
holds, byte for byte; it adds nothing and can be made again at any time.
"""

import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from marque.evidence import limits
from marque.evidence.model import Capture, Part
from marque.evidence.readers import formats, wacz, zipdir, zipped
from marque.evidence.readers.item import Item
from marque.evidence.readers.window import Piece, Window, of_part

BLOCK = 256 * limits.KIB
_MAGIC = b"MARQUESEEK1\n"
_TAIL = struct.Struct("<QQ12s")
_OFFSET = struct.Struct("<Q")
_NAME = struct.Struct("<HQQ")
_JUDGED = 1_000


def needed(capture: Capture) -> bool:
    """Whether records of the capture can only be reached by reading from the start, judged by its first ones."""
    return next(_sections(capture), None) is not None


def make(capture: Capture, out: BinaryIO) -> bool:
    """Write the copy; whether there was need of one. Nothing is written where there was not."""
    offsets: list[int] = []
    names: list[bytes] = []
    at = 0
    for name, window in _sections(capture):
        first = len(offsets)
        for block in _blocks(window):
            data = _gzip(block)
            offsets.append(at)
            out.write(data)
            at += len(data)
        encoded = name.encode("utf-8", "surrogatepass")
        names.append(_NAME.pack(len(encoded), first, len(offsets) - first) + encoded)
    if not names:
        return False
    for offset in offsets:
        out.write(_OFFSET.pack(offset))
    out.write(b"".join(names) + _TAIL.pack(at, len(offsets), _MAGIC))
    return True


def section(copy: Part, name: str, offset: int) -> Window | None:
    """A window on a member's records from an offset on; None where the copy does not hold that member."""
    raw = of_part(copy)
    assert raw.peek is not None
    tail = raw.peek(copy.length - _TAIL.size, _TAIL.size) if copy.length >= _TAIL.size else b""
    if len(tail) < _TAIL.size or not tail.endswith(_MAGIC):
        return None
    index, count, _ = _TAIL.unpack(tail)
    found = _named(raw, index + count * _OFFSET.size, copy.length - _TAIL.size, name)
    if found is None:
        return None
    first, blocks = found
    skipped = offset // BLOCK
    if skipped >= blocks:
        return None
    (start,) = _OFFSET.unpack(raw.peek(index + (first + skipped) * _OFFSET.size, _OFFSET.size))
    raw.rewind(start)
    window = Window(_unblocked(raw, blocks - skipped))
    for _ in window.chunks(offset % BLOCK):
        pass
    return window


def _named(raw: Window, at: int, end: int, name: str) -> tuple[int, int] | None:
    """First block and number of blocks of a member."""
    assert raw.peek is not None
    while at < end:
        length, first, blocks = _NAME.unpack(raw.peek(at, _NAME.size))
        if raw.peek(at + _NAME.size, length) == name.encode("utf-8", "surrogatepass"):
            return first, blocks
        at += _NAME.size + length
    return None


def _unblocked(raw: Window, blocks: int) -> Iterator[Piece]:
    for _ in range(blocks):
        inflater = zlib.decompressobj(31)
        while not inflater.eof and raw.look(1):
            data = raw.take(BLOCK)
            yield Piece(inflater.decompress(data))
            raw.pos -= len(inflater.unused_data)


def _sections(capture: Capture) -> Iterator[tuple[str, Window]]:
    """Members whose records cannot be seeked, as the bytes their locators count."""
    if capture.kind in ("warc", "arc"):
        part = capture.parts[""]
        if _streamed(formats.open_capture(capture).items):
            yield "", formats.unpacked_of(of_part(part), "", capture.kind)
    elif capture.kind == "wacz":
        yield from _members(capture.parts[""])


def _members(part: Part) -> Iterator[tuple[str, Window]]:
    found = wacz.archives(zipdir.directory(part))
    for member in found:
        window = zipped.opened(part, member)
        kind = formats.kind_of_window(window)
        if kind is None:
            continue
        if _streamed(iter(formats.records_of(window, member.name, kind, formats.no_budget()))):
            yield member.name, formats.unpacked_of(zipped.opened(part, member), member.name, kind)
        elif member.method == zipdir.DEFLATED:
            yield member.name, zipped.opened(part, member)


def _streamed(items: Iterator[object]) -> bool:
    return any(isinstance(item, Item) and item.locator.coding == "gzip-stream" for item in islice(items, _JUDGED))


def _blocks(window: Window) -> Iterator[bytes]:
    """The whole stream, gaps crossed, in blocks of one size."""
    while True:
        while window.look(BLOCK) >= BLOCK:
            yield window.take(BLOCK)
        if not window.broken:
            break
        rest = window.take(BLOCK)
        window.cross()
        window.buf = rest + window.buf
        window.base -= len(rest)
    if window.look(1):
        yield window.take(BLOCK)


def _gzip(block: bytes) -> bytes:
    deflater = zlib.compressobj(6, zlib.DEFLATED, 31)
    return deflater.compress(block) + deflater.flush()

"""gzip read member by member (RFC 1952), because zlib's own reader hides what evidence needs.

Checked by us: that a member's trailer is there, its CRC and its length; that nothing but members follows. Where a
member is damaged, what came before the damage is kept and the next sound member is sought. A right CRC shows that
the bytes are those the writer compressed, not that nobody changed them since.
"""

import struct
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from marque.evidence import limits
from marque.evidence.model import Problem
from marque.evidence.readers.salvage import salvage
from marque.evidence.readers.window import Piece, Window

MAGIC = b"\x1f\x8b\x08"
_FEED, _STEP = 32 * limits.KIB, 512 * limits.KIB
_EXTRA, _NAME, _COMMENT, _CRC = 4, 8, 16, 2


@dataclass(slots=True)
class _Work:
    """What reading one file has cost so far."""

    out: int = 0
    searched: int = 0
    limit: int = 0
    faults: list[Problem] = field(default_factory=list)


def members(raw: Window, member: str, sound: Callable[[bytes], bool]) -> Iterator[Piece]:
    """The decompressed bytes of every member. `sound` tells by its first bytes whether a found member is one."""
    size = raw.size or 0
    work = _Work(limit=max(limits.STREAM_FREE, limits.STREAM_RATIO * size))
    while raw.look(1):
        start = raw.offset
        head = header_length(raw)
        if head is None:
            if not _padding(raw):
                yield Piece(b"", fault=Problem("read.gzip-junk", start, member), gap=True)
                _resync(raw, sound)
            continue
        if head == 0:
            yield Piece(b"", start, fault=Problem("read.gzip-cut", start, member), gap=True)
            return
        raw.take(head)
        ended = yield from _member(raw, start, member, work)
        if work.out > work.limit:
            return
        if not ended and raw.look(1):
            _go_back(raw, start, work)
            _resync(raw, sound)


def header_length(raw: Window) -> int | None:
    """Length of the member header at the window; None where there is none, 0 where it is cut."""
    here = raw.look(10)
    if not MAGIC.startswith(raw.buf[raw.pos : raw.pos + 3]):
        return None
    if here < 10:
        return 0
    flags = raw.buf[raw.pos + 3]
    if flags & 0xE0:
        return None
    at = 10
    if flags & _EXTRA:
        if raw.look(at + 2) < at + 2:
            return 0
        at += 2 + int.from_bytes(raw.buf[raw.pos + at : raw.pos + at + 2], "little")
    for flag in (_NAME, _COMMENT):
        if flags & flag:
            end = raw.find(b"\0", at + limits.HEADER, at)
            if end < 0:
                return 0 if raw.look(at + limits.HEADER) < at + limits.HEADER else None
            at = end + 1
    at += 2 if flags & _CRC else 0
    return at if raw.look(at) >= at else 0


def _padding(raw: Window) -> bool:
    """Skip zero bytes up to the end of the file: tape and block padding, which gzip allows."""
    if raw.buf[raw.pos]:
        return False
    while raw.look(1):
        rest = raw.buf[raw.pos :]
        if rest.strip(b"\0"):
            raw.pos += len(rest) - len(rest.lstrip(b"\0"))
            return raw.buf.startswith(MAGIC, raw.pos)
        raw.pos += len(rest)
    return True


def _member(raw: Window, start: int, member: str, work: _Work) -> Generator[Piece, None, bool]:
    """One member's bytes. Ends with whether its end was found."""
    inflater = zlib.decompressobj(-15)
    crc, size = 0, 0
    opens: int | None = start
    while raw.look(1):
        data = raw.buf[raw.pos : raw.pos + _FEED]
        before = inflater.copy() if size else None
        try:
            out = inflater.decompress(data, _STEP)
        except zlib.error:
            out, used = salvage(before or zlib.decompressobj(-15), data)
            fault = Problem("read.gzip-damaged", raw.offset + used, member)
            raw.take(used)
            yield Piece(out, opens, fault=fault, gap=True)
            return False
        crc, size, work.out = zlib.crc32(out, crc), size + len(out), work.out + len(out)
        raw.take(len(data) - len(inflater.unused_data if inflater.eof else inflater.unconsumed_tail))
        if inflater.eof:
            yield _close(raw, out, opens, start, member, crc, size)
            return True
        if work.out > work.limit:
            yield Piece(out, opens, fault=Problem("read.gzip-bomb", start, member), gap=True)
            return True
        yield Piece(out, opens)
        opens = None
    yield Piece(b"", opens, fault=Problem("read.gzip-cut", start, member), gap=True)
    return False


def _close(raw: Window, out: bytes, opens: int | None, start: int, member: str, crc: int, size: int) -> Piece:
    """The last piece of a member, its trailer checked."""
    if raw.look(8) < 8:
        raw.take(8)
        return Piece(out, opens, raw.offset, Problem("read.gzip-cut", start, member), gap=True)
    told_crc, told_size = struct.unpack("<II", raw.take(8))
    fault = None
    if told_crc != crc:
        fault = Problem("read.gzip-crc", start, member)
    elif told_size != size & 0xFFFFFFFF:
        fault = Problem("read.gzip-length", start, member)
    return Piece(out, opens, raw.offset, fault)


def _go_back(raw: Window, start: int, work: _Work) -> None:
    """Search again from just behind the damaged member's first byte: its damage may have eaten its successors."""
    span = raw.offset - start
    work.searched += span
    if work.searched <= limits.REWIND * (raw.size or 0) + limits.MIB:
        raw.rewind(start + 1)


def _resync(raw: Window, sound: Callable[[bytes], bool]) -> None:
    """Go to the next place where a member begins that holds what we look for."""
    while raw.skip_to(MAGIC):
        head = header_length(raw)
        if head and sound(_first_bytes(raw, head)):
            return
        raw.pos += 1


def _first_bytes(raw: Window, head: int) -> bytes:
    raw.look(head + limits.KIB)
    data = raw.buf[raw.pos + head : raw.pos + head + limits.KIB]
    return salvage(zlib.decompressobj(-15), data)[0][:512]


def begin(head: bytes) -> bytes:
    """As much as can be had of the bytes that a compressed file begins with."""
    inflater, out = zlib.decompressobj(31), b""
    for at in range(0, len(head), 256):
        try:
            out += inflater.decompress(head[at : at + 256], 4 * limits.KIB)
        except zlib.error:
            break
        if inflater.eof or len(out) >= 4 * limits.KIB:
            break
    return out

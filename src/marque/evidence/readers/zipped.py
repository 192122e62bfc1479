"""The bytes of one zip member, inflated in bounded steps, their checksum and length compared with what is declared."""

import zlib
from collections.abc import Iterator

from marque.evidence import limits
from marque.evidence.model import Part, Problem
from marque.evidence.readers.window import Piece, Window, of_part
from marque.evidence.readers.zipdir import DEFLATED, Member

_FEED = 64 * limits.KIB


def region(part: Part, member: Member) -> Part:
    """The member's bytes as they lie in the file."""
    return Part(part.path, part.skip + member.start, member.stored)


def opened(part: Part, member: Member) -> Window:
    """A window on the member's content: one that can go back where it is stored as it is."""
    raw = of_part(region(part, member))
    if member.method != DEFLATED:
        return raw
    return Window(_inflated(raw, member), size=min(member.size, limits.STREAM_RATIO * member.stored))


def _inflated(raw: Window, member: Member) -> Iterator[Piece]:
    inflater, crc, size = zlib.decompressobj(-15), 0, 0
    limit = max(limits.STREAM_FREE, limits.STREAM_RATIO * member.stored)
    while raw.look(1) and not inflater.eof:
        data = raw.take(_FEED)
        while data:
            try:
                out = inflater.decompress(data, limits.CHUNK)
            except zlib.error:
                yield Piece(b"", fault=Problem("read.zip-damaged", size, member.name), gap=True)
                return
            crc, size = zlib.crc32(out, crc), size + len(out)
            if size > min(limit, member.size):
                code = "read.zip-size" if size > member.size else "read.zip-bomb"
                yield Piece(
                    out[: max(0, len(out) - (size - member.size))], fault=Problem(code, size, member.name), gap=True
                )
                return
            if out:
                yield Piece(out)
            data = b"" if inflater.eof else inflater.unconsumed_tail
    fault = None
    if not inflater.eof or size != member.size:
        fault = Problem("read.zip-size" if inflater.eof else "read.zip-member-cut", size, member.name)
    elif crc != member.crc:
        fault = Problem("read.zip-crc", size, member.name)
    yield Piece(b"", fault=fault, gap=fault is not None and not inflater.eof)

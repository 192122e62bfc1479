"""Content codings undone (RFC 9110 section 8.4): gzip, deflate, br, zstd, one after another, in bounded steps.

Each is a generator of pieces no larger than `STEP`, so that a bomb is met a step at a time. A header that names a
coding the body does not have is common; the body then passes as it is, and that is named.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from marque.evidence import limits
from marque.evidence.readers.salvage import salvage

STEP = 256 * limits.KIB
_FEED = 64 * limits.KIB
_ZSTD_FEED = limits.KIB
_GZIP, _ZSTD = b"\x1f\x8b", (b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18")


class Fault(Exception):
    """What is wrong with a coded body, raised after everything sound before it was handed on."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Coding(NamedTuple):
    """One content coding: what a body in it may begin with, and how it is undone."""

    names: tuple[str, ...]
    begins: Callable[[bytes], bool]
    undo: Callable[[Iterator[bytes]], Iterator[bytes]]


def fed(chunks: Iterator[bytes], most: int = _FEED) -> Iterator[bytes]:
    """The same bytes in pieces of bounded size, because decoders hold what they have not used yet."""
    for chunk in chunks:
        if len(chunk) <= most:
            yield chunk
        else:
            for at in range(0, len(chunk), most):
                yield chunk[at : at + most]


def _inflated(chunks: Iterator[bytes], bits: int, members: bool) -> Iterator[bytes]:
    inflater, begun = zlib.decompressobj(bits), False
    for chunk in fed(chunks):
        data = chunk
        while data:
            if inflater.eof:
                if not (members and data.startswith(_GZIP[: len(data)])):
                    if data.strip(b"\0"):
                        raise Fault("read.coding-trailing")
                    break
                inflater = zlib.decompressobj(bits)
            before = inflater.copy() if begun else zlib.decompressobj(bits)
            try:
                out = inflater.decompress(data, STEP)
            except zlib.error:
                yield salvage(before, data)[0]
                raise Fault("read.coding-damaged") from None
            begun = True
            if out:
                yield out
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if begun and not inflater.eof:
        yield from _drain(inflater)
        if not inflater.eof:
            raise Fault("read.coding-cut")


def _drain(inflater: "zlib._Decompress") -> Iterator[bytes]:
    """What the decoder still holds although it took all input."""
    while True:
        try:
            out = inflater.decompress(inflater.unconsumed_tail, STEP)
        except zlib.error:
            raise Fault("read.coding-damaged") from None
        if not out:
            return
        yield out


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    return _inflated(chunks, 31, members=True)


def _undeflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """`deflate` is the zlib format, but many servers send the bare stream; both are undone."""
    first = next(chunks, b"")
    while len(first) < 2 and (further := next(chunks, b"")):
        first += further
    zlib_form = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0
    return _inflated(_behind(first, chunks), 15 if zlib_form else -15, members=False)


def _behind(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _unbrotlied(chunks: Iterator[bytes]) -> Iterator[bytes]:
    import brotli

    decoder, begun = brotli.Decompressor(), False
    for chunk in fed(chunks):
        data, begun = chunk, True
        while True:
            if decoder.is_finished():
                raise Fault("read.coding-trailing")
            try:
                out = decoder.process(data, output_buffer_limit=STEP)
            except brotli.error:
                raise Fault("read.coding-damaged") from None
            if out:
                yield out
            data = b""
            if decoder.is_finished() or decoder.can_accept_more_data():
                break
    if begun and not decoder.is_finished():
        raise Fault("read.coding-cut")


def _unzstded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Fed in small steps: a block of four bytes may stand for 128 KiB, and the decoder has no output limit."""
    import zstandard

    maker = zstandard.ZstdDecompressor(max_window_size=1 << limits.WINDOW)
    decoder, begun = maker.decompressobj(), False
    for chunk in fed(chunks, _ZSTD_FEED):
        data = chunk
        while data:
            if begun and decoder.eof:
                decoder = maker.decompressobj()
            try:
                out = decoder.decompress(data)
            except zstandard.ZstdError as reason:
                raise Fault("read.coding-window" if "memory" in str(reason) else "read.coding-damaged") from None
            begun = True
            if out:
                yield out
            data = decoder.unused_data if decoder.eof else b""
    if begun and not decoder.eof:
        raise Fault("read.coding-cut")


CODINGS = (
    Coding(("gzip", "x-gzip"), lambda data: data.startswith(_GZIP[: len(data)]), _gunzipped),
    Coding(("deflate",), lambda data: data[:1] not in (b"<", b"{", b"["), _undeflated),
    Coding(("br",), lambda data: True, _unbrotlied),
    Coding(("zstd",), lambda data: data[:4] in _ZSTD, _unzstded),
)
BY_NAME = {name: coding for coding in CODINGS for name in coding.names}

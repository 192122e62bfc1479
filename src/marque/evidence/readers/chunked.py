"""Transfer coding `chunked` undone (RFC 9112 section 7.1), saying where the chunks are wrong.

Many tools store the body without chunks and leave the header in place; then the body passes as it is.
"""

import re
from collections.abc import Iterator

_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]{0,4000})?\r?\n")
_LINE = 4096


class Dechunked:
    """The body without its chunk lines. `fault` is a problem code, known once the body was read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._buffer, self._pos = b"", 0
        self.fault: str | None = None

    def __iter__(self) -> Iterator[bytes]:
        first = True
        while (size := self._size(first)) is not None:
            first = False
            if size == 0:
                return
            yield from self._data(size)
        yield from self._as_it_is()

    def _as_it_is(self) -> Iterator[bytes]:
        rest = self._buffer[self._pos :]
        if rest:
            yield rest
        yield from self._chunks

    def _more(self) -> bool:
        """Add the next piece to what is at hand."""
        data = next(self._chunks, None)
        if data is None:
            return False
        self._buffer, self._pos = self._buffer[self._pos :] + data, 0
        return True

    def _size(self, first: bool) -> int | None:
        """The size of the next chunk; None where the chunks end wrongly."""
        while self._buffer.find(b"\n", self._pos, self._pos + _LINE) < 0:
            if len(self._buffer) - self._pos >= _LINE or not self._more():
                break
        if self._pos >= len(self._buffer):
            self.fault = None if first else "read.chunked-cut"
            return None
        line = _SIZE.match(self._buffer, self._pos)
        if line is None:
            self.fault = None if first else "read.chunked-damaged"
            return None
        self._pos = line.end()
        return int(line[1], 16)

    def _data(self, size: int) -> Iterator[bytes]:
        while size:
            if self._pos >= len(self._buffer) and not self._more():
                self.fault = "read.chunked-cut"
                return
            part = self._buffer[self._pos : self._pos + size]
            self._pos += len(part)
            size -= len(part)
            if part:
                yield part
        while len(self._buffer) - self._pos < 2 and self._more():
            pass
        if self._buffer.startswith(b"\r\n", self._pos):
            self._pos += 2
        elif self._buffer.startswith(b"\n", self._pos):
            self._pos += 1

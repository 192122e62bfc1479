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
        self._rest = b""
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
        if self._rest:
            yield self._rest
            self._rest = b""
        yield from self._chunks

    def _fill(self, count: int) -> bool:
        """Whether `count` bytes are at hand."""
        while len(self._rest) < count:
            data = next(self._chunks, None)
            if data is None:
                return False
            self._rest += data
        return True

    def _size(self, first: bool) -> int | None:
        """The size of the next chunk; None where the chunks end wrongly."""
        self._fill(1)
        while self._rest.find(b"\n") < 0 and len(self._rest) < _LINE and self._fill(len(self._rest) + 1):
            pass
        if not self._rest:
            self.fault = None if first else "read.chunked-cut"
            return None
        line = _SIZE.match(self._rest)
        if line is None:
            self.fault = None if first else "read.chunked-damaged"
            return None
        self._rest = self._rest[line.end() :]
        return int(line[1], 16)

    def _data(self, size: int) -> Iterator[bytes]:
        while size:
            if not self._rest and not self._fill(1):
                self.fault = "read.chunked-cut"
                return
            part, self._rest = self._rest[:size], self._rest[size:]
            size -= len(part)
            yield part
        self._fill(2)
        if self._rest.startswith(b"\r\n"):
            self._rest = self._rest[2:]
        elif self._rest.startswith(b"\n"):
            self._rest = self._rest[1:]

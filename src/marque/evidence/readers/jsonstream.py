"""JSON read value by value, so that a HAR of any size costs the memory of one entry.

The parser is the standard library's, on a growing stretch of text: the streaming parsers we tried crash on numbers
of thousands of digits. Keys given twice are noted, because programs differ in which of the two they believe.
"""

import codecs
import json
import re
from collections.abc import Iterator

from marque.evidence import limits

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
_SPACE = re.compile(r"[ \t\r\n]*")
_VALUE = 96 * limits.MIB
_LONG_NUMBER = 30
_NEAR_END = 32


class Broken(Exception):
    """The JSON ends or is damaged at `offset` (bytes from the start)."""

    def __init__(self, code: str, offset: int) -> None:
        super().__init__(code, offset)
        self.code, self.offset = code, offset


class Text:
    """A stream of JSON text with a place in it. `base` is the bytes that came before what is in sight."""

    def __init__(self, chunks: Iterator[bytes], coding: str = "utf-8", base: int = 0) -> None:
        self._chunks = chunks
        self._decoder = codecs.getincrementaldecoder(coding)(errors="replace")
        self._ended = False
        self.buf, self.pos, self.base = "", 0, base
        self.twice: list[str] = []
        self.replaced = False
        self._scanner = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=_integer, parse_float=_real, parse_constant=_constant
        )

    @property
    def offset(self) -> int:
        """Bytes before the place, as UTF-8."""
        return self._bytes(self.pos)

    def _bytes(self, pos: int) -> int:
        return self.base + len(self.buf[:pos].encode("utf-8", "surrogatepass"))

    def _object(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            self.twice += sorted({key for key in keys if keys.count(key) > 1})[:10]
        return found

    def more(self, count: int) -> bool:
        """Add at least so many characters, where there are so many; whether there were any."""
        added: list[str] = []
        size = 0
        while size < count and not self._ended:
            chunk = next(self._chunks, None)
            self._ended = chunk is None
            text = self._decoder.decode(chunk or b"", final=self._ended)
            self.replaced = self.replaced or ("\ufffd" in text)
            added.append(text)
            size += len(text)
        self.base = self.offset
        self.buf, self.pos = "".join([self.buf[self.pos :], *added]), 0
        return size > 0

    def peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        while True:
            match = _SPACE.match(self.buf, self.pos)
            self.pos = match.end() if match else self.pos
            if self.pos < len(self.buf):
                return self.buf[self.pos]
            if not self.more(limits.CHUNK):
                return ""

    def expect(self, character: str) -> None:
        """Step over a character that must stand here."""
        found = self.peek()
        if found != character:
            raise Broken("read.har-damaged" if found else "read.har-cut", self.offset)
        self.pos += 1

    def value(self) -> Json:
        """The value at the place, stepped over."""
        if not self.peek():
            raise Broken("read.har-cut", self.offset)
        while True:
            try:
                value, end = self._scanner.raw_decode(self.buf, self.pos)
            except json.JSONDecodeError as reason:
                self._further(reason)
                continue
            except RecursionError:
                raise Broken("read.har-depth", self.offset) from None
            if end == len(self.buf) and self.buf[end - 1 : end] not in ('"', "}", "]") and self.more(limits.CHUNK):
                continue  # a number that may go on
            self.pos = end
            return value  # type: ignore[no-any-return]

    def _further(self, reason: json.JSONDecodeError) -> None:
        """Read on where the value only goes on behind what is in sight; else it is damaged."""
        open_end = reason.msg.startswith("Unterminated string") or reason.pos >= len(self.buf) - _NEAR_END
        if not open_end:
            raise Broken("read.har-damaged", self._bytes(reason.pos))
        length = len(self.buf) - self.pos
        if length > _VALUE:
            raise Broken("read.har-value", self.offset)
        if not self.more(max(limits.CHUNK, length)):
            raise Broken("read.har-cut", self.offset)

    def find(self, pattern: re.Pattern[str]) -> bool:
        """Go to the next place where the pattern matches."""
        while True:
            match = pattern.search(self.buf, self.pos)
            if match:
                self.pos = match.start()
                return True
            self.pos = max(self.pos, len(self.buf) - 200)
            if not self.more(limits.CHUNK):
                return False


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONG_NUMBER else None


def _real(digits: str) -> float | None:
    return float(digits) if len(digits) <= _LONG_NUMBER else None


def _constant(_: str) -> None:
    """NaN and the infinities are no JSON, but some writers put them where a number is unknown."""

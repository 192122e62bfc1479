"""A window on a stream of bytes: look ahead, take, find, in bounded memory, knowing where the bytes came from."""

import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from marque.evidence import limits
from marque.evidence.model import Part, Problem


class Piece(NamedTuple):
    """Some bytes of a stream. `opens` and `closes` are offsets in the file of the gzip member they begin or end.

    `fault` is what is wrong with them; `gap` says that the next piece does not follow on.
    """

    data: bytes
    opens: int | None = None
    closes: int | None = None
    fault: Problem | None = None
    gap: bool = False


class Window:
    """Bytes of one stream from `offset` on.

    `opens` and `closes` map stream offsets to the file offsets of compressed members, for what is in sight.
    `faults` collects what the source found wrong, with the stream offset up to which it was found.
    """

    def __init__(
        self,
        pieces: Iterator[Piece],
        *,
        peek: Callable[[int, int], bytes] | None = None,
        again: Callable[[int], Iterator[Piece]] | None = None,
        size: int | None = None,
    ) -> None:
        self._pieces = pieces
        self._again = again
        self.peek = peek
        self.size = size
        self.buf, self.pos, self.base = b"", 0, 0
        self.broken = False
        self.opens: dict[int, int] = {}
        self.closes: dict[int, int] = {}
        self.faults: list[tuple[int, Problem]] = []

    @property
    def offset(self) -> int:
        """Where in the stream the next byte stands."""
        return self.base + self.pos

    def _accept(self) -> bytes | None:
        """The next piece's bytes, its notes taken; None at a gap or at the end."""
        piece = None if self.broken else next(self._pieces, None)
        return None if piece is None else self._note(piece, self.base + len(self.buf))

    def _note(self, piece: Piece, start: int) -> bytes:
        end = start + len(piece.data)
        if piece.opens is not None:
            self.opens[start] = piece.opens
        if piece.closes is not None:
            self.closes[end] = piece.closes
        if piece.fault is not None:
            self.faults.append((end, piece.fault))
        self.broken = piece.gap
        return piece.data

    def more(self) -> bool:
        """Add the next piece to what is in sight."""
        data = self._accept()
        if data is None:
            return False
        self._shift(self.buf[self.pos :] + data if self.pos < len(self.buf) else data)
        return True

    def _shift(self, kept: bytes) -> None:
        self.base, self.buf, self.pos = self.base + self.pos, kept, 0
        if len(self.opens) > 8:
            self._forget()

    def _forget(self) -> None:
        """Drop notes on members that are behind, except the one that is open."""
        behind = [at for at in self.opens if at < self.base]
        for at in behind[:-1]:
            del self.opens[at]
        for at in [at for at in self.closes if at < self.base]:
            del self.closes[at]

    def look(self, count: int) -> int:
        """Make sure that `count` bytes are in sight, where there are so many; how many are."""
        here = len(self.buf) - self.pos
        if here >= count:
            return here
        kept = [self.buf[self.pos :]] if here else []
        start, end = self.offset, self.base + len(self.buf)
        while here < count and not self.broken:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._note(piece, end)
            kept.append(piece.data)
            here += len(piece.data)
            end += len(piece.data)
        self.base, self.pos = start, 0
        self._shift(kept[0] if len(kept) == 1 else b"".join(kept))
        return here

    def cross(self) -> None:
        """Go on behind a gap; what is left before it is dropped."""
        self.base, self.buf, self.pos = self.base + len(self.buf), b"", 0
        self.broken = False

    def take(self, count: int) -> bytes:
        """Up to `count` bytes that are in sight."""
        part = self.buf[self.pos : self.pos + count]
        self.pos += len(part)
        return part

    def chunks(self, count: int, stop: Callable[[bytes, int], bool] | None = None) -> Iterator[bytes]:
        """Up to `count` bytes in bounded pieces; fewer at a gap, the end, or a member that begins as `stop` says."""
        while count > 0:
            if self.pos >= len(self.buf) and not self.more():
                return
            upto = self._before(count, stop) if stop and self.opens else count
            if upto == 0 and self.pos < len(self.buf):
                return
            part = self.take(upto)
            count -= len(part)
            if part:
                yield part

    def _before(self, count: int, stop: Callable[[bytes, int], bool]) -> int:
        """How many of the next `count` bytes come before a member that begins as `stop` says."""
        for at in self.opens:
            ahead = at - self.offset
            if 0 <= ahead < min(count, len(self.buf) - self.pos) and stop(self.buf, at - self.base):
                count = ahead
        return count

    def find(self, needle: bytes, limit: int, start: int = 0) -> int:
        """How many bytes ahead `needle` stands, searching `limit` bytes from `start` on; -1 where it does not."""
        while True:
            at = self.buf.find(needle, self.pos + start, self.pos + limit)
            if at >= 0:
                return at - self.pos
            here = len(self.buf) - self.pos
            if here >= limit or self.look(min(limit, here + limits.CHUNK)) == here:
                return -1
            start = max(start, here - len(needle) + 1)

    def skip_to(self, needle: bytes) -> bool:
        """Drop everything before the next `needle`; False, with nothing left in sight, where none follows."""
        while True:
            at = self.buf.find(needle, self.pos)
            if at >= 0:
                self.pos = at
                return True
            self.pos = max(self.pos, len(self.buf) - len(needle) + 1)
            if not self.more():
                self.pos = len(self.buf)
                return False

    def rewind(self, offset: int) -> bool:
        """Go back (or forward) to an offset, where the source can; its notes on members are forgotten."""
        if self._again is None:
            return False
        self._pieces = self._again(offset)
        self.base, self.buf, self.pos, self.broken = offset, b"", 0, False
        return True


def of_part(part: Part) -> Window:
    """A window on a stored file's content."""

    def pieces(offset: int = 0) -> Iterator[Piece]:
        with part.path.open("rb") as stream:
            stream.seek(part.skip + offset)
            left = part.length - offset
            while left > 0 and (data := stream.read(min(left, limits.CHUNK))):
                left -= len(data)
                yield Piece(data)

    def peek(offset: int, count: int) -> bytes:
        if offset >= part.length:
            return b""
        handle = os.open(part.path, os.O_RDONLY)
        try:
            return os.pread(handle, min(count, part.length - offset), part.skip + offset)
        finally:
            os.close(handle)

    return Window(pieces(), peek=peek, again=pieces, size=part.length)

"""Chance that is the same everywhere: numbers drawn from SHA-256 of a path of names.

Each site, page and panel has a path of its own, so that adding one never moves the draws of another. Integers only:
no library's random generator and no floating-point rounding can change the world.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

HEX = "0123456789abcdef"
DIGITS = "0123456789"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Dice:
    """A stream of draws belonging to one path of names."""

    __slots__ = ("_count", "_path")

    def __init__(self, *path: object) -> None:
        self._path = "\x1f".join(str(name) for name in path)
        self._count = 0

    def of(self, *path: object) -> "Dice":
        """The dice of a place below this one; independent of how often this one was thrown."""
        return Dice(self._path, *path)

    def data(self, length: int) -> bytes:
        """So many bytes."""
        out = b""
        while len(out) < length:
            out += hashlib.sha256(f"{self._path}\x1e{self._count}".encode()).digest()
            self._count += 1
        return out[:length]

    def below(self, limit: int) -> int:
        """From 0 to limit - 1. Eight bytes for a small limit: the bias is far below anything the world shows."""
        return int.from_bytes(self.data(8), "big") % limit

    def between(self, first: int, last: int) -> int:
        """Both ends included."""
        return first + self.below(last - first + 1)

    def pick(self, items: Sequence[Item]) -> Item:
        """One of them."""
        return items[self.below(len(items))]

    def chance(self, percent: int) -> bool:
        """True so often in a hundred."""
        return self.below(100) < percent

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """All of them in another order (Fisher and Yates)."""
        out = list(items)
        for at in range(len(out) - 1, 0, -1):
            other = self.below(at + 1)
            out[at], out[other] = out[other], out[at]
        return out

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        """Some of them, none twice."""
        return self.shuffled(items)[:count]

    def text(self, alphabet: str, length: int) -> str:
        """A string over an alphabet."""
        return "".join(alphabet[byte % len(alphabet)] for byte in self.data(length))

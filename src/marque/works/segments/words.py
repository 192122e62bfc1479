"""How a 256-bit code is cut into words, and which keys of a word lie near.

Pigeonhole: two codes at most 31 bits apart are, in some word, no further apart than that word's radius, wherever the
radii plus one add up to 32 over all words. Bits are first spread by a fixed shuffle, because neighbouring bits of a
PDQ lean together and would crowd a few keys; distances stay what they were.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from marque.signals.pictures.pdq import BITS, Bytes

Lanes = npt.NDArray[np.uint64]  # n x 4
Integers = npt.NDArray[np.int64]

RADIUS = 31
LANES = BITS // 64
LOW = 6  # low bits of a key: 64 neighbouring keys share one word of a bitmap
_SHUFFLE = np.array([pow(3, k, BITS + 1) - 1 for k in range(BITS)])  # 3 generates all remainders but 0 modulo 257
_CHUNK, _FEW = 1 << 13, 64
CUTS = {  # width and radius of each word
    16: ((16, 1),) * 16,
    12: ((22, 2), (22, 2), (20, 1)) * 4,
    11: (*((24, 2),) * 6, *((23, 2),) * 4, (20, 1)),
}


@dataclass(frozen=True, slots=True)
class Word:
    """Some bits in a row, and how far apart two codes may be in them.

    `shift` bits of the lane follow; where that is less than nothing, the word goes on in the next lane.
    """

    lane: int
    shift: int
    width: int
    radius: int


@dataclass(frozen=True, slots=True)
class Layout:
    """All words of a code, and what of the bitmap a query looks at.

    Keys of all words stand in one row, each word's after the one before. A query looks at one bitmap word per column:
    the one of its own high bits with `flips` changed; there it wants the low bits within `balls` of its own.
    """

    words: tuple[Word, ...]
    bases: Integers  # first bitmap word of each word's keys, and the end
    column: Integers  # per column: which word
    flips: Integers
    balls: Integers

    @property
    def keys(self) -> int:
        return int(self.bases[-1]) << LOW


@cache
def layout(count: int) -> Layout:
    """So many words: their widths and radii."""
    words, before = [], 0
    for width, radius in CUTS[count]:
        lane, inside = divmod(before, 64)
        words.append(Word(lane, 64 - inside - width, width, radius))
        before += width
    assert sum(word.radius + 1 for word in words) == RADIUS + 1
    columns = [(number, *near) for number, word in enumerate(words) for near in _near(word.width - LOW, word.radius)]
    bases = np.cumsum([0, *(1 << (word.width - LOW) for word in words)])
    column, flips, balls = (np.array([row[n] for row in columns], np.int64) for n in range(3))
    return Layout(tuple(words), bases.astype(np.int64), column, flips, balls)


def _near(width: int, radius: int) -> list[tuple[int, int]]:
    """Changes of the high bits, each with how many of the low bits may then still differ; in the order of memory."""
    return sorted(
        (sum(1 << bit for bit in bits), radius - count)
        for count in range(radius + 1)
        for bits in combinations(range(width), count)
    )


def _balls() -> npt.NDArray[np.uint64]:
    """For a radius and some low bits, a bitmap of all low bits within that radius."""
    every = np.arange(1 << LOW, dtype=np.uint64)
    near = np.bitwise_count(every[:, None] ^ every[None])[None] <= np.arange(3)[:, None, None]
    return np.asarray(np.bitwise_or.reduce(np.where(near, np.uint64(1) << every, np.uint64(0)), axis=2), np.uint64)


BALLS = _balls()


def keys_of(lanes: Lanes, word: Word) -> npt.NDArray[np.uint64]:
    """The key of each code in one word."""
    mask = np.uint64((1 << word.width) - 1)
    if word.shift >= 0:
        return np.asarray((lanes[:, word.lane] >> np.uint64(word.shift)) & mask, np.uint64)
    high = lanes[:, word.lane] << np.uint64(-word.shift)
    return np.asarray((high | lanes[:, word.lane + 1] >> np.uint64(64 + word.shift)) & mask, np.uint64)


def spread(codes: Bytes) -> Lanes:
    """Codes of 32 bytes as four shuffled lanes."""
    return _looked_up(np.asarray(codes, np.uint8).reshape(-1, BITS // 8), _spread_bytes())


def gathered(lanes: Lanes) -> Bytes:
    """Lanes as the codes they were."""
    back = _looked_up(np.ascontiguousarray(lanes).astype(">u8").view(np.uint8), _gathered_bytes())
    return back.astype(">u8").view(np.uint8).reshape(-1, BITS // 8)


def _looked_up(codes: Bytes, table: Lanes) -> Lanes:
    """The sum of what each byte contributes: far quicker than moving bits one by one."""
    if len(codes) <= _FEW:
        rows = table.reshape(-1, LANES).take(codes + np.arange(0, BITS // 8 << 8, 1 << 8), axis=0)
        return np.asarray(np.bitwise_or.reduce(rows, axis=1), np.uint64)
    out = np.zeros((len(codes), LANES), np.uint64)
    for at in range(0, len(codes), _CHUNK):
        part = out[at : at + _CHUNK]
        for place in range(BITS // 8):
            part |= table[place].take(codes[at : at + _CHUNK, place], axis=0)
    return out


@cache
def _spread_bytes() -> Lanes:
    return _contributions(_SHUFFLE)


@cache
def _gathered_bytes() -> Lanes:
    return _contributions(np.argsort(_SHUFFLE))


def _contributions(order: Integers) -> Lanes:
    """For each place of a byte and each value it may have, the lanes of a code that is nothing else."""
    codes = np.zeros((BITS // 8, 256, BITS // 8), np.uint8)
    for place in range(BITS // 8):
        codes[place, :, place] = np.arange(256)
    moved = np.packbits(np.unpackbits(codes, axis=2)[:, :, order], axis=2)
    return moved.view(">u8").astype(np.uint64)

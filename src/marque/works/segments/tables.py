"""Which codes have which key, packed small: some 48 bytes a code at a million codes, less at more.

All words' keys stand in one row (words.Layout). A bitmap says which keys occur; counting its bits up to a key numbers
the key among those that occur; `starts` says where that key's codes begin. Keys of many codes stand apart at the end,
so that a byte is enough between two starts.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.works.segments.words import LOW, Integers, Lanes, Layout, keys_of

MOST = 1 << 24  # codes: a code's number fits 24 bits
_FEW = 15  # codes of a key that stands in the row; 16 such keys take at most 240 places
_STEP = 4  # 16 keys share one start of 32 bits

Words64 = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Tables:
    """Arrays in memory or mapped from a file."""

    bits: Words64  # one bit a key
    ranks: npt.NDArray[np.uint32]  # keys that occur before each word of `bits`
    bases: npt.NDArray[np.uint32]  # start of every 16th key that occurs
    steps: npt.NDArray[np.uint8]  # start of each beyond that; one more at the end
    crowded: npt.NDArray[np.uint32]  # numbers of the keys of many codes
    crowded_starts: npt.NDArray[np.uint32]  # their starts; one more at the end
    low: npt.NDArray[np.uint16]  # 16 bits of each code's number
    high: npt.NDArray[np.uint8]  # and 8 more, where there are more than 65,536 codes

    def starts(self, keys: Integers) -> tuple[Integers, Integers]:
        """Where the codes of keys that occur begin, and how many there are. Raises IndexError for what cannot be."""
        start = self.bases[keys >> _STEP].astype(np.int64) + self.steps[keys]
        count = self.bases[(keys + 1) >> _STEP].astype(np.int64) + self.steps[keys + 1] - start
        many = np.flatnonzero(count == 0)
        if len(many):
            at = np.searchsorted(self.crowded, keys[many].astype(np.uint32))
            start[many] = self.crowded_starts[at]
            count[many] = self.crowded_starts[at + 1].astype(np.int64) - start[many]
        if (count <= 0).any() or (start + count > len(self.low)).any():
            raise IndexError
        return start, count

    def codes(self, places: Integers) -> Integers:
        """Numbers of the codes that stand at some places."""
        number = self.low[places].astype(np.int64)
        if len(self.high):
            number |= self.high[places].astype(np.int64) << 16
        return number


def build(lanes: Lanes, cut: Layout) -> Tables:
    """Tables over at most `MOST` codes."""
    bits = np.zeros(int(cut.bases[-1]), np.uint64)
    counts, numbers = [], []
    for word, base in zip(cut.words, cut.bases[:-1].tolist(), strict=True):
        key, count, number = _sorted(keys_of(lanes, word))
        np.bitwise_or.at(bits[base:], key >> LOW, np.uint64(1) << (key & 63).astype(np.uint64))
        counts.append(count)
        numbers.append(number)
    count = np.concatenate(counts)
    ranks = np.cumsum(np.r_[0, np.bitwise_count(bits)[:-1].astype(np.int64)]).astype(np.uint32)
    few = count <= _FEW
    start = np.cumsum(np.r_[0, np.where(few, count, 0)])
    bases = start[:: 1 << _STEP]
    steps = (start - np.repeat(bases, 1 << _STEP)[: len(start)]).astype(np.uint8)
    crowded = np.flatnonzero(~few).astype(np.uint32)
    crowded_starts = (start[-1] + np.cumsum(np.r_[0, count[~few]])).astype(np.uint32)
    low, high = _placed(numbers, counts, len(lanes))
    return Tables(bits, ranks, bases.astype(np.uint32), steps, crowded, crowded_starts, low, high)


def _sorted(keys: Words64) -> tuple[Integers, Integers, npt.NDArray[np.uint32]]:
    """The keys that occur, how many codes each has, and the numbers of all codes in the order of their keys."""
    both = keys << np.uint64(24) | np.arange(len(keys), dtype=np.uint64)
    both.sort()
    number = (both & np.uint64(MOST - 1)).astype(np.uint32)
    both >>= np.uint64(24)
    first = np.flatnonzero(np.r_[True, both[1:] != both[:-1]])
    return both[first].astype(np.int64), np.diff(np.r_[first, len(both)]), number


def _placed(
    numbers: list[npt.NDArray[np.uint32]], counts: list[Integers], codes: int
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8]]:
    """Numbers of all codes in two parts: first those of keys of few codes, word by word, then the others."""
    row, apart = [], []
    for number, count in zip(numbers, counts, strict=True):
        few = np.repeat(count <= _FEW, count)
        row.append(number[few])
        apart.append(number[~few])
    joined = np.concatenate([*row, *apart])
    return joined.astype(np.uint16), (joined >> 16 if codes > 1 << 16 else joined[:0]).astype(np.uint8)

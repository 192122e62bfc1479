"""Which codes have which key, packed small: some 40 to 50 bytes a code.

All words' keys stand in one row (words.Layout). A bitmap says which keys occur; counting its bits up to a key numbers
the key among those that occur. 16 such keys share a run: where the first one's codes begin, and how many each has, in
four bits. Keys of more codes stand apart at the end.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.works.segments.words import LOW, Integers, Lanes, Layout, keys_of

MOST = 1 << 24  # codes: a code's number fits 24 bits
TOGETHER = 16  # keys of a run
RUN = 3  # numbers of 32 bits it takes: the start, and twice eight counts
_FEW = 15  # codes of a key that stands in the row
_ODD, _ONES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)

Words64 = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Tables:
    """Arrays in memory or mapped from a file."""

    bits: Words64  # one bit a key
    ranks: npt.NDArray[np.uint32]  # keys that occur before each word of `bits`
    runs: npt.NDArray[np.uint32]  # of keys that occur
    crowded: npt.NDArray[np.uint32]  # numbers of the keys of many codes, which count none in their run
    crowded_starts: npt.NDArray[np.uint32]  # their starts; one more at the end
    numbers: npt.NDArray[np.uint8]  # of all codes, key by key: two bytes each, or three, the lowest first

    def starts(self, keys: Integers) -> tuple[Integers, Integers]:
        """Where the codes of keys that occur begin, and how many there are. Raises IndexError for what cannot be."""
        first, low, high = self.runs.reshape(-1, RUN)[keys // TOGETHER].astype(np.uint64).T
        counts, shift = high << np.uint64(32) | low, (keys % TOGETHER * 4).astype(np.uint64)
        before = counts & ((np.uint64(1) << shift) - np.uint64(1))
        before = ((before & _ODD) + (before >> np.uint64(4) & _ODD)) * _ONES >> np.uint64(56)
        start, count = (first + before).astype(np.int64), (counts >> shift & np.uint64(15)).astype(np.int64)
        many = np.flatnonzero(count == 0)
        if len(many):
            at = np.searchsorted(self.crowded, keys[many].astype(np.uint32))
            start[many] = self.crowded_starts[at]
            count[many] = self.crowded_starts[at + 1].astype(np.int64) - start[many]
        if (count <= 0).any() or (start + count > len(self.numbers)).any():
            raise IndexError
        return start, count

    def codes(self, places: Integers) -> Integers:
        """Numbers of the codes that stand at some places."""
        rows = np.zeros((len(places), 4), np.uint8)
        rows[:, : self.numbers.shape[1]] = self.numbers[places]
        return rows.view("<u4")[:, 0].astype(np.int64)


def wide(codes: int) -> int:
    """Bytes of a code's number."""
    return 3 if codes > 1 << 16 else 2


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
    row = np.where(few, count, 0)
    crowded = np.flatnonzero(~few).astype(np.uint32)
    crowded_starts = (row.sum() + np.cumsum(np.r_[0, count[~few]])).astype(np.uint32)
    return Tables(bits, ranks, _runs(row), crowded, crowded_starts, _placed(numbers, counts, few, len(lanes)))


def _runs(count: Integers) -> npt.NDArray[np.uint32]:
    """Counts of keys, 16 together, each run with the sum of all before it."""
    padded = np.zeros((-(-len(count) // TOGETHER), TOGETHER), np.uint8)
    padded.reshape(-1)[: len(count)] = count
    total = padded.sum(axis=1, dtype=np.int64)
    runs = np.empty((len(padded), RUN), np.uint32)
    runs[:, 0] = np.cumsum(total) - total
    runs[:, 1:] = (padded[:, ::2] | padded[:, 1::2] << 4).view("<u4")
    return runs.reshape(-1)


def _sorted(keys: Words64) -> tuple[Integers, Integers, npt.NDArray[np.uint32]]:
    """The keys that occur, how many codes each has, and the numbers of all codes in the order of their keys."""
    both = keys << np.uint64(24) | np.arange(len(keys), dtype=np.uint64)
    both.sort()
    number = (both & np.uint64(MOST - 1)).astype(np.uint32)
    both >>= np.uint64(24)
    first = np.flatnonzero(np.r_[True, both[1:] != both[:-1]])
    return both[first].astype(np.int64), np.diff(np.r_[first, len(both)]), number


def _placed(
    numbers: list[npt.NDArray[np.uint32]], counts: list[Integers], few: npt.NDArray[np.bool_], codes: int
) -> npt.NDArray[np.uint8]:
    """Numbers of all codes: first those of keys of few codes, word by word, then the others."""
    out = np.empty((codes * len(numbers), wide(codes)), np.uint8)
    row, key, apart = 0, 0, []
    for number, count in zip(numbers, counts, strict=True):
        here = np.repeat(few[key : key + len(count)], count)
        standing = number[here]
        out[row : row + len(standing)] = _narrow(standing, out.shape[1])
        row, key = row + len(standing), key + len(count)
        apart.append(number[~here])
    out[row:] = _narrow(np.concatenate(apart), out.shape[1])
    return out


def _narrow(numbers: npt.NDArray[np.uint32], size: int) -> npt.NDArray[np.uint8]:
    return numbers.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :size]

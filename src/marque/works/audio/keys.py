"""Exact search over the coarsest 64 bits of the codes: every stored code within 11 of them is found, none missed.

Pigeonhole: cut 64 bits into four words of 16; two keys at most 11 apart agree in some word up to two bits. What noise,
an encoder or another tempo leaves of a code differs in more of its 256 bits than the pictures' index asks for, but in
few of its coarsest; the whole code then decides. Only a crowd, thousands of codes with one word (an hour of one loop),
is passed over: it tells no recording from another, and would cost without bound.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from marque.works.audio.model import Bytes

RADIUS = 11
_WORDS, _WIDTH = 4, 16
_BATCH = 32
CROWD = 4_096  # codes with one word, or one in 256 of all

Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Keys:
    """Codes, and the tables that find them by their first 64 bits."""

    codes: Words  # n x 4
    starts: npt.NDArray[np.uint32]  # 4 x 65,537: where a word's codes begin in `ids`
    ids: npt.NDArray[np.uint32]  # 4 x n

    def search(self, queries: Bytes, farthest: int, flips: int = 2) -> tuple[Integers, Integers, Integers]:
        """Query number, code number and distance of pairs at most `farthest` of 256 bits apart, in that order."""
        found = list(self.batches(queries, farthest, flips))
        query, code, distance = (np.concatenate([part[n] for part in found] or [_NONE]) for n in range(3))
        return query, code, distance

    def batches(self, queries: Bytes, farthest: int, flips: int = 2) -> Iterator[tuple[Integers, Integers, Integers]]:
        """The same, some queries at a time. `flips` of a word are tried: keys at most 4 x flips + 3 apart are found."""
        for at in range(0, len(queries), _BATCH):
            yield self._batch(queries[at : at + _BATCH], at, farthest, flips)

    def _batch(self, queries: Bytes, offset: int, farthest: int, flips: int) -> tuple[Integers, Integers, Integers]:
        whole, words = as_words(queries), _words(queries)
        pairs = [self._table(table, words[:, table], whole, flips) for table in range(_WORDS)]
        joined = np.unique(np.concatenate(pairs))  # a pair close in several words was found several times
        query, code = joined // max(1, len(self.codes)), joined % max(1, len(self.codes))
        distance = _distance(whole[query], self.codes[code])
        near = distance <= farthest
        return query[near] + offset, code[near], distance[near]

    def _table(self, table: int, words: npt.NDArray[np.uint16], whole: Words, flips: int) -> Integers:
        """Pairs with keys close enough, found through one word, each as query number x size + code number."""
        probes = (words[:, None] ^ _near(flips)[None, :]).astype(np.intp)
        first = self.starts[table][probes].astype(np.int64).ravel()
        count = self.starts[table][probes + 1].astype(np.int64).ravel() - first
        count[count > max(CROWD, len(self.codes) // 256)] = 0
        query = np.repeat(np.repeat(np.arange(len(words)), len(_near(flips))), count)
        run = np.repeat(first - np.r_[0, np.cumsum(count)[:-1]], count)
        code = self.ids[table][run + np.arange(len(run))].astype(np.int64)
        near = np.bitwise_count(whole[query, 0] ^ self.codes[code, 0]) <= 4 * flips + 3
        return np.asarray(query[near] * len(self.codes) + code[near], np.int64)


_NONE = np.zeros(0, np.int64)


def build(codes: Bytes) -> Keys:
    """Tables in memory over n x 32 bytes."""
    words = _words(codes)
    starts = np.zeros((_WORDS, (1 << _WIDTH) + 1), np.uint32)
    ids = np.zeros((_WORDS, len(codes)), np.uint32)
    for table in range(_WORDS):
        starts[table, 1:] = np.cumsum(np.bincount(words[:, table], minlength=1 << _WIDTH))
        ids[table] = np.argsort(words[:, table], kind="stable")
    return Keys(as_words(codes), starts, ids)


def as_words(codes: Bytes) -> Words:
    """Codes as four numbers each, the key first."""
    return np.ascontiguousarray(codes).view("<u8").astype(np.uint64).reshape(-1, 4)


def _words(codes: Bytes) -> npt.NDArray[np.uint16]:
    """The key's four words, each of every fourth bit: neighbouring coefficients lean together."""
    bits = np.unpackbits(codes[:, :8], axis=1).reshape(-1, _WIDTH, _WORDS).transpose(0, 2, 1)
    return np.ascontiguousarray(np.packbits(bits.reshape(-1, 64), axis=1)).view("<u2").astype(np.uint16)


@lru_cache(maxsize=4)
def _near(flips: int) -> npt.NDArray[np.uint16]:
    """Every pattern of at most so many flipped bits."""
    patterns = [
        sum(1 << bit for bit in bits) for many in range(flips + 1) for bits in combinations(range(_WIDTH), many)
    ]
    return np.array(patterns, np.uint16)


def _distance(one: Words, other: Words) -> Integers:
    return np.asarray(np.bitwise_count(one ^ other).sum(axis=1, dtype=np.int64), np.int64)

"""An exact index: every stored code within 31 of 256 bits of a query, none missed.

Pigeonhole: cut 256 bits into 16 words of 16. Two codes at most 31 apart agree in some word up to one bit, for
otherwise each word would differ in two and the codes in 32. So a query looks up 17 keys in each of 16 tables and
compares what it finds there in full. Words are taken across the code, because neighbouring bits of a PDQ lean
together and would crowd a few keys. The file is mapped, not loaded; a file that is not ours or not whole is refused.
"""

import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from marque.errors import InputRefused
from marque.signals.pictures.pdq import BITS, Bytes

RADIUS = 31
_WORDS, _WIDTH = 16, 16
_KEYS = 1 << _WIDTH
_NEAR = np.array([0, *(1 << bit for bit in range(_WIDTH))], np.uint16)
_ACROSS = (np.arange(BITS) * 17) % BITS  # bit 17k: each word takes one bit of every row and column of the transform
_BATCH = 256

_MAGIC, _VERSION = b"marqueix", 1
_HEADER = struct.Struct("<8sIIQI4x")  # magic, version, bytes a code, codes, CRC-32 of all that follows

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Index:
    """Codes with one small number (`votes`) each, and the tables that find them."""

    codes: npt.NDArray[np.uint64]  # n x 4
    votes: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.uint32]  # 16 x 65,537: where a key's codes begin in `ids`
    ids: npt.NDArray[np.uint32]  # 16 x n

    def __len__(self) -> int:
        return len(self.codes)

    def search(self, queries: Bytes) -> tuple[Integers, Integers, Integers]:
        """Query number, code number and distance of every pair at most 31 apart, in that order."""
        found = [self._batch(queries[at : at + _BATCH], at) for at in range(0, len(queries), _BATCH)]
        query, code, distance = (np.concatenate([part[n] for part in found] or [_NONE]) for n in range(3))
        return query, code, distance

    def _batch(self, queries: Bytes, offset: int) -> tuple[Integers, Integers, Integers]:
        keys = _keys(queries)
        whole = _as_words(queries)
        pairs = [self._table(table, keys[:, table], whole) for table in range(_WORDS)]
        joined = np.unique(np.concatenate(pairs))  # a pair close in several words was found several times
        query, code = joined // max(1, len(self)), joined % max(1, len(self))
        return query + offset, code, _distance(whole[query], self.codes[code])

    def _table(self, table: int, keys: npt.NDArray[np.uint16], whole: npt.NDArray[np.uint64]) -> Integers:
        """Pairs found through one word, each as query number x size + code number."""
        probes = (keys[:, None] ^ _NEAR[None, :]).astype(np.intp)
        first = self.starts[table][probes].astype(np.int64)
        count = (self.starts[table][probes + 1].astype(np.int64) - first).ravel()
        query = np.repeat(np.repeat(np.arange(len(keys)), len(_NEAR)), count)
        run = np.repeat(first.ravel() - np.r_[0, np.cumsum(count)[:-1]], count)
        code = self.ids[table][run + np.arange(len(run))].astype(np.int64)
        near = _distance(whole[query], self.codes[code]) <= RADIUS
        return np.asarray(query[near] * len(self) + code[near], np.int64)


_NONE = np.zeros(0, np.int64)


def build(codes: Bytes, votes: npt.NDArray[np.uint8] | None = None) -> Index:
    """An index in memory over n x 32 bytes."""
    keys = _keys(codes)
    starts = np.zeros((_WORDS, _KEYS + 1), np.uint32)
    ids = np.zeros((_WORDS, len(codes)), np.uint32)
    for table in range(_WORDS):
        starts[table, 1:] = np.cumsum(np.bincount(keys[:, table], minlength=_KEYS))
        ids[table] = np.argsort(keys[:, table], kind="stable")
    return Index(_as_words(codes), np.full(len(codes), 100, np.uint8) if votes is None else votes, starts, ids)


def save(path: Path, index: Index) -> None:
    """Write beside its place, sync, rename: readers see the old file or the new one."""
    body = [index.codes.astype("<u8"), index.starts.astype("<u4"), index.ids.astype("<u4"), index.votes]
    check = 0
    for part in body:
        check = zlib.crc32(np.ascontiguousarray(part).data, check)
    aside = path.with_name(path.name + ".part")
    with aside.open("wb") as stream:
        stream.write(_HEADER.pack(_MAGIC, _VERSION, BITS // 8, len(index), check))
        for part in body:
            stream.write(np.ascontiguousarray(part).data)
        stream.flush()
        os.fsync(stream.fileno())
    aside.rename(path)


def load(path: Path) -> Index:
    """Map an index file. Raises InputRefused where it is foreign, of another version, cut short or damaged."""
    try:
        data = np.memmap(path, np.uint8, "r")
    except (OSError, ValueError) as reason:
        raise InputRefused("works.index-damaged", path=str(path)) from reason
    if len(data) < _HEADER.size or bytes(data[:8]) != _MAGIC:
        raise InputRefused("works.index-foreign", path=str(path))
    _, version, width, count, check = _HEADER.unpack(bytes(data[: _HEADER.size]))
    if (version, width) != (_VERSION, BITS // 8):
        raise InputRefused("works.index-version", path=str(path), version=version)
    body = data[_HEADER.size :]
    sizes = [count * 32, _WORDS * (_KEYS + 1) * 4, _WORDS * count * 4, count]
    if len(body) != sum(sizes) or zlib.crc32(body.data) != check:
        raise InputRefused("works.index-damaged", path=str(path))
    ends = np.cumsum(sizes)
    codes, starts, ids, votes = (body[end - size : end] for end, size in zip(ends, sizes, strict=True))
    return Index(
        codes.view("<u8").reshape(-1, 4),
        votes,
        starts.view("<u4").reshape(_WORDS, -1),
        ids.view("<u4").reshape(_WORDS, -1),
    )


def _keys(codes: Bytes) -> npt.NDArray[np.uint16]:
    bits = np.ascontiguousarray(np.unpackbits(codes, axis=1)[:, _ACROSS])
    return np.ascontiguousarray(np.packbits(bits, axis=1)).view("<u2").astype(np.uint16)


def _as_words(codes: Bytes) -> npt.NDArray[np.uint64]:
    return np.ascontiguousarray(codes).view("<u8").astype(np.uint64).reshape(-1, BITS // 64)


def _distance(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> Integers:
    return np.asarray(np.bitwise_count(one ^ other).sum(axis=1, dtype=np.int64), np.int64)

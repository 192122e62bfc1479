"""RFC 6962 section 2.1: the Merkle tree over log leaves, its proofs, and their verification.

A proof shows that leaves were in the tree that a root names. It says nothing about whether what a leaf states is true.
"""

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """All complete subtrees over the leaf hashes appended so far: 64 bytes a leaf, roots and proofs of any size."""

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for value in leaf_hashes:
            self.append(value)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, value: bytes) -> None:
        for level in self._levels:
            level.append(value)
            if len(level) % 2:
                return
            value = node_hash(level[-2], level[-1])
        self._levels.append([value])

    def leaf(self, index: int) -> bytes:
        return self._levels[0][index]

    def root(self, size: int | None = None) -> bytes:
        """Root over the first `size` leaves (all of them when None)."""
        size = self._checked(size)
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """RFC 6962 2.1.1: the audit path of leaf `index` in the tree over the first `size` leaves."""
        size = self._checked(size)
        if not 0 <= index < size:
            raise ValueError("no such leaf in a tree of this size")
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, first: int, size: int | None = None) -> list[bytes]:
        """RFC 6962 2.1.2: that the tree over `first` leaves is a beginning of the tree over `size` leaves."""
        size = self._checked(size)
        if not 0 < first <= size:
            raise ValueError("consistency is between a tree of at least one leaf and a later one")
        proof: list[bytes] = []
        start, end, whole = 0, size, True
        while first < end:
            middle = start + _split(end - start)
            if first <= middle:
                proof.append(self._range(middle, end))
                end = middle
            else:
                proof.append(self._range(start, middle))
                start, whole = middle, False
        if not whole:
            proof.append(self._range(start, end))
        return proof[::-1]

    def _checked(self, size: int | None) -> int:
        size = len(self) if size is None else size
        if not 0 <= size <= len(self):
            raise ValueError("the tree has not grown to this size")
        return size

    def _range(self, start: int, end: int) -> bytes:
        """Hash over leaves start..end; `start` is a multiple of a power of two not below the length."""
        length = end - start
        if length & (length - 1) == 0:
            level = length.bit_length() - 1
            return self._levels[level][start >> level]
        middle = start + _split(length)
        return node_hash(self._range(start, middle), self._range(middle, end))


def _split(length: int) -> int:
    """The largest power of two below `length`."""
    return 1 << ((length - 1).bit_length() - 1)


def proves_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 2.1.3.2: whether `path` leads from a leaf hash at `index` to the root of a tree of `size`."""
    if not 0 <= index < size:
        return False
    place, last, value = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            value = node_hash(step, value)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, step)
        place, last = place >> 1, last >> 1
    return last == 0 and value == root


def proves_consistency(first: int, size: int, first_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 2.1.4.2: whether the tree of `first` leaves is a beginning of the tree of `size` leaves."""
    if not 0 < first <= size:
        return False
    if first == size:
        return not proof and first_root == root
    steps = list(proof) if first & (first - 1) else [first_root, *proof]
    if not steps:
        return False
    place, last = first - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == root

"""Which short runs of a folded text stand for it: hashed, and thinned so that any shared stretch keeps one in common.

Selection is winnowing (Schleimer, Wilkerson, Aiken 2003): of every WINDOW neighbouring shingles the one of the least
hash is kept. Two texts that share WINDOW + LENGTH - 1 folded characters share a kept hash, whatever stands around.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.works.text.folding import Folded, scripts
from marque.works.text.model import HAN, LETTERS, SYLLABLES, Bytes, Codes, Hashes, Places

WINDOW = 12
# Folded characters a shingle has, by the script it begins in. Shorter ones survive more errors, longer ones are rarer.
LENGTHS = {LETTERS: 8, SYLLABLES: 5, HAN: 4}
_AT_ONCE = 1 << 20  # folded characters
LONGEST = max(LENGTHS.values())

_Wide = npt.NDArray[np.uint64]
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_ONE, _TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Shingles:
    """Kept shingles in text order: hash, first and last folded character, script."""

    hashes: Hashes
    first: Places
    last: Places
    script: Bytes


def select(folded: Folded) -> Shingles:
    """The shingles that stand for the text; looked for in parts that lap, so that a long one costs no more memory."""
    parts = list(_parts(folded))
    hashes, first, script = (np.concatenate([part[at] for part in parts]) for at in range(3))
    return Shingles(hashes, first, first + _lengths(script) - 1, script)


def _parts(folded: Folded) -> Iterator[tuple[Hashes, Places, Bytes]]:
    """What is kept in each part, without what an earlier one kept.

    What repeats the hash before it, no more than a window away, is left out: a run of one letter is one shingle.
    """
    last, before = -WINDOW - 1, 0
    for begins in range(0, max(1, len(folded)), _AT_ONCE):
        hashes, first, script = _select(folded, begins)
        later = first > last
        hashes, first, script = hashes[later], first[later], script[later]
        if not len(first):
            continue
        again = (np.diff(hashes, prepend=np.uint32(before)) == 0) & (np.diff(first, prepend=last) <= WINDOW)
        last, before = int(first[-1]), int(hashes[-1])
        yield hashes[~again], first[~again], script[~again]
    yield np.zeros(0, np.uint32), np.zeros(0, np.int64), np.zeros(0, np.uint8)


def _select(folded: Folded, begins: int) -> tuple[Hashes, Places, Bytes]:
    """Hash, first folded character and script of what is kept in the windows that begin in one part."""
    codes = folded.codes[begins : begins + _AT_ONCE + WINDOW + LONGEST]
    written = scripts(codes)
    whole = np.flatnonzero(np.arange(len(codes)) + _lengths(written) <= len(codes))
    hashes = _hashes(codes, written)[whole]
    kept = _winnowed(hashes)
    return hashes[kept], whole[kept] + begins, written[whole[kept]]


def _lengths(written: Bytes) -> Places:
    return np.array([LENGTHS[script] for script in sorted(LENGTHS)], np.int64)[written]


def _hashes(folded: Codes, begins: Bytes) -> Hashes:
    """The hash of the shingle that begins at each folded character: a polynomial, mixed, its upper 32 bits."""
    codes = _mixed(folded.astype(np.uint64))
    padded = np.concatenate([codes, np.zeros(LONGEST, np.uint64)])
    total = np.zeros(len(codes), np.uint64)
    found = np.zeros(len(codes), np.uint64)
    for length in range(1, LONGEST + 1):
        total = total * _FACTOR + padded[length - 1 : length - 1 + len(codes)]
        for script in (script for script, wanted in LENGTHS.items() if wanted == length):
            found[begins == script] = total[begins == script]
    return (_mixed(found) >> np.uint64(32)).astype(np.uint32)


def _mixed(values: _Wide) -> _Wide:
    """Every bit of the input in every bit of the output (the finalizer of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * _ONE
    values = (values ^ (values >> np.uint64(27))) * _TWO
    return values ^ (values >> np.uint64(31))


def _winnowed(hashes: Hashes) -> Places:
    """Positions of the least hash of every window, the first of equals."""
    if not len(hashes):
        return np.zeros(0, np.int64)
    least = hashes.astype(np.uint64) << np.uint64(32) | np.arange(len(hashes), dtype=np.uint64)
    step = 1
    while step < min(WINDOW, len(least)):
        reach = min(step, WINDOW - step, len(least) - 1)
        least = np.minimum(least[: len(least) - reach], least[reach:])
        step += reach
    kept = (least & np.uint64(0xFFFFFFFF)).astype(np.int64)  # never goes back from one window to the next
    new = np.ones(len(kept), bool)
    new[1:] = kept[1:] != kept[:-1]
    first: Places = kept[new]
    return first

"""Which short runs of a folded text stand for it: hashed, and thinned so that any shared stretch keeps one in common.

Selection is winnowing (Schleimer, Wilkerson, Aiken 2003): of every WINDOW neighbouring shingles the one of the least
hash is kept. Two texts that share WINDOW + LENGTH - 1 folded characters share a kept hash, whatever stands around.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.works.text.folding import Folded, scripts
from marque.works.text.model import HAN, LETTERS, SYLLABLES, Bytes, Hashes, Places

WINDOW = 12
# Folded characters a shingle has, by the script it begins in. Shorter ones survive more errors, longer ones are rarer.
LENGTHS = {LETTERS: 8, SYLLABLES: 5, HAN: 4}
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
    """The shingles that stand for the text."""
    begins = scripts(folded.codes)
    length = np.array([LENGTHS[script] for script in sorted(LENGTHS)], np.int64)[begins]
    whole = np.flatnonzero(np.arange(len(folded)) + length <= len(folded))
    hashes = _hashes(folded, begins)[whole]
    kept = _winnowed(hashes)
    first = whole[kept]
    return Shingles(hashes[kept], first, first + length[first] - 1, begins[first])


def _hashes(folded: Folded, begins: Bytes) -> Hashes:
    """The hash of the shingle that begins at each folded character: a polynomial, mixed, its upper 32 bits."""
    codes = _mixed(folded.codes.astype(np.uint64))
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
    """Positions of the least hash of every window, the first of equals.

    What repeats the kept hash before it, no more than a window away, is left out: a run of one letter is one shingle.
    """
    if not len(hashes):
        return np.zeros(0, np.int64)
    least = hashes.astype(np.uint64) << np.uint64(32) | np.arange(len(hashes), dtype=np.uint64)
    step = 1
    while step < min(WINDOW, len(least)):
        reach = min(step, WINDOW - step, len(least) - 1)
        least = np.minimum(least[: len(least) - reach], least[reach:])
        step += reach
    kept = np.unique((least & np.uint64(0xFFFFFFFF)).astype(np.int64))
    again = np.zeros(len(kept), bool)
    again[1:] = (np.diff(hashes[kept].astype(np.int64)) == 0) & (np.diff(kept) <= WINDOW)
    return kept[~again]

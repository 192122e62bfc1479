"""The units of a catalogue as matching needs them: all codes in a row, what each may say, and the index over them.

A code that another unit has too is furniture (a logo, an opening, a title card, a countdown, a set that a series comes
back to) and says nothing of which unit is shown; nor does one that hundreds look like, nor what stands beside such in
time. Units that have most of their codes in common are one film under several names (cuts, editions): they do not
silence each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.works import index
from marque.works.index import Index
from marque.works.video import model
from marque.works.video.model import Codes, Integers

TWINS = 0.5  # of a unit's codes that another has
BESIDE = 2.0  # seconds before and after a code
MANY = 0.3  # of the codes there
CROWD = 250  # codes that look alike: a logo that stays in the corner, a card that hundreds of episodes have
_TOGETHER = 2_048  # codes asked together, so that memory stays bounded
_FAR = 100_000.0  # seconds between units on one line of time

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows are codes. `sight` is the first code of the unit that looks like it: what is seen again counts once."""

    codes: Codes
    unit: Integers
    seconds: tuple[float, ...]  # of each unit
    votes: Flags
    sight: Integers
    twins: Integers  # of each unit: the lowest number of those that are the same film
    index: Index


def build(tables: Sequence[pa.Table]) -> Reference:
    """A reference over units numbered by their place. Raises InputRefused where one is no fingerprint of film."""
    units = [model.read(table) for table in tables]
    codes = model.joined(units)
    owner = np.repeat(np.arange(len(units)), [len(unit) for unit in units]).astype(np.int64)
    made = index.build(codes.code)
    one, other, crowded = _alike(codes, made)
    twins = _twins(owner[one], owner[other], one, np.bincount(owner, minlength=len(units)))
    silent = crowded.copy()
    silent[one[twins[owner[one]] != twins[owner[other]]]] = True
    silent |= _beside(silent, codes.time + owner * _FAR)
    within = owner[one] == owner[other]
    sight = first(one[within], other[within], len(owner))
    return Reference(codes, owner, tuple(unit.seconds for unit in units), ~silent, sight, twins, made)


def _alike(codes: Codes, made: Index) -> tuple[Integers, Integers, Flags]:
    """Pairs of different codes of one kind that look the same, and codes that are too many to be told in pairs."""
    crowded = np.zeros(len(codes), np.bool_)
    pairs = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for start in range(0, len(codes), _TOGETHER):
        one, other, _ = made.search(codes.code[start : start + _TOGETHER])
        one = one + start
        kept = (one != other) & (codes.kind[one] == codes.kind[other])
        one, other = one[kept], other[kept]
        many = np.bincount(one, minlength=len(codes)) > CROWD
        crowded |= many
        pairs.append((one[~many[one]], other[~many[one]]))
    first, second = (np.concatenate(column) for column in zip(*pairs, strict=True))
    return first, second, crowded


def first(one: Integers, other: Integers, size: int) -> Integers:
    """For each of so many codes the first of those that look like it, or like one that does."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not size:
        return np.zeros(0, np.int64)
    links = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(size, size))
    label = connected_components(links, directed=False)[1]
    _, earliest = np.unique(label, return_index=True)
    return np.asarray(earliest[label], np.int64)


def _beside(silent: Flags, time: npt.NDArray[np.float64]) -> Flags:
    """Codes in whose few seconds many are silent; `time` of all units on one line."""
    order = np.argsort(time, kind="stable")
    total = np.concatenate([[0], np.cumsum(silent[order])])
    left = np.searchsorted(time[order], time[order] - BESIDE, side="left")
    right = np.searchsorted(time[order], time[order] + BESIDE, side="right")
    found = np.zeros(len(time), np.bool_)
    found[order] = (total[right] - total[left]) >= MANY * (right - left)
    return found


def _twins(unit: Integers, other: Integers, code: Integers, codes: npt.NDArray[np.intp]) -> Integers:
    """For each unit the lowest number of those that are the same film, itself where there are none."""
    twins = np.arange(len(codes)).astype(np.int64)
    across = unit != other
    held = np.unique(np.stack([unit[across], other[across], code[across]]), axis=1)
    pairs, shared = np.unique(held[:2], axis=1, return_counts=True)
    for (one, two), count in zip(pairs.T.tolist(), shared.tolist(), strict=True):
        if count >= TWINS * codes[one]:
            low, high = sorted((int(twins[one]), int(twins[two])))
            twins[twins == high] = low
    return twins

"""The units of a catalogue as matching needs them: all codes in a row, what each may say, and the tables over them.

A code that another unit has too is furniture (a jingle, a sample from a library, a test tone, clicks) and says nothing
of which unit plays. Units that have most of their codes in common are one recording under several names (an album and
a compilation, two editions of an episode): they do not silence each other, and sound is named by all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.works.audio import again, keys, model
from marque.works.audio.keys import Integers, Keys
from marque.works.audio.model import CODE_BYTES, Floats

TWINS = 0.5  # of a unit's codes that another has


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows are codes. `first` is the earliest code of the unit that sounds the same: what comes again counts once.

    `fresh`: most of the second that a code lies in is heard there for the first time.
    """

    seconds: tuple[float, ...]  # of each unit
    unit: Integers
    time: Floats
    pitch: Floats
    first: Integers
    fresh: npt.NDArray[np.bool_]
    votes: npt.NDArray[np.bool_]
    twins: Integers  # of each unit: the lowest number of those that are the same recording
    keys: Keys


def build(tables: Sequence[pa.Table]) -> Reference:
    """A reference over units numbered by their place. Raises InputRefused where one is of another version."""
    units = [model.read(table) for table in tables]
    codes = np.concatenate([np.zeros((0, CODE_BYTES), np.uint8), *(unit.codes for unit in units)])
    owner = np.repeat(np.arange(len(units)), [len(unit.time) for unit in units]).astype(np.int64)
    made = keys.build(codes)
    shared = again.shared(codes, made, owner)
    twins = _twins(owner[shared[:, 0]], shared[:, 1], np.bincount(owner, minlength=len(units)))
    votes = np.ones(len(codes), np.bool_)
    votes[shared[twins[owner[shared[:, 0]]] != twins[shared[:, 1]], 0]] = False
    none = np.zeros(0, np.float32)
    time, pitch = (np.concatenate([none, *(getattr(unit, name) for unit in units)]) for name in ("time", "pitch"))
    first = again.first(codes, made, owner)
    _, second = np.unique((owner << 32) + time.astype(np.int64), return_inverse=True)
    fresh = again.fresh(first, second.astype(np.int64))
    return Reference(tuple(unit.seconds for unit in units), owner, time, pitch, first, fresh, votes, twins, made)


def _twins(unit: Integers, other: Integers, codes: npt.NDArray[np.intp]) -> Integers:
    """For each unit the lowest number of those that are the same recording, itself where there are none.

    A row of `unit` and `other` is a code of the one that the other has too; `codes` counts each unit's.
    """
    twins = np.arange(len(codes)).astype(np.int64)
    pairs, counts = np.unique(np.stack([unit, other]), axis=1, return_counts=True)
    for (one, two), count in zip(pairs.T.tolist(), counts.tolist(), strict=True):
        if count >= TWINS * codes[one]:
            low, high = sorted((int(twins[one]), int(twins[two])))
            twins[twins == high] = low
    return twins

"""What comes again in a sound: a chorus, a loop, a sample. It is counted once, on both sides.

A recording of loops says little about which recording it is: the same loop from a library lies in many.
"""

import numpy as np
import numpy.typing as npt

from marque.works.audio import keys
from marque.works.audio.keys import Integers
from marque.works.audio.model import Bytes

SAME = 48  # bits: the same sound played as it is; of 14 million pairs of other music none was nearer than 57
ALIKE = 72  # bits: the same sound among other neighbours


def first(codes: Bytes, made: keys.Keys, owner: Integers) -> Integers:
    """For each code the first of the same owner that sounds like it, or like one that does."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    earliest = np.arange(len(codes))
    for one, other, _ in made.batches(codes, ALIKE, flips=1):
        within = owner[one] == owner[other]
        np.minimum.at(earliest, one[within], other[within])
    links = coo_array((np.ones(len(codes), np.int8), (np.arange(len(codes)), earliest)), shape=(len(codes),) * 2)
    label = connected_components(links, directed=False)[1]
    _, lowest = np.unique(label, return_index=True)
    return np.asarray(lowest[label], np.int64)


def shared(codes: Bytes, made: keys.Keys, owner: Integers) -> Integers:
    """Codes that another owner has too: rows of code and that owner, each once."""
    found = [np.zeros((0, 2), np.int64)]
    for one, other, _ in made.batches(codes, SAME, flips=1):
        across = owner[one] != owner[other]
        found.append(np.unique(np.stack([one[across], owner[other[across]]], axis=1), axis=0))
    return np.concatenate(found)


def fresh(earliest: Integers, second: Integers) -> npt.NDArray[np.bool_]:
    """For each code whether most of its second is heard there for the first time; `second` numbers them.

    Where a loop begins and ends its neighbours differ, so a few codes of its repetitions are new; its seconds are not.
    """
    new = np.bincount(second, earliest == np.arange(len(earliest)))
    return np.asarray(2 * new[second] > np.bincount(second)[second], np.bool_)


def firsts(codes: Bytes) -> Integers:
    """The first of each code of one sound."""
    return first(codes, keys.build(codes), np.zeros(len(codes), np.int64)) if len(codes) else np.zeros(0, np.int64)

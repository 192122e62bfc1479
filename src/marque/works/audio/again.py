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


def alike(codes: Bytes, made: keys.Keys) -> tuple[Integers, Integers, Integers]:
    """Pairs of different codes that sound alike, and the bits between them."""
    one, other, distance = made.search(codes, ALIKE, flips=1)
    different = one != other
    return one[different], other[different], distance[different]


def first(one: Integers, other: Integers, size: int) -> Integers:
    """For each of so many codes the first of those that sound like it, or like one that does."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(size, size))
    label = connected_components(links, directed=False)[1]
    _, earliest = np.unique(label, return_index=True)
    return np.asarray(earliest[label], np.int64)


def fresh(earliest: Integers, second: Integers) -> npt.NDArray[np.bool_]:
    """For each code whether most of its second is heard there for the first time; `second` numbers them.

    Where a loop begins and ends its neighbours differ, so a few codes of its repetitions are new; its seconds are not.
    """
    new = np.bincount(second, earliest == np.arange(len(earliest)))
    return np.asarray(2 * new[second] > np.bincount(second)[second], np.bool_)


def firsts(codes: Bytes) -> Integers:
    """The same, for the codes of one sound."""
    return first(*alike(codes, keys.build(codes))[:2], len(codes)) if len(codes) else np.zeros(0, np.int64)

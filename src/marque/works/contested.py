"""Units that several works hold: a licensee's edition, a volume, or what a stranger registered as their own.

What several works show is furniture and names none of them (credits, cards, notices). But a page that shows the inside
of a unit, in its order, shows that unit, whoever else holds the same pictures: all are named, as a match where half of
the unit is there. Who holds the rights is no question of pictures.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from marque.signals.pictures.pdq import Bytes
from marque.works.blocks import ENDS
from marque.works.index import WHOLE, Index
from marque.works.reference import Integers, Reference
from marque.works.votes import FURNITURE

WITHIN = 3  # blocks that are no ends, and show as much
MOST = 20  # such units looked at a page: of more, each is one of a heap of the same pictures


def units(code: Integers, reference: Reference) -> list[int]:
    """Units of whose inside several blocks are named by codes that many works have."""
    rough = reference.index.rough
    if not len(rough) or not len(code):
        return []
    code = code[rough[code] == FURNITURE]
    pairs = np.unique(np.stack([reference.unit[code], reference.block[code]]), axis=1)
    named, blocks = np.unique(pairs[0], return_counts=True)
    likely = named[(named >= 0) & (blocks >= WITHIN)].tolist()
    ranked = sorted(likely, key=lambda unit: (-int((pairs[0] == unit).sum()), unit))
    return sorted(unit for unit in ranked[:MOST] if inside(pairs[1][pairs[0] == unit].tolist(), unit, reference))


def votes(index: Index, code: Integers) -> Bytes:
    """What codes would say if other works did not matter: half of a vote where they are furniture."""
    rough: npt.NDArray[np.uint8] = index.rough[code]
    return np.where(rough == FURNITURE, WHOLE // 2, rough).astype(np.uint8)


def inside(numbers: Sequence[int], unit: int, reference: Reference) -> bool:
    """Whether blocks show enough of a unit that is not at its ends."""
    last = len(reference.blocks[unit]) - ENDS
    return sum(ENDS <= number < last for number in set(numbers)) >= WITHIN

"""Whether a site is known to have ended: on evidence, never because nobody looked again.

A site seen once has not ended; it was seen once. What counts: a later capture that shows a seizure, an error, a parked
name or a redirect; a redirect that its pages named; or captures of it over time that stop while the collection goes on
elsewhere. Otherwise its end is unknown, which neither says that it stands nor that it is gone. No end says why.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from marque.networks.moves import DAY

VISITS = 3  # days on which a site was read before its absence says anything
PATIENCE = 3  # of the longest pause between two of its captures: so long it must be missing
LEAST = 7 * DAY  # missing for less says nothing, however often it was read before
OTHERS = 3  # sites that must have been read again since: one alone may have been looked up for a reason of its own


def stopped(visits: Iterable[int], others: Iterable[int]) -> bool:
    """Whether captures of a site stop while those of other sites go on.

    `visits`: moments at which its pages were read; `others`: when other sites of the collection were last read.
    """
    days = sorted({moment // DAY for moment in visits})
    if len(days) < VISITS:
        return False
    pause = max(after - before for before, after in pairwise(days)) * DAY
    missing = (days[-1] + 1) * DAY + max(PATIENCE * pause, LEAST)
    return sum(moment > missing for moment in others) >= OTHERS


def latest(visits: Iterable[Sequence[int]]) -> list[int]:
    """When the sites last read were read, of those read on several days: by these a collection is known to go on."""
    lasts = [max(moments) for moments in visits if moments and max(moments) // DAY > min(moments) // DAY]
    return sorted(lasts)[-OTHERS:]

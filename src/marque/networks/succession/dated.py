"""Sites as columns of days, with what the first and the last day of a collection cannot show.

On the first day of a collection, or on one when a whole list was taken in, a site is looked at for the first time; it
did not begin then. What was still seen on the last day has not ended. Both count as unknown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.networks.moves import DAY, Seen

Days = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
UNKNOWN = 1 << 22  # days; no date of ours comes near
FEW, SHARE, TIMES = 5, 0.01, 8  # a day that so many, such a share, and so often the mean of sites have in common


@dataclass(frozen=True, slots=True)
class Dated:
    """Days since 1970 per site, UNKNOWN where nothing is known; `begins` and `ends` where the day tells that."""

    first: Days
    last: Days
    begins: Flags
    ends: Flags

    def before(self, old: Days, new: Days, rising: Flags) -> Flags:
        """Per pair whether the first was there before the second. `rising`: a lower number of one series.

        A site last seen before it began has come back, so that its first beginning is unknown.
        """
        first, last = self.first, self.last
        dated = (first[old] < UNKNOWN) | (last[old] < UNKNOWN)
        back = ~self.begins[old] | (last[old] < first[old])
        same = first[old] == first[new]
        earlier = back | (first[old] < first[new]) | (same & (last[old] < last[new]))
        earlier |= same & (last[old] == last[new]) & rising
        undated = ~dated | (first[new] == UNKNOWN)
        return np.where(undated, rising, self.begins[new] & earlier)

    def gaps(self, old: Days, new: Days) -> Days:
        """Days from the end of the one to the beginning of the other; UNKNOWN where either is."""
        known = self.ends[old] & self.begins[new]
        return np.where(known, self.first[new] - self.last[old], UNKNOWN)


def dated(sites: Sequence[Seen]) -> Dated:
    """The columns of the sites, in their order."""
    first, last = (_days([getattr(one, name) for one in sites]) for name in ("first", "last"))
    begins = (first < UNKNOWN) & ~np.isin(first, _shared(first, earliest=True))
    ends = (last < UNKNOWN) & ~np.isin(last, _shared(last, earliest=False))
    return Dated(first, last, begins, ends)


def _days(moments: Sequence[int | None]) -> Days:
    return np.array([UNKNOWN if moment is None else moment // DAY for moment in moments], np.int64)


def _shared(days: Days, earliest: bool) -> list[int]:
    """The days that tell of the collection and not of its sites: the earliest or latest, and those of whole lists."""
    counts = Counter(days[days < UNKNOWN].tolist())
    if not counts:
        return []
    sites = sum(counts.values())
    least = max(FEW, SHARE * sites, TIMES * sites / len(counts))
    end = min(counts) if earliest else max(counts)
    return sorted({end, *(day for day, count in counts.items() if count >= least)})

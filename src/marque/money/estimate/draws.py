"""Places to draw inputs at: the same for the same names, spread evenly, moving together where inputs do.

Each group of inputs has one row of standard normal places, and each input its own; an input stands between the two by
its correlation. The seed is the digest of the names, not of the figures: the same input gives the same bytes, and
where one figure is changed everything else is drawn where it was, so that the difference is that figure's alone.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from marque.digest import canonical_json, sha256
from marque.money.estimate.ranges import DRAWS, Draws

VERSION = 1  # of how places are drawn
_STRATA = 50


def places(name: str) -> Draws:
    """Standard normal places of one name: one in each of ten thousand equal slices, in an order of its own."""
    seed = int(sha256(canonical_json(["marque.money.draws", VERSION, name])), 16)
    order = np.random.Generator(np.random.PCG64(seed)).permutation(DRAWS)
    normal: Draws = ndtri((order + 0.5) / DRAWS)
    return normal


@lru_cache(maxsize=64)
def _shared(group: str) -> Draws:
    """The places of a group, which every subject meets again. Own places are made and let go."""
    normal = places(f"group {group}")
    normal.flags.writeable = False
    return normal


@lru_cache(maxsize=64)
def _order(group: str) -> npt.NDArray[np.intp]:
    """Draws in the order of a group's places."""
    return np.argsort(_shared(group), kind="stable")


class Board:
    """Where inputs are drawn for one subject. `used` are the groups that anything was drawn from."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def at(self, group: str, name: str, correlation: float = 1.0) -> Draws:
        """Where to draw an input of a group that moves with it so far."""
        shared = _shared(group)
        self.used.add(group)
        if correlation >= 1:
            return shared
        own = places(f"own {name}")
        mixed: Draws = np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own
        return mixed

    def shares(self, values: Draws) -> tuple[tuple[str, float], ...]:
        """How much of the variance of log receipts each group explains alone, largest first.

        The rest up to one is of inputs that move on their own, or of groups acting together.
        """
        if not np.all(values > 0):
            return ()
        logs = np.log(values)
        whole = float(np.var(logs))
        if whole <= 1e-18:
            return ()
        found = ((group, _explained(logs[_order(group)]) / whole) for group in self.used)
        kept = [(group, round(min(1.0, share), 3)) for group, share in found if share >= 0.005]
        return tuple(sorted(kept, key=lambda pair: (-pair[1], pair[0])))


def _explained(logs: Draws) -> float:
    """Of log receipts in a group's order: the variance of the means of slices, less what chance alone would give."""
    slices = logs.reshape(_STRATA, -1)
    inside = float(np.mean(np.var(slices, axis=1, ddof=1)))
    return max(0.0, float(np.var(np.mean(slices, axis=1))) - inside / slices.shape[1])

"""Days between an end and a beginning: what chance gives, and how much nearer the dates of a move lie.

Chance is measured on the input: of one, two, four ... sites taken at random among those that were there before, how
near does the nearest end lie? So dates that all sites share say nothing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.networks.succession.dated import UNKNOWN, Dated, Days

Floats = npt.NDArray[np.float64]
# Lower ends of the bins in days, negative where both stood side by side; the last bin holds what is unknown.
EDGES = np.array([-480, -240, -120, -60, -30, -14, -7, -3, -1, 0, 1, 2, 4, 8, 15, 31, 61, 121, 241, 481])
UNSEEN = len(EDGES) + 1
BINS = UNSEEN + 1
_MIDDLE = np.array([900, 360, 180, 90, 45, 22, 10.5, 5, 2, 1, 0, 1, 2.6, 6, 11, 22, 45, 90, 180, 360, 900, 5000])
# Per bin which others lie nearer to a handover, and which as near.
_NEARER = np.less.outer(_MIDDLE, _MIDDLE).T
_LEVEL = np.equal.outer(_MIDDLE, _MIDDLE)
_WIDTH = np.array([240, 240, 120, 60, 30, 16, 7, 4, 2, 1, 1, 1, 2, 4, 7, 16, 30, 60, 120, 240, 240, 20.0])
# Estimates, as are all of these: how often a handover falls into a bin, against chance; those near are then learnt.
_NEAR = np.array([0, 0, 0, 0, 0, 1.5, 2.5, 4, 8, 25, 40, 25, 8, 4, 2.5, 1.5, 0, 0, 0, 0, 0, 0])
_FAR = np.array([0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.8, 0.5, 0.3, 0.2, 0.2, 0.1])
SOON = 0.8  # of all moves, those whose dates are near
CROWDS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
DRAWS, FIRM = 40_000, 40.0
LEARNT_FROM = 10.0  # moves that the estimate for near dates counts as


def bins(gaps: Days) -> Days:
    """The bin of each gap."""
    return np.where(gaps == UNKNOWN, UNSEEN, np.searchsorted(EDGES, gaps, side="right")).astype(np.int64)


def nearness(found: Days) -> Floats:
    """Per bin number how far from a handover it lies; the unknown is farthest."""
    return np.asarray(_MIDDLE[found], np.float64)


def crowd(count: Floats) -> Days:
    """Which of CROWDS stands for a number of sites."""
    return np.minimum(np.round(np.log2(np.maximum(count, 1))), len(CROWDS) - 1).astype(np.int64)


def _drawn(dated: Dated) -> Floats:
    """How the ends of sites fall into the bins, taken at evenly strewn places among those older than a site."""
    begun = np.where(dated.first == UNKNOWN, -UNKNOWN, dated.first)
    order = np.argsort(begun, kind="stable")
    older = np.searchsorted(begun[order], begun[order], side="left")
    young = np.flatnonzero(dated.begins[order] & (older > 0))
    if not len(young):
        return np.zeros(BINS)
    draws = np.arange(DRAWS)
    new = young[(draws * 0.7548776662466927 % 1 * len(young)).astype(np.int64)]
    old = (draws * 0.5698402909980532 % 1 * older[new]).astype(np.int64)
    found = bins(dated.gaps(order[old], order[new]))
    return np.bincount(found, minlength=BINS).astype(np.float64)


def _nearest(chance: Floats, count: int) -> tuple[Floats, Floats]:
    """Of so many sites: how the nearest falls into the bins, and per bin the chance that all lie farther."""
    nearer, level = _NEARER @ chance, _LEVEL @ chance
    left, after = np.clip(1 - nearer, 0, 1), np.clip(1 - nearer - level, 0, 1)
    falls = (left**count - after**count) * chance / level
    return np.maximum(falls, 1e-12), (left**count + after**count) / 2


@dataclass(slots=True)
class Gaps:
    """Per bin what chance gives, and what moves give, of which `near` is learnt."""

    chance: Floats
    near: Floats

    @property
    def _moves(self) -> Floats:
        return SOON * self.near + (1 - SOON) * self._far

    @property
    def _far(self) -> Floats:
        far = self.chance * _FAR
        return np.asarray(far / far.sum(), np.float64)

    def evidence(self) -> Floats:
        """Per crowd and bin of the nearest how much likelier a move gives it than chance.

        In a crowd the nearest may be another than the one that moved; what is far from all of a crowd says little.
        """
        moves = self._moves
        beaten = _NEARER.T @ moves + _LEVEL @ moves / 2
        rows = []
        for count in CROWDS:
            falls, _ = _nearest(self.chance, count)
            others, farther = _nearest(self.chance, count - 1) if count > 1 else (np.zeros(BINS), np.ones(BINS))
            rows.append((moves * farther + others * beaten) / falls)
        return np.array(rows)

    def learn(self, found: Days, likely: Floats) -> None:
        """Count the near dates of those that most likely moved."""
        moves = self._moves
        soon = likely * SOON * self.near[found] / moves[found]
        counted = np.bincount(found, soon, minlength=BINS)
        start = _start(self.chance)
        self.near = (counted + LEARNT_FROM * start) / (counted.sum() + LEARNT_FROM)


def _start(chance: Floats) -> Floats:
    near = chance * _NEAR
    return np.asarray(near / near.sum(), np.float64)


def measure(dated: Dated) -> Gaps:
    """What chance gives in this input; a small one is held to a wide spread."""
    weight = min(1.0, len(dated.first) ** 2 / DRAWS)
    chance = _drawn(dated) * weight + FIRM * _WIDTH / _WIDTH.sum()
    chance = chance / chance.sum()
    return Gaps(chance, _start(chance))

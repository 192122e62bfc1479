"""Pairs gathered by the site that may have followed: one group for all of its family, one for each other likeness.

A group asks one question: did the site follow one of these? Which of them is asked afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from marque.networks.naming import alike
from marque.networks.naming.alike import Named
from marque.networks.succession import gaps
from marque.networks.succession.candidates import FAMILY, KINDS, Pairs
from marque.networks.succession.dated import Dated, Days, Flags
from marque.networks.succession.gaps import UNSEEN

TURNS = 5  # last to begin of a group, the one before, the next two, the rest, and those whose beginning is unknown
FEW = 3  # days
SIZES = 3  # one candidate, two or three, more
# The closest likeness a family group holds says what kind of group it is.
_CLOSEST = np.array([alike.FAMILY.index(kind) if kind in alike.FAMILY else len(alike.FAMILY) for kind in KINDS])
_AS_KIND = np.array([KINDS.index(kind) for kind in alike.FAMILY])


@dataclass(frozen=True, slots=True)
class Grouped:
    """Pairs in order of groups. `group`: of each pair. The rest of the second block holds one entry a group.

    `sort` is twice the place in KINDS, one more where the names are common words; `nearest` is the pair whose end lies
    nearest to the beginning, and `beside` says that it outlasted the site; `family` is -1 outside families.
    """

    old: Days
    new: Days
    sort: Days
    gap: Days
    turn: Days
    group: Days

    site: Days
    kind: Days
    size: Days
    crowd: Days
    nearest: Days
    beside: Flags
    family: Days

    @property
    def shares(self) -> Days:
        """Per group a number for its kind and size together."""
        size = np.where(self.size <= 1, 0, np.where(self.size <= 3, 1, 2))
        return np.asarray(SIZES * self.kind + size, np.int64)


def grouped(found: Pairs, sites: Sequence[Named], dated: Dated) -> Grouped:
    """The pairs in groups, of each group the last to begin first."""
    family = FAMILY[found.kind]
    sort = 2 * found.kind + found.plain
    ended = found.gap != UNSEEN
    key = found.new * (2 * len(KINDS) + 1) + np.where(family, 0, sort + 1)
    begun = np.where(dated.begins, dated.first, -1 << 40)[found.old]
    order = np.lexsort((found.old, -begun, ~ended, key))
    key, family, sort = key[order], family[order], sort[order]
    fresh = np.concatenate([[True], key[1:] != key[:-1]])[: len(key)]
    start = np.flatnonzero(fresh)
    group = np.cumsum(fresh) - 1
    old, new, gap = found.old[order], found.new[order], found.gap[order]
    site, nearest = new[start], _nearest(gap, group, start)
    plain = np.array([one.plain for one in sites], np.int64)
    crowded = np.maximum.reduceat(found.crowd[order], start) * np.diff(np.append(start, len(key)))
    return Grouped(
        old=old,
        new=new,
        sort=sort,
        gap=gap,
        turn=np.where(dated.begins[old], _turns(np.arange(len(key)) - start[group]), TURNS - 1),
        group=group,
        site=site,
        kind=np.where(family[start], _closest(sort // 2, start, plain[site]), sort[start]),
        size=np.diff(np.append(start, len(key))),
        crowd=gaps.crowd(crowded),
        nearest=nearest,
        beside=_outlasts(dated, old[nearest], site),
        family=np.where(family[start], _families(sites)[site], -1),
    )


def _turns(place: Days) -> Days:
    return np.where(place <= 1, place, np.where(place < 4, 2, 3)).astype(np.int64)


def _closest(kind: Days, start: Days, plain: Days) -> Days:
    best = np.minimum.reduceat(_CLOSEST[kind], start)
    return np.asarray(2 * _AS_KIND[np.minimum(best, len(_AS_KIND) - 1)] + plain, np.int64)


def _nearest(gap: Days, group: Days, start: Days) -> Days:
    order = np.lexsort((gaps.nearness(gap), group))
    return np.asarray(order[start], np.int64)


def _outlasts(dated: Dated, old: Days, new: Days) -> Flags:
    """Whether the one stood beside the other from its beginning to its end, more than some days: a mirror would."""
    ended = dated.ends[old] & dated.ends[new] & (dated.last[new] - dated.first[new] > FEW)
    return np.asarray(ended & (dated.last[old] >= dated.last[new]), np.bool_)


def _families(sites: Sequence[Named]) -> Days:
    """Per site a number for its family: names alike but for number, hyphen and ending. Common words make none."""
    numbers: dict[str, int] = {}
    names = (one.name.label if one.plain else one.stem for one in sites)
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int64)

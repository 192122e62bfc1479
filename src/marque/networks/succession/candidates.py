"""Pairs worth comparing: sites that share a key of their names, and of a crowded key those that ended nearest in time.

Bounded: a site is compared with so many others a key, however many carry it, and the more sites the fewer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from marque.networks.naming import alike
from marque.networks.naming.alike import Named
from marque.networks.succession import gaps
from marque.networks.succession.dated import UNKNOWN, Dated, Days
from marque.networks.succession.gaps import Floats

NEAREST, FEWEST, BUDGET = 24, 2, 1_600_000  # others before and after in time; sites times others
AT_ONCE = 200_000  # pairs whose names are looked at together
KINDS = tuple(alike.kinds())
FAMILY = np.array([kind in alike.FAMILY for kind in KINDS])
_PLACE = {kind: place for place, kind in enumerate(KINDS)}
Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Per pair: site numbers, place in KINDS, whether either name is common words, how crowded the key, gap bin."""

    old: Days
    new: Days
    kind: Days
    plain: Days
    crowd: Floats
    gap: Days


def pairs(sites: Sequence[Named], dated: Dated) -> Pairs:
    """Every pair of names that look alike, where the first may have been there before the second."""
    parts = [_alike(sites, dated, *block) for block in _blocks(sites, dated)]
    columns = [np.concatenate([part[place] for part in parts]) if parts else np.zeros(0) for place in range(5)]
    old, new, kind, plain = (column.astype(np.int64) for column in columns[:4])
    return Pairs(old, new, kind, plain, columns[4], gaps.bins(dated.gaps(old, new)))


def _keys(one: Named) -> Iterator[str]:
    """What two names must share to be compared at all."""
    stem, core = one.stem, one.core
    if len(stem) < 3:
        yield f"label {one.name.label}"
        return
    yield f"stem {stem}"
    yield f"core {core}"
    yield from (f"token {token}" for token in one.tokens)
    for part in {stem, core}:
        if len(part) >= 5:
            yield f"head {part[:5]}"
            yield f"tail {part[-5:]}"
    if len(core) >= 5:
        yield f"less {core}"
        yield from (f"less {core[:place]}{core[place + 1 :]}" for place in range(len(core)))


def _number(key: str) -> int:
    found = key.encode()
    return crc32(found) << 32 | crc32(found[::-1])


@dataclass(frozen=True, slots=True)
class _Index:
    """One row a site and key, in order of keys and then of ends: site, end, and the first and last row of the key."""

    site: Days
    end: Days
    low: Days
    high: Days


def _index(sites: Sequence[Named], dated: Dated) -> _Index:
    by_end = np.lexsort((np.arange(len(sites)), dated.last))
    keys: list[int] = []
    owners: list[int] = []
    for site in by_end.tolist():
        found = {_number(key) for key in _keys(sites[site])}
        keys.extend(sorted(found))
        owners.extend([site] * len(found))
    key, owner = np.array(keys, np.uint64), np.array(owners, np.int64)
    order = np.argsort(key, kind="stable")
    key, owner = key[order], owner[order]
    low, high = (np.searchsorted(key, key, side=side) for side in ("left", "right"))
    shared = high - low > 1
    return _Index(owner[shared], dated.last[owner[shared]], *_renumbered(low, high, shared))


def _renumbered(low: Days, high: Days, kept: npt.NDArray[np.bool_]) -> tuple[Days, Days]:
    """Rows counted anew where those of keys that one site alone carries are left out."""
    before = np.concatenate([[0], np.cumsum(kept)])
    return before[low[kept]], before[high[kept]]


def _blocks(sites: Sequence[Named], dated: Dated) -> Iterator[tuple[Days, Days, Floats]]:
    """Old site, new site and crowd of every pair that shares a key, a bounded number at a time."""
    index = _index(sites, dated)
    near = min(NEAREST, max(FEWEST, BUDGET // max(len(sites), 1)))
    low, high = _window(index, dated, near)
    crowd = (index.high - index.low) / np.maximum(high - low, 1)
    order = np.argsort(index.site, kind="stable")
    reached = np.cumsum((high - low)[order])
    cuts = np.searchsorted(reached, np.arange(AT_ONCE, int(reached[-1]) if len(reached) else 0, AT_ONCE))
    for rows in np.split(order, _between_sites(cuts, index.site[order])):
        yield _expanded(index, low, high, crowd, rows)


def _between_sites(cuts: Days, site: Days) -> Days:
    """Cuts moved on to where the next site begins, so that all of a site's rows stay together."""
    return np.unique(np.searchsorted(site, site[cuts], side="right")) if len(cuts) else cuts


def _window(index: _Index, dated: Dated, near: int) -> tuple[Days, Days]:
    """Per row the others of its key to compare with: all of a few, else those that ended nearest to its beginning."""
    begin = np.where(dated.first == UNKNOWN, 0, dated.first)[index.site]
    ordered = index.low * (4 * UNKNOWN) + index.end
    middle = np.searchsorted(ordered, index.low * (4 * UNKNOWN) + begin)
    few = index.high - index.low <= 2 * near + 1
    low = np.where(few, index.low, np.maximum(index.low, middle - near))
    high = np.where(few, index.high, np.minimum(index.high, middle + near))
    return low, np.maximum(low, high)


def _expanded(index: _Index, low: Days, high: Days, crowd: Floats, rows: Days) -> tuple[Days, Days, Floats]:
    """Each pair once, with the least crowded key that brought it."""
    count = (high - low)[rows]
    start = np.repeat(low[rows] - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
    old = index.site[start + np.arange(count.sum())]
    new = np.repeat(index.site[rows], count)
    crowded = np.repeat(crowd[rows], count)
    order = np.lexsort((crowded, old, new))
    old, new, crowded = old[order], new[order], crowded[order]
    first = np.concatenate([[True], (old[1:] != old[:-1]) | (new[1:] != new[:-1])])[: len(old)] & (old != new)
    return old[first], new[first], crowded[first]


def _alike(
    sites: Sequence[Named], dated: Dated, old: Days, new: Days, crowd: Floats
) -> tuple[Days, Days, Days, Days, Floats]:
    """Of some pairs those whose names look alike and whose order in time allows it."""
    rising = np.array([_rising(sites[a], sites[b]) for a, b in zip(old.tolist(), new.tolist(), strict=True)], np.bool_)
    kept = dated.before(old, new, rising)
    old, new, crowd = old[kept], new[kept], crowd[kept]
    found = [alike.kind(sites[a], sites[b]) for a, b in zip(old.tolist(), new.tolist(), strict=True)]
    kind = np.array([_PLACE.get(one, -1) for one in found], np.int64)
    kept = kind >= 0
    old, new, crowd = old[kept], new[kept], crowd[kept]
    plain = [sites[a].plain or sites[b].plain for a, b in zip(old.tolist(), new.tolist(), strict=True)]
    return old, new, kind[kept], np.array(plain, np.int64), crowd


def _rising(old: Named, new: Named) -> bool:
    one, other = old.name, new.name
    return one.series != "" and one.series == other.series and (one.number or 0) < (other.number or 0)

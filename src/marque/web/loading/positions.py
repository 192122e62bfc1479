"""Where a network's picture draws its sites: computed once, on the server, the same for every reader.

A place in the picture means nothing by itself; only the lines and their reasons do.
"""

from collections.abc import Sequence

import numpy as np

WIDTH, HEIGHT = 1100.0, 560.0
_ROUNDS = 160
_BEST = 1  # links of a site that are drawn beside those that hold the picture together
_SPARE = 0.02  # how much the other links pull
_DRAWN = 200  # more are never drawn, so none is placed


def holds(pairs: Sequence[tuple[str, str]]) -> set[int]:
    """Of pairs in falling strength, those that connect what is connected, and the best few of each site."""
    parent: dict[str, str] = {}

    def root(site: str) -> str:
        while parent.setdefault(site, site) != site:
            parent[site] = parent[parent[site]]
            site = parent[site]
        return site

    kept: set[int] = set()
    count: dict[str, int] = {}
    for place, (one, other) in enumerate(pairs):
        joins = root(one) != root(other)
        if joins:
            parent[root(one)] = root(other)
        if joins or min(count.get(one, 0), count.get(other, 0)) < _BEST:
            kept.add(place)
            for site in (one, other):
                count[site] = count.get(site, 0) + 1
    return kept


def place(count: int, edges: Sequence[tuple[int, int, float]]) -> list[tuple[float, float]]:
    """Positions of nodes 0..count-1 by springs (Fruchterman and Reingold), from a circle, without chance."""
    drawn = min(count, _DRAWN)
    angle = 2 * np.pi * np.arange(drawn) / max(drawn, 1)
    spots = np.column_stack([np.cos(angle), np.sin(angle)]) * 0.4
    pull = np.zeros((drawn, drawn))
    ordered = sorted((edge for edge in edges if max(edge[:2]) < drawn), key=lambda edge: (-edge[2], edge[:2]))
    holding = holds([(str(one), str(other)) for one, other, _ in ordered])
    for number, (one, other, weight) in enumerate(ordered):
        # Where everybody is linked with everybody, only the lines that are drawn first say who stands near whom.
        pull[one, other] = pull[other, one] = max(weight, 0.05) if number in holding else _SPARE
    if drawn > 2:
        spots = _gathered(_spring(spots, pull))
    placed = [(round(float(x), 1), round(float(y), 1)) for x, y in _fitted(spots)]
    return placed + [(0.0, 0.0)] * (count - drawn)


def _spring(spots: np.ndarray, pull: np.ndarray) -> np.ndarray:
    ideal = 1.0 / np.sqrt(len(spots))
    for turn in range(_ROUNDS):
        gap = spots[:, None, :] - spots[None, :, :]
        distance = np.maximum(np.sqrt((gap**2).sum(axis=2)), 0.01)
        push = ideal**2 / distance**2 - pull * distance / ideal
        step = (gap * push[:, :, None]).sum(axis=1) - spots * 0.3
        length = np.maximum(np.sqrt((step**2).sum(axis=1)), 1e-9)
        heat = 0.1 * (1 - turn / _ROUNDS)
        spots = spots + step / length[:, None] * np.minimum(length, heat)[:, None]
    return spots


def _gathered(spots: np.ndarray) -> np.ndarray:
    """The same picture with the far ones drawn nearer, so that one loose site does not squeeze all others."""
    gap = spots - spots.mean(axis=0)
    far = np.maximum(np.sqrt((gap**2).sum(axis=1)), 1e-9)
    gathered: np.ndarray = gap / far[:, None] * np.sqrt(far)[:, None]
    return gathered


def _fitted(spots: np.ndarray) -> np.ndarray:
    if not len(spots):
        return spots
    low, high = spots.min(axis=0), spots.max(axis=0)
    span = np.where(high - low < 1e-9, 1.0, high - low)
    margin = np.array([90.0, 50.0])
    room = np.array([WIDTH, HEIGHT]) - 2 * margin
    scaled = (spots - low) / span
    scaled = np.where(high - low < 1e-9, 0.5, scaled)
    fitted: np.ndarray = scaled * room + margin
    return fitted

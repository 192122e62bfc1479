"""Names for networks that outlive a run: a network keeps the id of the earlier one whose core it mostly holds.

An id is a name, not a finding: a network may grow, shrink, split or merge under it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Protocol

import pyarrow as pa

from marque.digest import sha256


class Sites(Protocol):
    """What a network needs for a name."""

    @property
    def core(self) -> tuple[int, ...]: ...
    @property
    def halo(self) -> tuple[int, ...]: ...


def named(names: Sequence[str], networks: Sequence[Sites], previous: pa.Table | None) -> list[str]:
    """One id a network, in order, none twice."""
    before, taken = _before(previous)
    ids: dict[int, str] = {}
    for _, earlier, place in sorted(_overlaps(names, networks, before)):
        if place not in ids and earlier not in ids.values():
            ids[place] = earlier
    for place, network in enumerate(networks):
        if place not in ids:
            ids[place] = _fresh(names[min(network.core or network.halo)], taken | set(ids.values()))
    return [ids[place] for place in range(len(networks))]


def _before(previous: pa.Table | None) -> tuple[dict[str, tuple[str, bool]], set[str]]:
    """Per site the earlier network and whether it was core; and every id ever given."""
    if previous is None:
        return {}, set()
    columns = (previous[name].to_pylist() for name in ("site", "network", "role"))
    before = {site: (network, role == "core") for site, network, role in zip(*columns, strict=True)}
    return before, {network for network, _ in before.values()}


def _overlaps(
    names: Sequence[str], networks: Sequence[Sites], before: dict[str, tuple[str, bool]]
) -> list[tuple[tuple[int, int], str, int]]:
    """(shared core sites and shared sites, largest first), earlier id, place of the network now."""
    core: dict[int, Counter[str]] = defaultdict(Counter)
    whole: dict[int, Counter[str]] = defaultdict(Counter)
    for place, network in enumerate(networks):
        for site in (*network.core, *network.halo):
            earlier, was_core = before.get(names[site], ("", False))
            if earlier:
                whole[place][earlier] += 1
                core[place][earlier] += was_core and site in network.core
    return [
        ((-core[place][earlier], -shared), earlier, place)
        for place, counter in whole.items()
        for earlier, shared in counter.items()
    ]


def _fresh(smallest: str, taken: set[str]) -> str:
    turn = 0
    while True:
        name = "n-" + sha256(f"{smallest}\n{turn}".encode())[:12]
        if name not in taken:
            return name
        turn += 1

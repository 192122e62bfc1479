"""Names for services that outlive a run: a service keeps the name of the earlier one whose addresses it mostly holds.

A name is no finding: a service may grow, shrink, split or merge under it, and an older address may come to light.
"""

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from marque.digest import sha256


def named(services: Sequence[Sequence[str]], oldest: Sequence[str], previous: pa.Table | None) -> list[str]:
    """One name a service, in order, none twice. `oldest`: the address a new one is named by."""
    before = _before(previous)
    shared = [Counter(before[site] for site in sites if site in before) for sites in services]
    claims = sorted((-count, name, place) for place, names in enumerate(shared) for name, count in names.items())
    found: dict[int, str] = {}
    given: set[str] = set()
    for _, name, place in claims:
        if place not in found and name not in given:
            found[place] = name
            given.add(name)
    given.update(before.values())
    for place, site in enumerate(oldest):
        if place not in found:
            found[place] = _fresh(site, given)
            given.add(found[place])
    return [found[place] for place in range(len(services))]


def _before(previous: pa.Table | None) -> dict[str, str]:
    """Per site the earlier service."""
    if previous is None:
        return {}
    return dict(zip(previous["site"].to_pylist(), previous["service"].to_pylist(), strict=True))


def _fresh(site: str, given: set[str]) -> str:
    """The address's own name; numbered where a service that it has left still holds that."""
    turn = 0
    while True:
        name = "s-" + sha256(f"{site}\n{turn}".encode() if turn else site.encode())[:12]
        if name not in given:
            return name
        turn += 1

"""How right a list of proposed predecessors is. Whoever followed nobody and is given a predecessor counts as wrong."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from marque.bench.moves.world import RENAMED, World
from marque.networks.groups import Groups

Proposed = Mapping[str, tuple[str, float]]  # per site the predecessor and its probability
Row = tuple[str, float, str]


def rows(world: World, found: Proposed) -> Iterator[Row]:
    """Metric, value, unit."""
    same = {site for site, (old, _) in found.items() if site in world.before and world.same(site, old)}
    exact = {site for site, (old, _) in found.items() if old in world.before.get(site, ())}
    alike = {site for site, how in world.how.items() if how != RENAMED}
    yield "proposals", float(len(found)), "sites"
    for name, right in (("same site", same), ("exact predecessor", exact)):
        yield f"{name}, precision", _share(len(right), len(found)), "share"
        yield f"{name}, recall", _share(len(right), len(world.before)), "share"
        yield f"{name}, recall without rebrands", _share(len(right & alike), len(alike)), "share"
    never = {one.site for one in world.rows} - set(world.before)
    yield "followed nobody, given one", _share(len(never & set(found)), len(never)), "share"
    for how in sorted(set(world.how.values())):
        those = {site for site, of in world.how.items() if of == how}
        yield f"same site, recall of {how}", _share(len(same & those), len(those)), "share"
    yield "merges through hubs", float(merges(world, found)), "merges"


def calibration(world: World, found: Proposed) -> Iterator[Row]:
    """Per bin of probability how many proposals named the predecessor, and the mean distance of both."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for site, (old, probability) in found.items():
        bins[min(int(probability * 10), 9)].append((probability, old in world.before.get(site, ())))
    total = 0.0
    for low, rows in sorted(bins.items()):
        said, true = (sum(column) / len(rows) for column in zip(*rows, strict=True))
        total += len(rows) * abs(said - true)
        yield f"said {low / 10:.1f} to {(low + 1) / 10:.1f}, true", round(true, 4), f"of {len(rows)}"
    yield "calibration error", _share(total, len(found)), "share"


def merges(world: World, found: Proposed) -> int:
    """How many times two different offers end in one chain because of a hub."""
    if not world.hubs:
        return 0
    sites = sorted({one.site for one in world.rows})
    number = {site: place for place, site in enumerate(sites)}
    groups = Groups(len(sites))
    for site, (old, _) in found.items():
        if site in world.hubs or old in world.hubs:
            groups.join(number[site], number[old])
    offers: dict[int, set[str]] = defaultdict(set)
    for site, offer in world.service.items():
        if site in number:
            offers[groups.root(number[site])].add(offer)
    return sum(len(those) - 1 for those in offers.values())


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0

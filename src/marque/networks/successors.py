"""Which site followed which: candidates by name, redirect and title, each scored, one predecessor a site.

A successor is a proposal about an offer as its readers know it, not about who runs it; an impostor looks the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marque.networks import moves, names
from marque.networks.moves import Seen, Step

CROWDED = 400  # a key with more names than this proposes nobody
CAP = 6629  # no probability above .99 is shown


@dataclass(frozen=True, slots=True)
class Successor:
    """A site and the one it most probably followed; `steps` add up to `score`."""

    site: str
    predecessor: str | None
    score: int
    steps: tuple[Step, ...]

    @property
    def probability(self) -> float:
        """1 / (1 + 2^(-score/1000)), rounded."""
        return round(1 / (1 + float(2 ** (-self.score / 1000))), 6)


def propose(sites: Iterable[Seen]) -> list[Successor]:
    """One row a site, in order of names; `predecessor` is None where no candidate is more likely than not."""
    seen = {one.site: one for one in sorted(sites, key=lambda one: one.site)}
    index = _index(seen)
    crowd = {stem: len(members) for stem, members in _stems(seen).items()}
    return [_best(one, _candidates(one, seen, index), crowd) for one in seen.values()]


def _stems(seen: Mapping[str, Seen]) -> Mapping[str, list[str]]:
    stems: dict[str, list[str]] = defaultdict(list)
    for site in seen:
        stems[names.parse(site).stem].append(site)
    return stems


def _keys(one: Seen) -> Iterator[str]:
    """What two sites must share to be compared at all."""
    name = names.parse(one.site)
    stem = name.stem
    yield f"stem {stem}"
    if len(stem) >= 6:
        yield f"head {stem[:6]}"
        yield f"tail {stem[-6:]}"
    for token in sorted(name.tokens):
        if len(token) >= 5:
            yield f"token {token}"
    if one.title:
        yield f"title {' '.join(one.title.casefold().split())}"


def _index(seen: Mapping[str, Seen]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for one in seen.values():
        for key in _keys(one):
            index[key].append(one.site)
        if one.redirect_to:
            index[f"to {one.redirect_to}"].append(one.site)
    return index


def _candidates(one: Seen, seen: Mapping[str, Seen], index: Mapping[str, list[str]]) -> list[Seen]:
    found: set[str] = set()
    for key in (*_keys(one), f"to {one.site}"):
        members = index.get(key, ())
        if len(members) <= CROWDED:
            found.update(members)
        else:
            found.update(_neighbours(one, members, seen))
    found.discard(one.site)
    return [seen[site] for site in sorted(found)]


def _neighbours(one: Seen, members: Sequence[str], seen: Mapping[str, Seen]) -> list[str]:
    """Of a crowded key, the names that ended nearest to this one's beginning: the work stays bounded."""
    if one.first is None:
        return []
    first = one.first
    dated = [(abs(first - (seen[site].last or 0)), site) for site in members if seen[site].last is not None]
    return [site for _, site in sorted(dated)[:CROWDED]]


def _best(one: Seen, candidates: Iterable[Seen], crowd: Mapping[str, int]) -> Successor:
    size = crowd.get(names.parse(one.site).stem, 1)
    best = Successor(one.site, None, -20_000, ())
    for old in candidates:
        found = moves.steps(old, one, size)
        total = sum(step.weight for step in found)
        if found and total > best.score:
            best = Successor(one.site, old.site, total, tuple(found))
    if best.score > CAP:
        cap = Step("calibration", "published", CAP - best.score, "networks.calibration")
        return Successor(best.site, best.predecessor, CAP, (*best.steps, cap))
    if best.score < 0:
        return Successor(best.site, None, best.score, ())
    return best

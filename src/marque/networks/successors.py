"""Which site followed which: candidates by name, redirect and title, each scored, one predecessor a site.

A successor is a proposal about an offer as its readers know it, not about who runs it; an impostor looks the same.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from marque.networks import moves, names
from marque.networks.moves import Seen, Step

CROWDED = 200  # of a key with more names, only those that ended nearest to a site's beginning are compared
NEAREST = 40
CAP = 6629  # no probability above .99 is shown

Evidence = Callable[[Seen, Seen], list[Step]]


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


def propose(
    sites: Iterable[Seen], linked: Mapping[str, Iterable[str]] | None = None, evidence: Evidence = lambda old, new: []
) -> list[Successor]:
    """One row a site, in order of names; `predecessor` is the best candidate, None without any.

    `linked`: sites to compare with whatever their names. `evidence`: further rows on a pair, from captures.
    """
    seen = {one.site: one for one in sorted(sites, key=lambda one: one.site)}
    index = _index(seen)
    crowd = {stem: len(members) for stem, members in _stems(seen).items()}
    found = []
    for one in seen.values():
        others = _candidates(one, index) | set((linked or {}).get(one.site, ()))
        others.discard(one.site)
        olds = [seen[site] for site in sorted(others) if site in seen]
        found.append(_best(one, olds, crowd.get(names.parse(one.site).stem, 1), evidence))
    return found


def _stems(seen: Mapping[str, Seen]) -> Mapping[str, list[str]]:
    stems: dict[str, list[str]] = defaultdict(list)
    for site in seen:
        stems[names.parse(site).stem].append(site)
    return stems


def _keys(one: Seen) -> Iterator[str]:
    """What two sites must share to be compared at all."""
    name = names.parse(one.site)
    stem = name.stem
    yield f"stem {stem}" if len(stem) >= 3 else f"label {name.label}"
    if len(stem) >= 6:
        yield f"head {stem[:6]}"
        yield f"tail {stem[-6:]}"
    for token in sorted(name.tokens):
        if len(token) >= 5:
            yield f"token {token}"
    if one.title:
        yield f"title {' '.join(one.title.casefold().split())}"


@dataclass(frozen=True, slots=True)
class Index:
    """Sites by key; those of a key in the order in which they were last seen."""

    members: dict[str, list[str]]
    ends: dict[str, list[int]]


def _index(seen: Mapping[str, Seen]) -> Index:
    members: dict[str, list[Seen]] = defaultdict(list)
    for one in seen.values():
        for key in _keys(one):
            members[key].append(one)
        if one.redirect_to:
            members[f"to {one.redirect_to}"].append(one)
    ordered = {key: sorted(group, key=lambda one: (one.last or 0, one.site)) for key, group in members.items()}
    return Index(
        {key: [one.site for one in group] for key, group in ordered.items()},
        {key: [one.last or 0 for one in group] for key, group in ordered.items()},
    )


def _candidates(one: Seen, index: Index) -> set[str]:
    found: set[str] = set()
    for key in (*_keys(one), f"to {one.site}"):
        members = index.members.get(key, [])
        if len(members) > CROWDED:
            middle = bisect(index.ends[key], one.first or 0)
            members = members[max(0, middle - NEAREST) : middle + NEAREST]
        found.update(members)
    return found


def _best(one: Seen, candidates: Iterable[Seen], crowd: int, evidence: Evidence) -> Successor:
    best, rank = Successor(one.site, None, -20_000, ()), -40_000
    for old in candidates:
        found = moves.steps(old, one, crowd)
        if found:
            found = [*found, *evidence(old, one)]
            total = sum(step.weight for step in found)
            # Whom it resembles is one question; that nothing ties the two is another, and must not point elsewhere.
            likeness = total - sum(min(step.weight, 0) for step in found if step.kind in {"link", "impostor"})
            if likeness > rank:
                best, rank = Successor(one.site, old.site, total, tuple(found)), likeness
    if best.score > CAP:
        cap = Step("calibration", "published", CAP - best.score, "networks.calibration")
        return Successor(best.site, best.predecessor, CAP, (*best.steps, cap))
    return best


def likely(found: Successor) -> bool:
    """Whether the predecessor is more likely than not."""
    return found.predecessor is not None and found.score >= 0

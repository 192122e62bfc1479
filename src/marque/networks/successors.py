"""Which site followed which: candidates by name, redirect and title, each scored, at most one predecessor a site.

A successor is a proposal about an offer as its readers know it, not about who runs it; an impostor looks the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from marque.networks import held, moves, names
from marque.networks.judgements import SAME, Pair, Voice
from marque.networks.moves import DAY, PRIOR, Seen, Step
from marque.networks.naming import alike, words
from marque.networks.naming.alike import Named
from marque.networks.succession import candidates, fit, gaps
from marque.networks.succession.candidates import KINDS
from marque.networks.succession.dated import Dated, dated
from marque.networks.succession.grouped import grouped

CAP = 6629  # no probability above .99 is shown
NAMES_ALONE = 5015  # nor above .97 where nothing but names and dates speaks
TOO_SURE = 500  # what names and dates alone claim too much among sites of which most never moved (decision 29)
TITLED = 40  # sites of one title that are compared; a title of more says nothing
AGAINST = frozenset({"link", "impostor"})

Evidence = Callable[[Seen, Seen], list[Step]]
Told = dict[int, list[Step]]  # rows of pairs by their place
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


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


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Candidates: site numbers, kind (-1 where the names were not compared), and weights in bits.

    `near`: of all that look as much alike, the one whose end lies nearest; the dates' weight is that of the lot.
    """

    old: Places
    new: Places
    kind: Places
    near: Places
    named: Floats
    dates: Floats
    choice: Floats


def propose(
    sites: Iterable[Seen],
    linked: Mapping[str, Iterable[str]] | None = None,
    evidence: Evidence | None = None,
    judged: Mapping[Pair, Voice] | None = None,
) -> list[Successor]:
    """One row a site, in order of names; `predecessor` is the best candidate, None without any.

    `linked`: sites to compare with whatever their names. `evidence`: further rows on a pair, from captures. `judged`:
    what analysts said of pairs (names in order); it holds, whatever else speaks.
    """
    seen = sorted({one.site: one for one in sites}.values(), key=lambda one: one.site)
    ordered = held.ordered(seen, judged or {})
    more = {*_by_more(seen, linked or {}), *(pair for pair, voice in ordered.items() if voice[0] == SAME)}
    found = _joined(_by_name(seen), sorted(more))
    told = _told(seen, found, evidence)
    held.add(told, zip(found.old.tolist(), found.new.tolist(), strict=True), ordered)
    said, spared = (_sums(told, len(found.old), against) for against in (False, True))
    bits = found.named + found.dates + found.choice + said
    against = fit.rivals(found.old, found.new, bits, len(seen))
    # Whom it resembles is one question; that nothing ties the two is another, and must not point elsewhere.
    best = _best(found, bits + against - spared)
    return [
        _successor(seen, found, best[place], told, against) if place in best else Successor(one.site, None, -20_000, ())
        for place, one in enumerate(seen)
    ]


def _by_name(seen: Sequence[Seen]) -> _Pairs:
    """Pairs of names that look alike, weighed by what this input shows of such names and of its dates."""
    common = words.measured(names.parse(one.site).stem for one in seen)
    sites: list[Named] = alike.among((one.site for one in seen), common)
    days: Dated = dated(seen)
    pairs = candidates.pairs(sites, days)
    if not len(pairs.old):
        return _empty()
    groups = grouped(pairs, sites, days)
    weights = fit.weigh(groups, gaps.measure(days), len(seen))
    near = groups.old[groups.nearest][groups.group]
    return _Pairs(groups.old, groups.new, groups.sort // 2, near, weights.named, weights.dates, weights.choice)


def _empty() -> _Pairs:
    numbers, bits = np.zeros(0, np.int64), np.zeros(0)
    return _Pairs(numbers, numbers, numbers, numbers, bits, bits, bits)


def _by_more(seen: Sequence[Seen], linked: Mapping[str, Iterable[str]]) -> list[tuple[int, int]]:
    """Pairs that something else than a name ties: a redirect, a title, a link."""
    number = {one.site: place for place, one in enumerate(seen)}
    titles: dict[str, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for place, one in enumerate(seen):
        if one.title:
            titles[" ".join(one.title.casefold().split())].append(place)
        if one.redirect_to in number:
            found.add((place, number[one.redirect_to]))
        found.update((number[other], place) for other in linked.get(one.site, ()) if other in number)
    for group in titles.values():
        if len(group) <= TITLED:
            found.update((a, b) for a in group for b in group)
    return sorted(pair for pair in found if moves.may_follow(seen[pair[0]], seen[pair[1]]))


def _joined(named: _Pairs, more: Sequence[tuple[int, int]]) -> _Pairs:
    have = set(zip(named.old.tolist(), named.new.tolist(), strict=True)) if more else set()
    rest = [pair for pair in more if pair not in have]
    old, new = (np.array([pair[side] for pair in rest], np.int64) for side in (0, 1))
    blank = np.zeros(len(rest))
    return _Pairs(
        np.concatenate([named.old, old]),
        np.concatenate([named.new, new]),
        np.concatenate([named.kind, np.full(len(rest), -1)]),
        np.concatenate([named.near, old]),
        np.concatenate([named.named, np.full(len(rest), PRIOR / 1000)]),
        np.concatenate([named.dates, blank]),
        np.concatenate([named.choice, blank]),
    )


def _told(seen: Sequence[Seen], found: _Pairs, evidence: Evidence | None) -> Told:
    """What speaks beside names and dates, and where names were not compared those too, as they weigh beforehand."""
    speaks = np.array([bool(one.redirect_to or one.title) for one in seen], np.bool_)
    places = np.arange(len(found.old)) if evidence else np.flatnonzero(speaks[found.old] | (found.kind < 0))
    rows: Told = {}
    for place in places.tolist():
        old, new = seen[int(found.old[place])], seen[int(found.new[place])]
        steps = moves.told(old, new)
        if found.kind[place] < 0:
            steps = [*_beforehand(old, new), *steps]
        steps = [*steps, *evidence(old, new)] if evidence else steps
        if steps:
            rows[place] = steps
    return rows


def _sums(told: Told, pairs: int, against: bool) -> Floats:
    """Per pair what its rows say, in bits; or of that only what is against it for want of a tie."""
    bits = np.zeros(pairs)
    for place, steps in told.items():
        weights = [min(step.weight, 0) for step in steps if step.kind in AGAINST] if against else _weights(steps)
        bits[place] = sum(weights) / 1000
    return bits


def _weights(steps: Iterable[Step]) -> list[int]:
    return [step.weight for step in steps]


def _beforehand(old: Seen, new: Seen) -> list[Step]:
    weight, why = moves.likeness(names.parse(old.site), names.parse(new.site))
    name = Step("name", f"{old.site} {new.site}", weight, why) if weight else None
    return [step for step in (name, moves.time(old, new)) if step]


def _best(found: _Pairs, bits: Floats) -> dict[int, int]:
    """Per site the place of its best pair; of two alike the first by name."""
    order = np.lexsort((found.old, -np.round(bits, 9), found.new))
    new = found.new[order]
    first = np.concatenate([[True], new[1:] != new[:-1]])[: len(new)]
    return dict(zip(new[first].tolist(), order[first].tolist(), strict=True))


def _successor(seen: Sequence[Seen], found: _Pairs, place: int, told: Told, against: Floats) -> Successor:
    old, new = seen[int(found.old[place])], seen[int(found.new[place])]
    steps = [Step("prior", "", PRIOR, "networks.move-prior")]
    if found.kind[place] >= 0:
        steps += _names_and_dates(old, seen[int(found.near[place])], new, found, place)
    steps += told.get(place, [])
    steps.append(Step("rivals", "", _whole(against[place]), "networks.rivals"))
    steps = [step for step in steps if step.weight or step.kind == "prior"]
    total = sum(step.weight for step in steps)
    more = any(step.kind not in _ALONE for step in steps)
    shown = min(total, CAP) if more else min(total - TOO_SURE, NAMES_ALONE)
    if shown != total:
        steps.append(Step("calibration", "published", shown - total, "networks.calibration"))
    return Successor(new.site, old.site, shown, tuple(steps))


_ALONE = frozenset({"prior", "name", "measured", "time", "choice", "rivals"})


def _names_and_dates(old: Seen, near: Seen, new: Seen, found: _Pairs, place: int) -> list[Step]:
    kind = KINDS[int(found.kind[place])]
    name = moves.weight(kind)
    return [
        Step("name", f"{old.site} {new.site}", name, alike.kinds()[kind].why),
        Step("measured", kind, _whole(found.named[place]) - name - PRIOR, "networks.name-measured"),
        _time(near, new, _whole(found.dates[place])),
        Step("choice", "", _whole(found.choice[place]), "networks.choice"),
    ]


def _time(old: Seen, new: Seen, weight: int) -> Step:
    """What the dates say: of all that look alike, the one that ended nearest to the beginning is asked."""
    if new.first is None or old.last is None:
        return Step("time", "", weight, "networks.time-unknown")
    gap = new.first // DAY - old.last // DAY
    beside = "networks.time-overlap" if gap < 0 else "networks.time-gap"
    return Step("time", str(gap), weight, "networks.time-adjacent" if abs(gap) <= moves.SOON else beside)


def _whole(bits: np.float64) -> int:
    return round(1000 * float(bits))


def likely(found: Successor) -> bool:
    """Whether the predecessor is more likely than not."""
    return found.predecessor is not None and found.score >= 0

"""Cards and credits that codes alone did not give away: the catalogue is asked about its own panel.

A card's codes in another unit may differ by more than the index finds, because the card stands at another height there
and is sampled otherwise. Where a page shows only one or two parts of a unit, each part is therefore looked for in the
units of other works, as closely as a page would be. What another work has too names nobody. At the ends of a unit,
where cards and credits stand, two places that agree suffice: a card's own lines leave little that is the same.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from marque.works.blocks import ENDS
from marque.works.consensus import agree
from marque.works.identify import (
    ALL_COMPARED,
    COMPARED,
    FAR,
    LEAST_FAR,
    LEAST_MEMBERS,
    LINE,
    Candidate,
    Floats,
    Lanes,
    breadth,
    distances,
    in_order,
)
from marque.works.reference import Reference

FEW = 2  # parts of a unit; cards and credits are hardly more


def own(candidate: Candidate, reference: Reference) -> Candidate:
    """The candidate without what other works show too, where little of it was seen."""
    if len(candidate.seen) > FEW:
        return candidate
    last = len(reference.blocks[candidate.unit]) - ENDS
    kept = tuple(
        seen
        for seen in candidate.seen
        if not _elsewhere(candidate.unit, seen.number, reference, at_end=not ENDS <= seen.number < last)
    )
    return replace(candidate, seen=kept, in_order=in_order(kept))


def _elsewhere(unit: int, block: int, reference: Reference, *, at_end: bool) -> bool:
    """Whether a unit of another work shows this part."""
    rows = np.arange(*reference.rows(unit))
    rows = rows[reference.block[rows] == block]
    lanes, places = reference.index.lanes(rows), reference.places[rows].astype(np.float64)
    others = _others(unit, lanes, reference)
    return any(_shown(lanes, places, other, reference, at_end=at_end) for other in others)


def _others(unit: int, lanes: Lanes, reference: Reference) -> Iterator[int]:
    """Units of other works: all of a small catalogue, else those that the index names most."""
    works, ranked = reference.works.tolist(), range(len(reference.works))
    if len(works) > ALL_COMPARED:
        votes = np.bincount(reference.unit[reference.index.search_lanes(lanes)[1]], minlength=len(works))
        ranked = np.flatnonzero(votes)[np.argsort(-votes[np.flatnonzero(votes)], kind="stable")][:COMPARED].tolist()
    yield from (other for other in ranked if works[other] != works[unit])


def _shown(lanes: Lanes, places: Floats, other: int, reference: Reference, *, at_end: bool) -> bool:
    """Whether enough of these patches agree on a place in some part of that unit."""
    start, end = reference.rows(other)
    asked, code = np.nonzero(distances(lanes, reference.index.lanes(np.arange(start, end))) <= FAR)
    blocks = reference.block[code + start]
    for block in np.unique(blocks).tolist():
        here = np.flatnonzero(blocks == block)
        there = reference.places[code[here] + start].astype(np.float64)
        if len(here) >= LEAST_MEMBERS:
            members = agree(places[asked[here]], there, np.ones(len(here))).members
            if len(members) >= LEAST_MEMBERS and at_end:
                return True
            if len(members) >= LEAST_FAR and breadth(there[members]) >= LINE:
                return True
    return False

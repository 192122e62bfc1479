"""Analysts' judgements on who followed whom: rows that hold against everything else, and go when they are taken back.

A judgement names two sites and not which came first; their dates tell that. It is about an offer, not about who runs
it.
"""

from collections.abc import Iterable, Mapping, Sequence

from marque.networks.judgements import SAME, Pair, Voice
from marque.networks.moves import Seen, Step

HELD = 100_000  # more than all other rows of a pair together
JUDGED = "judgement"  # the kind of such a row

Places = tuple[int, int]


def ordered(seen: Sequence[Seen], judged: Mapping[Pair, Voice]) -> dict[Places, Voice]:
    """Each judged pair of sites that are there, by place: older and newer; what was not followed, either way round."""
    number = {one.site: place for place, one in enumerate(seen)}
    found: dict[Places, Voice] = {}
    for (a, b), voice in sorted(judged.items()):
        if a not in number or b not in number:
            continue
        old, new = sorted((number[a], number[b]), key=lambda place: _begun(seen[place]))
        found[old, new] = voice
        if voice[0] != SAME:
            found[new, old] = voice
    return found


def _begun(one: Seen) -> tuple[bool, int, bool, int, str]:
    """Earlier beginnings first, then earlier ends; what is unknown comes last."""
    return one.first is None, one.first or 0, one.last is None, one.last or 0, one.site


def add(told: dict[int, list[Step]], pairs: Iterable[Places], judged: Mapping[Places, Voice]) -> None:
    """Write the judgements to the rows of the pairs they are about."""
    if not judged:
        return
    for place, pair in enumerate(pairs):
        if pair in judged:
            verdict, by = judged[pair]
            weight = HELD if verdict == SAME else -HELD
            told[place] = [*told.get(place, []), Step(JUDGED, by, weight, "networks.judgement")]

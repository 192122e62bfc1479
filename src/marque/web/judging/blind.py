"""Which pairs are judged blind: one in five, chosen by the digest of the pair.

No clock and no chance is in it: reloading, another browser or another run of the same sites changes nothing, so that
nobody can wait until a pair is no longer blind. It says nothing about a pair that it is judged blind.
"""

from marque.digest import canonical_json, sha256

ONE_IN = 5
_DIGITS = 15  # hex digits of a digest that fit a column of whole numbers


def turn(one: str, other: str) -> int:
    """A pair's place among all pairs, the same whichever way round it is named."""
    first, second = sorted((one, other))
    return int(sha256(canonical_json(["blind", first, second]))[:_DIGITS], 16)


def is_blind(place: int) -> bool:
    """Whether the pair at this place is judged before its score is shown."""
    return place % ONE_IN == 0

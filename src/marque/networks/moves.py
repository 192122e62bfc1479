"""What one pair of sites says of a move from the one to the other: names, redirects, titles, as rows of weights.

Rows of integer weights, as for links. A name that looks like another's is the cheapest thing to copy: an impostor has
it too. What only the same hand can have (redirects it set, accounts it is paid on) is worth more.
"""

import math
from dataclasses import dataclass

from marque.networks import names
from marque.networks.names import Name
from marque.networks.naming import alike, words

DAY = 86_400_000_000
PRIOR = -7500
SOON, LATE = 60, 400  # days between the end of one and the start of the other
REDIRECT, ELSEWHERE, TITLE = 11_000, -6000, 3000


@dataclass(frozen=True, slots=True)
class Seen:
    """A site as far as names and dates go. Times are UTC microseconds; None where unknown."""

    site: str
    first: int | None
    last: int | None
    title: str | None = None
    redirect_to: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a move's score. `why` is a code."""

    kind: str
    value: str
    weight: int
    why: str


def likeness(one: Name, other: Name) -> tuple[int, str]:
    """What two names alone say before anything is measured, and the code of why; 0 where they are not alike."""
    listed = words.known()
    found = alike.kind(alike.named(one, listed), alike.named(other, listed))
    return (weight(found), alike.kinds()[found].why) if found else (0, "")


def weight(kind: str) -> int:
    """A kind's weight beforehand: with the prior it gives the share in `kinds.csv`."""
    share = alike.kinds()[kind].share / 1000
    return round(1000 * math.log2(share / (1 - share))) - PRIOR


def may_follow(old: Seen, new: Seen) -> bool:
    """Whether nothing shows that the later name was there first, for two that something else than a name ties.

    Where both began the same day, the one that ended earlier is older. Without dates only a redirect or a rising
    number tells which came first.
    """
    if old.site == new.site:
        return False
    if new.first is None or old.first is None:
        one, other = names.parse(old.site), names.parse(new.site)
        rising = names.numbered(one, other) and (one.number or 0) < (other.number or 0)
        return rising or old.redirect_to == new.site
    if new.first != old.first:
        return new.first > old.first
    return (new.last or new.first) > (old.last or old.first)


def told(old: Seen, new: Seen) -> list[Step]:
    """What the two say of each other beside names and dates: a redirect, a title."""
    return [step for step in (_redirect(old, new), _title(old, new)) if step]


def time(old: Seen, new: Seen) -> Step | None:
    """What the dates of two sites of unlike names say, beforehand."""
    if new.first is None or old.last is None:
        return None
    gap = (new.first - old.last) // DAY
    if abs(gap) <= SOON:
        return Step("time", str(gap), 2500 - 25 * abs(gap), "networks.time-adjacent")
    if gap < 0:
        return Step("time", str(gap), max(-900, 1000 - 8 * -gap), "networks.time-overlap")
    return Step("time", str(gap), 0 if gap <= LATE else -2500, "networks.time-gap")


def _redirect(old: Seen, new: Seen) -> Step | None:
    if old.redirect_to is None:
        return None
    if old.redirect_to == new.site:
        return Step("redirect", new.site, REDIRECT, "networks.redirects")
    return Step("redirect", old.redirect_to, ELSEWHERE, "networks.redirects-elsewhere")


def _title(old: Seen, new: Seen) -> Step | None:
    one, other = ((seen.title or "").casefold().split() for seen in (old, new))
    if not one or one != other:
        return None
    return Step("title", " ".join(one), TITLE, "networks.title-same")

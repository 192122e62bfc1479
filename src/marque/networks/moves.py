"""How likely one site is the next address of another, from names, dates, redirects and titles alone.

Rows of integer weights, as for links. A name that looks like another's is the cheapest thing to copy: an impostor has
it too. What only the same hand can have (redirects it set, accounts it is paid on) is worth more.
"""

from dataclasses import dataclass

from marque.networks import names
from marque.networks.names import Name

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


def steps(old: Seen, new: Seen, crowd: int) -> list[Step]:
    """The rows that `new` follows `old`; empty where it cannot. `crowd`: sites whose name has the same stem."""
    if old.site == new.site or _begins_before(new, old):
        return []
    found = [Step("prior", "", PRIOR, "networks.move-prior")]
    found += [
        step
        for step in (_name(old, new), _crowd(crowd), _time(old, new), _redirect(old, new), _title(old, new))
        if step
    ]
    return found


def _begins_before(new: Seen, old: Seen) -> bool:
    """Whether the later name was there first. Where both began the same day, the one that ended earlier is older.

    Without dates only a redirect or a rising number tells which came first.
    """
    if new.first is None or old.first is None:
        one, other = names.parse(old.site), names.parse(new.site)
        rising = names.numbered(one, other) and (one.number or 0) < (other.number or 0)
        return not rising and old.redirect_to != new.site
    if new.first != old.first:
        return new.first < old.first
    return (new.last or new.first) <= (old.last or old.first)


def _name(old: Seen, new: Seen) -> Step | None:
    one, other = names.parse(old.site), names.parse(new.site)
    weight, why = likeness(one, other)
    return Step("name", f"{old.site} {new.site}", weight, why) if weight else None


def likeness(one: Name, other: Name) -> tuple[int, str]:
    """What two names alone say, and the code of why."""
    short = min(len(one.stem), len(other.stem))
    if short < 3:
        return (5000, "networks.name-same") if one.label == other.label else (0, "")
    if one.label == other.label:
        return 8500 if short > 4 else 6500, "networks.name-same"
    if names.numbered(one, other):
        step = abs((one.number or 0) - (other.number or 0))
        return max(9500 - 400 * (step.bit_length() - 1), 6500), "networks.name-number"
    if one.stem == other.stem:
        return 8000 if short > 4 else 5500, "networks.name-stem"
    return _near(one.stem, other.stem, short, one.tokens & other.tokens)


def _near(one: str, other: str, short: int, common: frozenset[str]) -> tuple[int, str]:
    if short >= 6 and (one.startswith(other) or other.startswith(one)):
        return 6500 - 300 * min(abs(len(one) - len(other)), 10), "networks.name-part"
    edits = distance(one, other, 2)
    if short >= 6 and edits == 1:
        return 6000, "networks.name-near"
    if short >= 9 and edits == 2:
        return 4500, "networks.name-near"
    if short >= 6 and (one in other or other in one):
        return 4500, "networks.name-part"
    if any(len(token) >= 6 for token in common):
        return 4500, "networks.name-part"
    return 0, ""


def distance(one: str, other: str, most: int) -> int:
    """Edit distance with insertion, removal and exchange; anything above `most` is `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for at, wanted in enumerate(other, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != wanted))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _crowd(crowd: int) -> Step | None:
    """A stem that many names share says less about each."""
    weight = -150 * max(crowd.bit_length() - 3, 0)
    return Step("crowd", str(crowd), weight, "networks.name-crowd") if weight else None


def _time(old: Seen, new: Seen) -> Step | None:
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

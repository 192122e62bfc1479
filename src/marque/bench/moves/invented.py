"""Invented worlds of sites that move: nothing here is drawn from any real list, and nothing learnt from one.

Worlds differ on purpose, in how long a move takes, how fine the dates are, who copies names, and how many never move,
so that a method that fits one of them alone is seen to.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from marque.bench.moves.world import RENAMED, World
from marque.networks.moves import DAY, Seen

_LATIN = tuple(a + b for a in ("b", "d", "f", "gr", "h", "k", "l", "m", "n", "p", "r", "st", "v", "z") for b in "aeiou")
_SCRIPTS = {
    "latin": _LATIN,
    "hangul": tuple("가나다라마바사아자차카타파하거너더러머버서"),
    "cyrillic": tuple(a + b for a in "бвгдзклмнпрст" for b in "аеиоу"),
    "kana": tuple("アイウエオカキクケコサシスセソタチツテト"),
}
_ABOUT = ("manga", "scans", "movies", "torrent", "stream", "anime", "toon", "novel", "live", "glimp", "orbu")
_HUBS = ("unblock", "proxy", "mirror")
ENDINGS = tuple(f"{a}{b}.example" for a in "abcdefgh" for b in "klmnopqr")


@dataclass(frozen=True, slots=True)
class Variant:
    """What a world is like. `lag`: days a move takes at most; `overlap`: of moves, those announced long before.

    `still`: sites that never moved for each address of an offer that did; `twins`: of those, the share named like
    another; `copied`: the share of offers with an impostor; `grain`: days to which dates are known.
    """

    name: str
    days: int = 2500
    lag: int = 2
    overlap: float = 0.2
    still: float = 1.0
    twins: float = 0.1
    copied: float = 0.1
    grain: int = 1


VARIANTS = (
    Variant("moves alone", still=0, copied=0),
    Variant("as many that never moved"),
    Variant("ten times as many that never moved", still=10),
    Variant("ten times as many, in one year", still=10, days=365),
    Variant("dates to the month", grain=30),
    Variant("slow moves", lag=25, overlap=0.4),
    Variant("every name copied", copied=1.0, twins=0.4),
)


@dataclass(slots=True)
class _Growing:
    drawn: random.Random
    variant: Variant
    rows: dict[str, Seen] = field(default_factory=dict)
    before: dict[str, frozenset[str]] = field(default_factory=dict)
    service: dict[str, str] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    hubs: set[str] = field(default_factory=set)

    def add(self, label: str, first: int, last: int) -> str | None:
        """One more site under a free ending; None where there is none."""
        grain = self.variant.grain
        for ending in self.drawn.sample(ENDINGS, len(ENDINGS)):
            site = f"{label.encode('idna').decode()}.{ending}"
            if site not in self.rows:
                begun, ended = (day // grain * grain * DAY for day in (first, max(first, last)))
                self.rows[site] = Seen(site, begun, ended)
                return site
        return None


def world(variant: Variant, sites: int, seed: int) -> World:
    """About so many sites; the same for the same seed."""
    growing = _Growing(random.Random(f"{variant.name} {seed}"), variant)  # noqa: S311 - a repeatable choice
    moving = max(4, round(sites / (1 + variant.still)))
    while len(growing.service) < moving:
        _offer(growing)
    while len(growing.rows) < sites:
        _still(growing)
    _hubs(growing)
    rows = tuple(growing.rows[site] for site in sorted(growing.rows))
    return World(rows, growing.before, growing.service, growing.how, frozenset(growing.hubs))


def _brand(growing: _Growing) -> str:
    drawn = growing.drawn
    script = drawn.choices(tuple(_SCRIPTS), weights=(7, 1, 1, 1))[0]
    return "".join(drawn.choices(_SCRIPTS[script], k=drawn.randrange(2, 5)))


def _named(growing: _Growing) -> str:
    """A brand, often with a common word."""
    drawn, brand = growing.drawn, _brand(growing)
    turn = drawn.randrange(3)
    return (brand, brand + drawn.choice(_ABOUT), drawn.choice(_ABOUT) + brand)[turn]


def _offer(growing: _Growing) -> None:
    """One offer and its addresses, one after the other; now and then a mirror beside one, or an impostor."""
    drawn, variant = growing.drawn, growing.variant
    label = _named(growing) + drawn.choice(("", "", "", str(drawn.randrange(1, 400))))
    day = drawn.randrange(variant.days * 3 // 4)
    offer, old, how = f"offer {len(growing.service)}", None, ""
    for _ in range(min(2 + int(drawn.expovariate(0.4)), 40)):
        stay = 5 + int(drawn.expovariate(8 / variant.days))
        site = growing.add(label, day, day + stay) if day + stay <= variant.days else None
        if site is None:
            break
        growing.service[site] = offer
        if old is not None:
            growing.before[site], growing.how[site] = frozenset({old}), how
        if drawn.random() < 0.02:
            _beside(growing, label, day, stay, offer)
        old, day = site, max(day + 1, day + stay + _lag(growing))
        how, label = _next(growing, label)
    if drawn.random() < variant.copied:
        _alone(growing, label)


def _lag(growing: _Growing) -> int:
    drawn, variant = growing.drawn, growing.variant
    return -drawn.randrange(3, 90) if drawn.random() < variant.overlap else drawn.randrange(variant.lag + 1)


def _beside(growing: _Growing, label: str, day: int, stay: int, offer: str) -> None:
    """A mirror: of the same offer, and nobody's successor."""
    site = growing.add(label, day + growing.drawn.randrange(1, 1 + stay), day + stay)
    if site is not None:
        growing.service[site] = offer


def _alone(growing: _Growing, label: str) -> None:
    """A site that followed nobody, on two days of its own."""
    drawn = growing.drawn
    first, last = sorted(drawn.sample(range(growing.variant.days), 2))
    growing.add(label, first, last)


def _still(growing: _Growing) -> None:
    label = _named(growing)
    _alone(growing, label)
    if growing.drawn.random() < growing.variant.twins:
        _alone(growing, growing.drawn.choice((label, *(label for _, label in _changes(growing, label)))))


def _hubs(growing: _Growing) -> None:
    """Addresses that serve many offers, under one name each and many endings."""
    for name in _HUBS:
        for _ in range(3):
            first, last = sorted(growing.drawn.sample(range(growing.variant.days), 2))
            site = growing.add(f"{name}{_LATIN[len(growing.hubs)]}", first, last)
            growing.hubs.update({site} if site else ())


def _next(growing: _Growing, label: str) -> tuple[str, str]:
    """How the next address is named: numbered ones mostly count on, the others mostly change the ending."""
    drawn = growing.drawn
    if label[-1].isdigit() and drawn.random() < 0.8:
        return "number-bump", _counted(label, drawn.choice((1, 1, 1, 1, 2, 5)))
    if drawn.random() < 0.65:
        return "tld-change", label
    if drawn.random() < 0.35:
        return RENAMED, _named(growing)
    return drawn.choice(tuple(_changes(growing, label)))


def _counted(label: str, step: int) -> str:
    digits = len(label) - len(label.rstrip("0123456789"))
    return f"{label[:-digits]}{int(label[-digits:]) + step}"


def _changes(growing: _Growing, label: str) -> Iterator[tuple[str, str]]:
    drawn = growing.drawn
    place = drawn.randrange(1, len(label))
    letter = drawn.choice("abcdeiklmnorstu")
    yield "similar", label[:place] + letter + label[place + 1 :]
    yield "similar", label[:place] + letter + label[place:]
    yield "affix", label + drawn.choice(_ABOUT)
    yield "affix", label + letter
    yield "affix", drawn.choice(("my", "the", "x")) + label

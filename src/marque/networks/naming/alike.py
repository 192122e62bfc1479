"""In what way two names look alike: one kind a pair, the closest that holds.

The kinds and what each is worth before anything is measured stand in `kinds.csv`. Anybody may register a name that
looks like another's; a kind says how names look, not why.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from marque.networks import names
from marque.networks.names import Name
from marque.networks.naming.words import Words

NONE = ""
# Sites whose names differ by number, hyphen or ending only are one family; other likenesses stand for themselves.
FAMILY = (
    "next-number",
    "same-label",
    "numbers-up",
    "same-stem",
    "numbers-far",
    "number-changed",
    "numbers-down",
)
SERIES, LONG = 3, 10  # numbers that make a series, or one number of two digits
LONGEST, TOKEN = 64, 5  # letters of a name that are compared, and that make a token
_PARTS = re.compile(r"[-\d]+")
_VAGUE = frozenset({NONE, "near-two", "same-head", "inside"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of `kinds.csv`. `share`: per mille of sites with such a name beside them that follow it, beforehand."""

    name: str
    share: int
    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name among others: `core` without common words, `plain` where it is nothing else.

    `tokens`: what hyphens set apart, if long enough and no common word.
    `series`: its number is one of several; `shared`: others carry the very label, number and all; `hub`: it says no
    more than that it leads round a block, to whatever offer.
    """

    name: Name
    stem: str
    core: str
    plain: bool
    tokens: frozenset[str]
    series: bool
    shared: bool
    hub: bool


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by name, in the file's order."""
    text = (files("marque.networks.naming") / "kinds.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["kind"]: Kind(row["kind"], int(row["share"]), row["why"]) for row in rows}


def among(sites: Iterable[str], words: Words) -> list[Named]:
    """Each site's name, with what only the others tell: whether its number is one of a series, its label shared."""
    parsed = [names.parse(site) for site in sites]
    labels = Counter(one.label for one in parsed)
    numbers: dict[str, set[int]] = defaultdict(set)
    for one in parsed:
        if one.number is not None and len(numbers[one.series]) < SERIES:
            numbers[one.series].add(one.number)
    return [named(one, words, len(numbers.get(one.series, ())) >= SERIES, labels[one.label] > 1) for one in parsed]


def named(name: Name, words: Words, series: bool = False, shared: bool = False) -> Named:
    """One name, its number counted as one of a series where it has two digits or others are known."""
    stem = name.stem[:LONGEST]
    plain = len(stem) <= 3 or words.plain(stem)
    parts = _PARTS.split(name.label) if "-" in name.label else ()
    tokens = frozenset(part for part in parts if TOKEN <= len(part) <= LONGEST and not words.plain(part))
    series = series or (name.number or 0) >= LONG
    return Named(name, stem, words.core(stem), plain, tokens, series, shared, words.leads_round(stem))


def kind(old: Named, new: Named) -> str:
    """In what way the names look alike; empty where they do not, and where either is a hub's."""
    one, other = old.name, new.name
    if old.hub or new.hub:
        return NONE
    if names.numbered(one, other):
        if not (old.series and new.series):
            # A small number that several addresses keep is part of the brand.
            return "same-core" if old.shared and new.shared else "number-changed"
        return _step((other.number or 0) - (one.number or 0))
    if one.label == other.label:
        return "same-label"
    if min(len(old.stem), len(new.stem)) < 3:
        return NONE
    if old.stem == new.stem:
        return "same-stem"
    found = _looks(old.stem, new.stem, old.core, new.core)
    return "same-token" if found in _VAGUE and old.tokens & new.tokens else found


def _step(step: int) -> str:
    if step < 0:
        return "numbers-down"
    if step == 1:
        return "next-number"
    return "numbers-up" if step <= 5 else "numbers-far"


@lru_cache(maxsize=1 << 18)
def _looks(one: str, other: str, core: str, other_core: str) -> str:
    if core == other_core and len(core) >= 3:
        return "same-core"
    if len(one) > len(other):
        one, other, core, other_core = other, one, other_core, core
    if len(one) >= 5 and (other.startswith(one) or other.endswith(one)):
        return "part-short" if len(other) - len(one) <= 3 else "part-long"
    short, long = sorted((core, other_core), key=len)
    edits = distance(short, long, 2) if len(short) >= 5 and len(set(short) ^ set(long)) <= 4 else 3
    if edits == 1:
        return "near"
    if edits == 2 and len(short) >= 7:
        return "near-two"
    same = _head(one, other)
    if same >= 6 and 5 * same >= 3 * len(one):
        return "same-head"
    return "inside" if len(short) >= 5 and short in long else NONE


def _head(one: str, other: str) -> int:
    """How many letters both begin with."""
    for place, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return place
    return min(len(one), len(other))


def distance(one: str, other: str, most: int) -> int:
    """Edit distance with insertion, removal, exchange and two letters swapped; above `most` it is `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        upper, before, row = before, row, [place] * (len(other) + 1)
        for at, wanted in enumerate(other, 1):
            row[at] = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != wanted))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == wanted:
                row[at] = min(row[at], upper[at - 2] + 1)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)

"""Judgements as pages show them: whose, when, blind or not; which pairs wait; which scores are still hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from marque.errors import MarqueError
from marque.web.judging import ledger, words
from marque.web.judging.model import LINK, Judgement, Pair
from marque.web.models import Link

BY = "local"  # the pseudonym of the one analyst of this machine
_ASKED = 400


def given() -> tuple[Judgement, ...]:
    """All judgements of the workspace; none where their file cannot be read, and the page says so."""
    try:
        return ledger.read(Path(settings.WORKSPACE))
    except MarqueError:
        return ()


def damaged() -> bool:
    """Whether the file of judgements cannot be read."""
    return ledger.is_damaged(Path(settings.WORKSPACE))


def judged() -> frozenset[Pair]:
    """The pairs that the analyst of this machine has judged."""
    return words.given_by(given(), BY)


def hidden(link: Link, done: frozenset[Pair]) -> bool:
    """Whether the score of a link stays hidden until it is judged."""
    return unseen(link.blind, link.site_a, link.site_b, done)


def unseen(blind: bool, one: str, other: str, done: frozenset[Pair]) -> bool:
    """The same of a pair in order of names."""
    return blind and (LINK, one, other) not in done


def on(kind: str, one: str, other: str) -> list[Judgement]:
    """What was judged about a pair, in order."""
    first, second = sorted((one, other))
    return [row for row in given() if row.pair == (kind, first, second)]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the blind sample of a run is judged, and how many judgements there are that may calibrate."""

    calibrating: int
    wanted: int
    sampled: int
    waiting: int
    following: tuple[str, str] | None  # the pair to judge next


def progress() -> Progress:
    """The state of the blind sample, and the next pair of it."""
    done = judged()
    # Asked as a list of one: a bare column is a condition that no index answers.
    rows = Link.objects.filter(sampled__in=(True,)).order_by("turn", "id")
    sample = list(rows.values_list("site_a", "site_b")[:_ASKED])
    waiting = [pair for pair in sample if (LINK, *pair) not in done]
    return Progress(words.calibrating(given()), words.WANTED, len(sample), len(waiting), next(iter(waiting), None))


def waiting(sites: Sequence[str], most: int = 20) -> list[Link]:
    """Pairs with an end among some sites whose score is still hidden, accepted and declined together, by digest."""
    ends = Q(site_a__in=sites) | Q(site_b__in=sites)
    rows = Link.objects.filter(ends, blind=True).defer("reasons").order_by("turn", "id")[:_ASKED]
    done = judged()
    return [link for link in rows if hidden(link, done)][:most]


@dataclass(frozen=True, slots=True)
class Word:
    """One judgement in a list, and whether a later word of the same person replaced it."""

    given: Judgement
    replaced: bool


def about(sites: Sequence[str]) -> list[Word]:
    """Judgements on pairs with an end among some sites, newest first."""
    rows, inside = given(), set(sites)
    last = set(map(id, words.last(rows).values()))
    return [Word(row, id(row) not in last) for row in reversed(rows) if {row.a, row.b} & inside]

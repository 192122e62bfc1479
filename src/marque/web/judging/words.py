"""What a list of judgements says: each person's last word on a pair, and how many may calibrate.

Nothing here decides: a run reads the same rows by its own rule (`marque.networks.judgements`).
"""

from collections.abc import Iterable, Sequence

from marque.web.judging.model import UNSURE, Judgement, Pair

WANTED = 200  # blind or outside judgements before anything but synthetic data may be said to have been tested on


def given_by(rows: Iterable[Judgement], by: str) -> frozenset[Pair]:
    """The pairs a person has judged, whatever the word was: from then on the person has seen the score."""
    return frozenset(row.pair for row in rows if row.by == by)


def last(rows: Iterable[Judgement]) -> dict[tuple[Pair, str], Judgement]:
    """The last word of each person on each pair."""
    return {(row.pair, row.by): row for row in rows}


def calibrating(rows: Sequence[Judgement]) -> int:
    """How many pairs somebody judged blind, out of the sample over the whole score range, and still judges so.

    A word that was changed after the score was shown is no longer blind, so the pair is not counted.
    """
    firsts: dict[tuple[Pair, str], Judgement] = {}
    for row in rows:
        firsts.setdefault((row.pair, row.by), row)
    held = {
        key[0]
        for key, row in last(rows).items()
        if (first := firsts[key]).blind and first.sampled and row.judgement == first.judgement != UNSURE
    }
    return len(held)

"""Accounts and zones of advertising networks in pages and scripts. Who is paid for space need not own it."""

from collections.abc import Iterator, Sequence

from marque.signals.hits import Hit
from marque.signals.rows import Match, load
from marque.signals.subject import Subject
from marque.signals.vendors import hits

ROWS = load("advertising")


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Ids as they stand. Lists of sellers name accounts of strangers, and have an extractor of their own."""
    if not subject.seller_list:
        yield from hits(subject, matches)

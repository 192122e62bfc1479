"""What a page says of itself as editorial content: an article, a blog post, a newsroom.

Anybody can write these words. They never speak for a site; they only keep marque from asking who owns a newspaper that
gives no ground to ask (`marque.networks.ground`).
"""

from collections.abc import Iterator, Sequence

from marque.signals.hits import Hit
from marque.signals.rows import Match, load
from marque.signals.subject import Subject

ROWS = load("editorial")


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """One hit a declared type, on pages only."""
    if not (subject.html and subject.top):
        return
    seen: set[str] = set()
    for match in matches:
        if match.value() not in seen:
            seen.add(match.value())
            yield Hit("editorial-type", match.value(), match.start, match.end)

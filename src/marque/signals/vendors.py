"""The plain case: a row matched, its value is sound, and that is all there is to it."""

from collections.abc import Iterator, Sequence

from marque.signals.checks.forms import canonical
from marque.signals.hits import Hit
from marque.signals.rows import Match
from marque.signals.subject import Subject


def hits(_subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Every match whose value passes the check its row names."""
    for match in matches:
        value = canonical(match.row.kind, match.value(), match.row.check)
        if value is not None:
            yield Hit(match.row.kind, value, match.start, match.end)

"""Analytics and tag accounts in pages and scripts. One id is one account, not one owner: templates carry them along."""

from collections.abc import Iterator, Sequence

from marque.signals.hits import Hit
from marque.signals.rows import Match, load
from marque.signals.subject import Subject
from marque.signals.vendors import hits

_NEAR = 1200  # bytes between the two statements of one Matomo snippet
_MATOMO_ID, _MATOMO_HOST = "matomo-site", "matomo-host"

ROWS = load("analytics") + load("matomo")


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Ids as they stand; for Matomo, the site number with the tracker it counts for."""
    matomo = [match for match in matches if match.row.kind in (_MATOMO_ID, _MATOMO_HOST)]
    yield from hits(subject, [match for match in matches if match not in matomo])
    yield from _matomo(matomo)


def _matomo(matches: Sequence[Match]) -> Iterator[Hit]:
    """A site number means nothing without its tracker; the nearest one named is taken."""
    hosts = [match for match in matches if match.row.kind == _MATOMO_HOST]
    for number in (match for match in matches if match.row.kind == _MATOMO_ID):
        host = min(hosts, key=lambda match: abs(match.start - number.start), default=None)
        if host is None or abs(host.start - number.start) > _NEAR:
            continue
        start, end = min(host.start, number.start), max(host.end, number.end)
        yield Hit(_MATOMO_ID, f"{host.value().lower()}:{number.value()}", start, end)

"""Tokens that prove control of a site to a search engine or vendor. One may be left over from an earlier owner."""

from collections.abc import Iterator, Sequence
from functools import cache

from marque.signals.checks.forms import ignored
from marque.signals.hits import Hit
from marque.signals.rows import Match, load, records
from marque.signals.subject import Subject

KIND = "site-verification"
ROWS = load("verification_rows")
_TOKEN_LENGTH = range(6, 200)


@cache
def _engines() -> dict[bytes, str]:
    return {line["name"].encode(): line["engine"] for line in records("verification")}


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Meta elements by name, and verification files."""
    for match in matches:
        yield Hit(KIND, match.value(), match.start, match.end)
    if not subject.html:
        return
    metas = subject.metas
    for name in metas.keys() & _engines().keys():
        engine = _engines()[name]
        for element in metas[name]:
            token = element.get("content").strip()
            if len(token) in _TOKEN_LENGTH and not ignored(KIND, f"{engine}:{token}"):
                yield Hit(KIND, f"{engine}:{token}", *element.span("content"))

"""Release groups by the marks they draw on panels, read off the pictures by a program; only where it was asked for.

A mark names who made a release. It does not say who runs the site: releases are re-posted by many, and some who re-post
draw the mark of another group over the first. A recognised name may be misread. That nothing was found says nothing:
small, slanted or drawn lettering, and marks over busy pictures, are mostly not read, and only the ends of a page's
strip are looked at.
"""

from collections.abc import Iterator, Sequence

from marque.signals.hits import Hit
from marque.signals.marks import asked
from marque.signals.rows import Match, Row
from marque.signals.subject import BINARY, Subject

KIND = "release-group"
ROWS: tuple[Row, ...] = ()
_LANGUAGES = ("language-detected", "language-declared")  # the better first
_UNKNOWN = "en"


def find(subject: Subject, _matches: Sequence[Match]) -> Iterator[Hit]:
    """Pages name the ends of their strips; pictures that a page named are read."""
    if not asked.asked():
        return
    if subject.html and subject.top:
        from marque.signals.marks import strip

        subject.panels.extend((address, _language(subject)) for address in strip.ends(subject))
    if subject.form == BINARY and subject.panel:
        from marque.signals.marks import panels  # decoders load slowly, and few captures need them

        for name in panels.names_of(subject.exchange.payload, subject.panel):
            yield Hit(KIND, name, 0, len(subject.exchange.payload))


def _language(subject: Subject) -> str:
    """What the page is written in, as an extractor before found."""
    said = {hit.kind: hit.value for hit in reversed(subject.found)}
    return next((said[kind] for kind in _LANGUAGES if kind in said), _UNKNOWN)

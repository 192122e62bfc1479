"""Icons of sites as the hash that public scanners index: MurmurHash3 of the base64 text with line ends.

Kits and hosters ship icons; a shared one alone ties nobody to anybody.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence

import mmh3
import re2

from marque.evidence.sites import site_of
from marque.signals.addresses import absolute, path_of
from marque.signals.hits import Hit
from marque.signals.rows import Match, load, options
from marque.signals.subject import BINARY, Subject

ROWS = load("favicons")
KIND = "favicon-mmh3"
_NAME = re2.compile(rb"(?i)^(?:fav[a-z]{0,4}icon|icon|apple-touch-icon)[a-z0-9_.-]{0,40}$", options())
_PICTURES = (b"\x00\x00\x01\x00", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"<svg", b"<?xml")
_LARGEST = 1 << 20
_RELATIONS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "fluid-icon"})


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """The icon files of the site itself, and icons written into the page."""
    if subject.html and subject.top:
        subject.icons.extend(_declared(subject))
    if subject.form == BINARY or "icon" in subject.record.media_type or "svg" in subject.record.media_type:
        yield from _file(subject)
    for match in matches:
        try:
            icon = base64.b64decode(match.groups[1] or b"", validate=True)
        except (binascii.Error, ValueError):
            continue
        if icon.startswith(_PICTURES):
            yield Hit(KIND, icon_hash(icon), match.start, match.end)


def _file(subject: Subject) -> Iterator[Hit]:
    payload, record = subject.exchange.payload, subject.record
    name = path_of(record.uri).rpartition("/")[2]
    named = "icon" in record.media_type or bool(_NAME.search(name.encode("utf-8", "replace")))
    own = subject.icon or (named and site_of(record.uri) == record.site)
    if own and payload.startswith(_PICTURES) and len(payload) <= _LARGEST:
        yield Hit(KIND, icon_hash(payload), 0, len(payload))


def _declared(subject: Subject) -> Iterator[str]:
    """Addresses of the icons that the page names as its own, wherever they lie."""
    for link in subject.document.of("link"):
        if (link.mentions(b"con") or link.mentions(b"CON")) and not _RELATIONS.isdisjoint(
            link.get("rel").lower().split()
        ):
            yield absolute(link.get("href"), subject.address)


def icon_hash(icon: bytes) -> str:
    """Signed 32-bit decimal."""
    return str(mmh3.hash(base64.encodebytes(icon)))

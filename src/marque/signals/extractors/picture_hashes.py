"""What banners and logos look like. The same banner stands on unrelated sites, and logos are copied with a page."""

from collections.abc import Iterator, Sequence

from marque.signals.addresses import absolute
from marque.signals.hits import ADVERTISER, Hit
from marque.signals.rows import Match, Row
from marque.signals.subject import BINARY, Subject

KIND = "image-hash"
ROWS: tuple[Row, ...] = ()
_MOST = 3  # logos a page is asked for: the site's own stands first


def find(subject: Subject, _matches: Sequence[Match]) -> Iterator[Hit]:
    """Pages name their logos; pictures that a page named are looked at."""
    if subject.html and subject.top:
        subject.logos.extend(_logos(subject))
    if subject.form == BINARY and (subject.banner or subject.logo):
        from marque.signals.pictures.looks import hash_of  # decoders load slowly, and few captures need them

        if value := hash_of(subject.exchange.payload):
            role = ADVERTISER if subject.banner else None
            yield Hit(KIND, value, 0, len(subject.exchange.payload), role)


def _logos(subject: Subject) -> Iterator[str]:
    """Addresses of the first pictures whose class or id calls them a logo."""
    left = _MOST
    for picture in subject.document.pictures(linked=False):
        if not left:
            return
        named = f"{picture.get('class')} {picture.get('id')}".lower() if picture.mentions(b"ogo") else ""
        written = (picture.get("src") or picture.get("data-src")) if "logo" in named else ""
        if written and not written.startswith("data:"):
            left -= 1
            yield absolute(written, subject.address)

"""Exchanges written by hand, as the reader would hand them on."""

from marque.digest import sha256
from marque.evidence.model import Exchange, Locator, Record
from marque.evidence.sites import host_of, site_of
from marque.signals.extract import extract
from marque.signals.model import Sighting

SITE = "https://toon.example/"


def exchange(
    payload: str | bytes,
    uri: str = SITE,
    *,
    page_uri: str | None = None,
    media: str = "text/html",
    verdict: str = "content",
    headers: tuple[tuple[str, str], ...] = (),
    server_ip: str | None = None,
    record_header: bytes = b"",
    charset: str = "",
) -> Exchange:
    """A record of `uri`; with `page_uri`, one that was loaded for that page."""
    body = payload.encode() if isinstance(payload, str) else payload
    own = f"{sha256(body)}:1"
    content_type = f"{media}; charset={charset}" if charset else media
    all_headers = (("content-type", content_type), *headers)
    record = Record(
        record=own,
        page="page:0" if page_uri else own,
        source="test",
        uri=uri,
        site=site_of(page_uri or uri),
        host=host_of(uri),
        time=1_000_000,
        status=200,
        media_type=media,
        payload_digest=sha256(body),
        locator=Locator("", 0, len(body), "identity"),
        verdict=verdict,
    )
    http = b"HTTP/1.1 200 OK\r\n" + b"".join(f"{name}: {value}\r\n".encode() for name, value in all_headers) + b"\r\n"
    return Exchange(record, body, http, record_header, b"", all_headers, server_ip, None, page_uri)


def sightings(payload: str | bytes, kind: str = "", **more: object) -> list[Sighting]:
    """The sightings of a page, of one kind where asked."""
    found = extract(exchange(payload, **more))  # type: ignore[arg-type]
    return [sighting for sighting in found if kind in ("", sighting.kind)]


def values(payload: str | bytes, kind: str, **more: object) -> list[str]:
    """The values of one kind, bystanders and advertisers left out."""
    return [sighting.value for sighting in sightings(payload, kind, **more) if sighting.role == "site"]

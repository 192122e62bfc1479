"""Exchanges as evidence hands them on, made by hand."""

from marque.digest import sha256
from marque.evidence.model import CONTENT, Exchange, Locator, Record

TIME = 1_700_000_000_000_000


def exchange(  # one parameter a field that tests vary
    number: int,
    uri: str,
    payload: bytes,
    *,
    page: int | None,
    media_type: str = "image/jpeg",
    verdict: str = CONTENT,
    site: str = "pirate.example",
) -> Exchange:
    """Record `number`, loaded for record `page`."""
    record = Record(
        record=f"cap:{number}",
        page=None if page is None else f"cap:{page}",
        source="test",
        uri=uri,
        site=None if page is None else site,
        host="img.example",
        time=TIME + number,
        status=200,
        media_type=media_type,
        payload_digest=sha256(payload),
        locator=Locator("", 0, 0, "identity"),
        verdict=verdict,
    )
    return Exchange(record, payload)


def document(number: int, html: str, verdict: str = CONTENT, site: str = "pirate.example") -> Exchange:
    """A page."""
    uri = f"https://{site}/ep/{number}"
    return exchange(number, uri, html.encode(), page=number, media_type="text/html", verdict=verdict, site=site)


def reader(pictures: list[bytes], first: int = 0, site: str = "pirate.example") -> list[Exchange]:
    """A reader's page whose pictures were recorded in reverse."""
    uris = [f"https://img.example/{first}/{n}.jpg" for n in range(len(pictures))]
    html = "".join(f'<img src="/spinner.gif" data-src="{uri}">' for uri in uris)
    rest = [
        exchange(first + 1 + n, uri, data, page=first, site=site)
        for n, (uri, data) in enumerate(reversed(list(zip(uris, pictures, strict=True))))
    ]
    return [document(first, html, site=site), *rest]

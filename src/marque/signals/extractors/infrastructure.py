"""What serves the site, as far as the capture shows it: address, certificate, headers, and hosts the page loads from.

Shared hosting, delivery networks and services put thousands of strangers on one address, certificate or host.
"""

import hashlib
import ipaddress
import re
from collections.abc import Iterator, Sequence
from functools import cache

import re2

from marque.evidence import cdn
from marque.evidence.sites import host_of, site_of
from marque.signals.addresses import absolute
from marque.signals.hits import Hit
from marque.signals.markup import read
from marque.signals.rows import Match, load, options, records
from marque.signals.subject import Subject

ROWS = load("hosting")
_COOKIE = re2.compile(rb"(?im)^set-cookie:[ \t]*([A-Za-z0-9_.%-]{1,80})=", options())
_HEADER, _RECORD = "http-header", "record-header"
_FEWEST_HEADERS, _MOST_HOSTS = 4, 200
_LOADED = {"script": "src", "iframe": "src", "link": "href", "embed": "src", "source": "src"}
_FAR = 1024  # bytes of a picture's tag in which its address is looked for
_SOURCE = re.compile(
    rb"(?i)[^>]*?[\s\"'](?:data-)?src\s*=\s*[\"']?\s*((?:https?:)?(?:/|&#x2f;){2}((?:[^/\"'\s>?#&]|&#x2e;)++)[^\"'\s>]*)"
)
_STYLES = frozenset({"stylesheet", "preconnect", "dns-prefetch", "preload", "modulepreload"})


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Only the site's own servers speak for the site; the page names the other hosts."""
    for match in matches:
        host = match.value().lower().rstrip(".")
        if site_of(f"https://{host}/") != subject.record.site:
            yield Hit(match.row.kind, host, match.start, match.end)
    if site_of(subject.record.uri) == subject.record.site:
        yield from _server(subject)
        yield from _headers(subject)
    if subject.html and subject.top:
        yield from _hosts(subject)


def redirects(subject: Subject) -> Iterator[Hit]:
    """Where an answer sends the visitor, when that is another site."""
    raw = subject.exchange.http_header
    location = next((value for name, value in subject.exchange.headers if name == "location"), "")
    target = site_of(absolute(location, subject.record.uri)) if location else None
    if target and target != subject.record.site:
        yield Hit("redirect-target", target, *_span(raw, location), part=_HEADER)


def _server(subject: Subject) -> Iterator[Hit]:
    exchange = subject.exchange
    address = _address(exchange.server_ip)
    if address:
        network = cdn.network_of(address)
        span = _span(exchange.record_header, exchange.server_ip or "")
        yield Hit("cdn-address" if network else "ip-address", address, *span, part=_RECORD)
        if network:
            yield Hit("cdn", network, *span, part=_RECORD)
    if exchange.certificate:
        span = _span(exchange.record_header, exchange.certificate)
        yield Hit("tls-certificate", exchange.certificate.lower(), *span, part=_RECORD)


def _address(text: str | None) -> str | None:
    """The text form of a public address; a private one is the capturer's own network."""
    try:
        address = ipaddress.ip_address((text or "").strip("[]"))
    except ValueError:
        return None
    return None if address.is_loopback or address.is_unspecified or address.is_link_local else address.compressed


def _span(part: bytes, value: str) -> tuple[int, int]:
    start = part.find(value.encode()) if value else -1
    return (start, start + len(value.encode())) if start >= 0 else (0, len(part))


def _headers(subject: Subject) -> Iterator[Hit]:
    raw = subject.exchange.http_header
    names = [name for name, _ in subject.exchange.headers if name not in _names("header")]
    if subject.top and len(set(names)) >= _FEWEST_HEADERS:
        digest = hashlib.sha256("\n".join(dict.fromkeys(names)).encode("utf-8", "replace")).hexdigest()
        yield Hit("header-order", digest, 0, len(raw), part=_HEADER)
    found = [(match[1].decode("ascii"), match.start(1), match.end(1)) for match in _COOKIE.finditer(raw)]
    own = sorted({name for name, _, _ in found if name.lower() not in _names("cookie")})
    if own:
        start, end = min(found, key=lambda one: one[1])[1], max(found, key=lambda one: one[2])[2]
        yield Hit("cookie-names", ";".join(own), start, end, part=_HEADER)


def _hosts(subject: Subject) -> Iterator[Hit]:
    """Foreign hosts the page loads from, each once."""
    for kind, found in (("third-party-host", _loaded(subject)), ("image-host", _shown(subject))):
        seen, own = set[str](), subject.record.site
        for authority, start, end in found:
            host = host_of(f"https://{authority}/") if authority not in seen else None
            seen.add(authority)
            if host and site_of(f"https://{host}/") != own:
                yield Hit(kind, host, start, end)
            if len(seen) >= _MOST_HOSTS:
                break


def _loaded(subject: Subject) -> Iterator[tuple[str, int, int]]:
    """Authorities of scripts, frames and styles, with the span of the address."""
    for element in subject.document.of(*_LOADED):
        written = element.get(_LOADED[element.tag]).strip() if element.mentions(b"//") else ""
        if "//" not in written[:8]:
            continue
        if element.tag == "link" and _STYLES.isdisjoint(element.get("rel").lower().split()):
            continue
        if authority := written.partition("//")[2].partition("/")[0]:
            yield authority, *element.span(_LOADED[element.tag])


def _shown(subject: Subject) -> Iterator[tuple[str, int, int]]:
    """Authorities of pictures, each spelling once: a page has thousands of them."""
    text, seen = subject.text, set[bytes]()
    for _, after in subject.document.places.pictures:
        found = _SOURCE.match(text, after - 1, after + _FAR)
        if found and found[2] not in seen:
            seen.add(found[2])
            yield read(found[2]), *found.span(1)


@cache
def _names(what: str) -> frozenset[str]:
    """Headers that vary from answer to answer, cookies that everybody's software sets."""
    return frozenset(line["name"] for line in records("not_telling") if line["what"] == what)

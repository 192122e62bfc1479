"""Banners that are sold directly: a picture that links to somebody else's site, and what stands in or behind it.

The landing domain is the advertiser's, and so are contacts and codes inside the banner. Who placed it may be an
affiliate the advertised house knows nothing of, and the same banner stands on many unrelated sites.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import parse_qsl, unquote

from marque.digest import sha256
from marque.evidence.sites import site_of
from marque.signals import whose
from marque.signals.addresses import absolute, path_of
from marque.signals.hits import ADVERTISER, Hit
from marque.signals.markup import Element
from marque.signals.regions import Regions
from marque.signals.rows import Match, load, records
from marque.signals.subject import Subject

ROWS = load("joincodes")
_SMALLEST = 64  # pixels; a smaller picture is a button
_LONGEST = 4096  # bytes of a link around a picture
_CLOSED = re.compile(rb"</[aA](?=[\s>])")
_NEAR = 160  # bytes after a banner in which a code still belongs to it
_CODE_LENGTH = range(2, 33)
_IN_PATH = ("r", "ref", "join", "register", "invite", "promo", "i", "signup")


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Advertisers, their pictures and codes, in page order."""
    if subject.banner:
        yield Hit(
            "banner-image", f"sha256:{sha256(subject.exchange.payload)}", 0, len(subject.exchange.payload), ADVERTISER
        )
    if not subject.html:
        return
    spans = list[tuple[int, int, str]]()
    own = "/".join([*subject.address.split("/", 3)[:3], ""])
    authority = own.partition(":")[2].encode("utf-8", "replace")
    known: dict[str, tuple[str, str | None]] = {}
    for image in subject.document.pictures(linked=True):
        link = subject.document.link_around(image, authority)
        if link is None:
            continue
        written = link.get("href")
        if ("http" not in written and not written.startswith("//")) or written.startswith(own):
            continue
        if written not in known:
            target = _landing(absolute(written, subject.address))
            known[written] = (target, _advertiser(target, subject))
        target, landing = known[written]
        if landing and not _button(image):
            span = link.span("href")
            end = _CLOSED.search(subject.text, image.end, image.end + _LONGEST)
            if not spans or span[0] > spans[-1][0]:
                spans.append((span[0], end.start() if end else span[1], landing))
            yield Hit("banner-advertiser", landing, *span, ADVERTISER)
            yield from _picture(subject, image)
            yield from _codes(target, landing, span)
    subject.banners = Regions(tuple((start, end) for start, end, _ in spans))
    yield from _written(matches, spans)


def _button(image: Element) -> bool:
    return 0 < image.pixels("width") <= _SMALLEST and 0 < image.pixels("height") <= _SMALLEST


def _landing(address: str) -> str:
    """Where a link leads: a redirect of the site's own that names its target in the open is followed."""
    query = address.partition("?")[2]
    if "http" not in query:
        return address
    for _, value in parse_qsl(query[:2000]):
        if value.startswith(("http://", "https://")):
            return value
    return address


def _advertiser(target: str, subject: Subject) -> str | None:
    landing = site_of(target) if target.startswith(("http://", "https://")) else None
    if landing is None or landing == subject.record.site or "/" in landing or ":" in landing:
        return None
    labels = landing.split(".")
    known = any(".".join(labels[at:]) in _not_advertisers() for at in range(len(labels)))
    return None if known or whose.shared(landing) else landing


@cache
def _not_advertisers() -> frozenset[str]:
    return frozenset(line["domain"] for line in records("not_advertisers"))


def _picture(subject: Subject, image: Element) -> Iterator[Hit]:
    """The banner's picture by where it lies; once its file is met, the file's own digest follows."""
    name = next((name for name in ("src", "data-src", "poster") if image.get(name)), "src")
    written = image.get(name)
    address = absolute(written, subject.address) if written and not written.startswith("data:") else ""
    if address.startswith(("http://", "https://")):
        digest = sha256("/".join(path_of(address).rsplit("/", 2)[1:]).encode("utf-8", "replace"))
        yield Hit("banner-image", f"image-url:{digest}", *image.span(name), ADVERTISER)
        subject.pictures.append(address)


def _codes(target: str, landing: str, span: tuple[int, int]) -> Iterator[Hit]:
    """Codes in the landing address, as parameters or as the last part of a joining path."""
    query = target.partition("#")[0].partition("?")[2]
    codes = [value for name, value in parse_qsl(query[:2000]) if name.lower() in _names()] if query else []
    parts = [part for part in path_of(target).split("/") if part]
    if len(parts) >= 2 and parts[-2].lower() in _IN_PATH:
        codes.append(unquote(parts[-1]))
    for code in codes:
        if len(code) in _CODE_LENGTH and not code.startswith("http"):
            yield Hit("referral-code", f"{landing}:{code.strip().lower()}", *span, ADVERTISER)


@cache
def _names() -> frozenset[str]:
    return frozenset(line["name"] for line in records("referral_names"))


def _written(matches: Sequence[Match], spans: Sequence[tuple[int, int, str]]) -> Iterator[Hit]:
    """Codes in words: inside a banner or right behind it."""
    starts = [start for start, _, _ in spans]
    for match in matches:
        index = bisect_right(starts, match.start) - 1
        if index >= 0 and match.start <= spans[index][1] + _NEAR:
            value = f"{spans[index][2]}:{match.value().lower()}"
            yield Hit("referral-code", value, match.start, match.end, ADVERTISER)

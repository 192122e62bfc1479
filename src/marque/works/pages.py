"""What the pages of a capture show, gathered while it streams by: documents, decoded pictures, and what was refused.

Only pages and pictures with the verdict `content` count, and only pictures whose page is known: a picture without a
page says nothing about any site. A picture is decoded, and refused, once however many pages show it. A site whose
pictures keep ending the decoder is not asked for more: its pictures are named, the other sites' go on.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from marque.errors import InputRefused
from marque.evidence.model import CONTENT, Exchange, Record
from marque.signals.pictures.decoding.decoder import COSTLY, CRASHED, Decoder
from marque.works.patches import FEW
from marque.works.scratch import Kept, Scratch
from marque.works.strip import PIXELS, columns_for

LEAST_SIDE, LEAST_AREA = 60, 40_000  # pixels: less is an icon, a button, an emoji
LEAST_WIDTH = 160
FLATTEST = 5.0  # width to height: flatter is a banner or a rule
MAX_PICTURES, MAX_PAGE_PIXELS = 3_000, 1_500_000_000  # a page: some 1,600 screens
MAX_DEADLY = 8  # pictures of one site that may end the decoder
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")


@dataclass(slots=True)
class Page:
    """What is known of a page so far."""

    html: bytes = b""
    uri: str = ""
    readable: bool = True
    site: str | None = None
    time: int | None = None
    pictures: list[tuple[Record, Kept]] = field(default_factory=list)
    pixels: int = 0  # decoded so far
    problems: list[tuple[str, str]] = field(default_factory=list)  # record and code


@dataclass(slots=True)
class _Fates:
    """What decoding came to: payloads that were refused, and how many of each site's ended the decoder."""

    refused: dict[str, str] = field(default_factory=dict)
    deadly: Counter[str | None] = field(default_factory=Counter)


def collect(exchanges: Iterable[Exchange], scratch: Scratch) -> dict[str, Page]:
    """All pages of a capture by record, their pictures set aside in `scratch`."""
    pages: dict[str, Page] = {}
    fates = _Fates()
    with Decoder() as decoder:
        for exchange in exchanges:
            record = exchange.record
            if record.page is None:
                continue
            page = pages.setdefault(record.page, Page())
            page.site = page.site or record.site
            if record.record == record.page:
                _take_document(page, exchange)
            if record.verdict == CONTENT:
                _take_picture(page, exchange, scratch, decoder, fates)
    return pages


def _take_document(page: Page, exchange: Exchange) -> None:
    record = exchange.record
    page.uri, page.time, page.readable = record.uri, record.time, record.verdict == CONTENT
    if not looks_like_picture(exchange.payload, record.media_type):
        page.html = exchange.payload


def _take_picture(page: Page, exchange: Exchange, scratch: Scratch, decoder: Decoder, fates: _Fates) -> None:
    record = exchange.record
    kept, code = scratch.get(record.payload_digest), fates.refused.get(record.payload_digest)
    if kept is None and code is None and looks_like_picture(exchange.payload, record.media_type):
        try:
            kept = _decoded(page, exchange, scratch, decoder, fates)
        except InputRefused as reason:
            code = reason.code
    if code is not None:
        page.problems.append((record.record, code))
    elif kept is not None and len(page.pictures) < MAX_PICTURES:
        page.pictures.append((record, kept))


def _decoded(page: Page, exchange: Exchange, scratch: Scratch, decoder: Decoder, fates: _Fates) -> Kept | None:
    """The picture of a record, set aside; None for one too small to be one of a strip."""
    name, digest = exchange.record.record, exchange.record.payload_digest
    if fates.deadly[page.site] >= MAX_DEADLY:
        raise InputRefused("works.decoding-stopped", file=name)
    try:
        width, height = decoder.size(exchange.payload, name)
        if not _large_enough(width, height):
            return None
        page.pixels += width * height
        if page.pixels <= MAX_PAGE_PIXELS and len(page.pictures) < MAX_PICTURES:
            few = len(page.pictures) < FEW  # of many pictures none is looked at twice as large (patches.py)
            columns = columns_for(width, height) if few else PIXELS
            return scratch.keep(digest, decoder.decode(exchange.payload, name, columns))
    except InputRefused as reason:
        fates.refused[digest] = reason.code
        fates.deadly[page.site] += reason.code in {COSTLY, CRASHED}
        raise
    raise InputRefused("works.page-too-large", file=name)


def looks_like_picture(payload: bytes, media_type: str) -> bool:
    """Whether bytes are a picture by what they begin with, whatever they are served as."""
    head = payload[:16]
    if head.startswith(_SIGNATURES) or head[8:12] == b"WEBP" or head[4:12] in (b"ftypavif", b"ftypavis"):
        return True
    drawn = any(word in media_type for word in ("svg", "icon"))  # not pixels, or never a page's picture
    return bool(payload) and media_type.startswith("image/") and not drawn


def _large_enough(width: int, height: int) -> bool:
    large = width >= LEAST_WIDTH and height >= LEAST_SIDE and width * height >= LEAST_AREA
    return large and width <= FLATTEST * height

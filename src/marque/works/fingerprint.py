"""Fingerprints of what a capture's pages show. They need no catalogue, so they are made once a capture and kept.

A page's pictures are put in reading order and stitched, because sites cut the same strip at other heights. Only pages
and pictures with the verdict `content` count, and only pictures whose page is known: a picture without a page says
nothing about any site.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marque.errors import InputRefused
from marque.evidence.model import CONTENT, Exchange, Record
from marque.works import images, patches, reading
from marque.works.model import FINGERPRINTS
from marque.works.scratch import Kept, Scratch
from marque.works.strip import MAX_ROWS, PIXELS, Segment, Strip, stitch

LEAST_SIDE, LEAST_AREA = 60, 40_000  # pixels: less is an icon, a button, an emoji
LEAST_WIDTH = 160
FLATTEST = 5.0  # width to height: flatter is a banner or a rule
LEAST_PAGE_AREA = 80_000  # a page with less picture than this shows no strip
MAX_PICTURES, MAX_PAGE_PIXELS = 3_000, 1_500_000_000  # a page: some 1,600 screens
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")


@dataclass(slots=True)
class _Page:
    """What is known of a page while its capture streams by."""

    html: bytes = b""
    uri: str = ""
    readable: bool = True
    site: str | None = None
    time: int | None = None
    pictures: list[tuple[Record, Kept]] = field(default_factory=list)
    pixels: int = 0  # decoded so far
    problems: list[tuple[str, str]] = field(default_factory=list)  # record and code


def fingerprints(exchanges: Iterable[Exchange]) -> pa.Table:
    """The table FINGERPRINTS of one capture. A picture that could not be read has a row that names its problem."""
    with Scratch() as scratch:
        pages = _collect(exchanges, scratch)
        seen: dict[tuple[str, ...], patches.Patches] = {}
        parts = []
        for name, page in pages.items():
            chosen = _chosen(page)
            if chosen:
                strip = _strip(page, chosen, scratch)
                same = tuple(kept.digest for _, kept in chosen)
                if same not in seen:  # a page captured every week is fingerprinted once
                    seen[same] = patches.find(strip)
                parts.append(table(strip, seen[same], name, page.site, page.time, column="record"))
            parts.append(_problems(name, page))
    return pa.concat_tables([FINGERPRINTS.empty_table(), *parts])


def _collect(exchanges: Iterable[Exchange], scratch: Scratch) -> dict[str, _Page]:
    pages: dict[str, _Page] = {}
    for exchange in exchanges:
        record = exchange.record
        if record.page is None:
            continue
        page = pages.setdefault(record.page, _Page())
        page.site = page.site or record.site
        if record.record == record.page:
            _take_document(page, exchange)
        if record.verdict == CONTENT:
            _take_picture(page, exchange, scratch)
    return pages


def _take_document(page: _Page, exchange: Exchange) -> None:
    record = exchange.record
    page.uri, page.time, page.readable = record.uri, record.time, record.verdict == CONTENT
    if not looks_like_picture(exchange.payload, record.media_type):
        page.html = exchange.payload


def _take_picture(page: _Page, exchange: Exchange, scratch: Scratch) -> None:
    record = exchange.record
    try:
        kept = scratch.get(record.payload_digest) or _decoded(page, exchange, scratch)
    except InputRefused as reason:
        page.problems.append((record.record, reason.code))
        return
    if kept is not None and len(page.pictures) < MAX_PICTURES:
        page.pictures.append((record, kept))


def _decoded(page: _Page, exchange: Exchange, scratch: Scratch) -> Kept | None:
    """The picture of a record, set aside; None for what is no picture, or too small to be one of a strip."""
    name = exchange.record.record
    if not looks_like_picture(exchange.payload, exchange.record.media_type):
        return None
    width, height = images.size(exchange.payload, name)
    if not _large_enough(width, height):
        return None
    page.pixels += width * height
    if page.pixels > MAX_PAGE_PIXELS or len(page.pictures) >= MAX_PICTURES:
        raise InputRefused("works.page-too-large", file=name)
    return scratch.keep(exchange.record.payload_digest, images.decode(exchange.payload, name, PIXELS))


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


def _chosen(page: _Page) -> list[tuple[Record, Kept]]:
    """The page's pictures in reading order, each once; nothing where they are too few to show a strip."""
    if not page.readable or sum(kept.width * kept.height for _, kept in page.pictures) < LEAST_PAGE_AREA:
        return []
    order = reading.ordered(page.html, page.uri, [record.uri for record, _ in page.pictures])
    chosen: dict[str, tuple[Record, Kept]] = {}
    for position in order:
        record, kept = page.pictures[position]
        chosen.setdefault(kept.digest, (record, kept))
    return list(chosen.values())


def _strip(page: _Page, chosen: list[tuple[Record, Kept]], scratch: Scratch) -> Strip:
    """As many of the pictures as one strip holds; those beyond are named."""
    ends = np.cumsum([kept.rows for _, kept in chosen])
    fitting = int(np.searchsorted(ends, MAX_ROWS, side="right"))
    page.problems += [(record.record, "works.strip-too-long") for record, _ in chosen[fitting:]]
    return stitch(((record.record, scratch.read(kept)) for record, kept in chosen[:fitting]), page.uri)


def _problems(name: str, page: _Page) -> pa.Table:
    rows = [
        {"site": page.site, "page": name, "time": page.time, "record": record, "problem": code}
        for record, code in page.problems
    ]
    return pa.Table.from_pylist(rows, schema=FINGERPRINTS)


def table(
    strip: Strip,
    found: patches.Patches,
    page: str,
    site: str | None,
    time: int | None,
    *,
    column: str,
) -> pa.Table:
    """FINGERPRINTS rows of one page. `column` is what the segments' names are: `record` or `file`."""
    rows = [
        {
            "site": site,
            "page": page,
            "time": time,
            "order": order,
            column: segment.name,
            **{name: getattr(segment, name) for name in ("width", "height", "top", "bottom")},
            **patch,
        }
        for order, segment in enumerate(strip.segments)
        for patch in _patches_of(found, segment) or [{}]
    ]
    return pa.Table.from_pylist(rows, schema=FINGERPRINTS)


def _patches_of(found: patches.Patches, segment: Segment) -> list[dict[str, object]]:
    first, last = np.searchsorted(found.y, [segment.top, segment.bottom])
    return [
        {
            "x": float(found.x[at]),
            "y": float(found.y[at]),
            "size": float(found.size[at]),
            "angle": float(found.angle[at]),
            "code": found.codes[at].tobytes(),
            "mirrored": found.mirrored[at].tobytes(),
        }
        for at in range(first, last)
    ]


def pages_of(fingerprint: pa.Table) -> Iterator[tuple[str | None, str, pa.Table]]:
    """Site, page and rows of each page, by page; without pictures that could not be read."""
    ordered = fingerprint.filter(pc.is_null(fingerprint["problem"])).sort_by(
        [(name, "ascending") for name in ("page", "order", "y", "x", "size", "angle")]
    )
    names = ordered["page"].to_pylist()
    start = 0
    for end in range(1, len(names) + 1):
        if end == len(names) or names[end] != names[start]:
            rows = ordered.slice(start, end - start)
            yield rows["site"][0].as_py(), names[start], rows
            start = end

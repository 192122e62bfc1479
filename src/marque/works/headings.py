"""What captured pages call themselves: title, headlines, and the title they give to social networks.

Gathered once a capture, without a catalogue. A page may call itself anything: a heading never shows what is on it.
"""

import html
from collections.abc import Iterator
from itertools import islice

import pyarrow as pa
import re2

from marque.evidence.model import CONTENT, TIME, Exchange
from marque.signals import charsets
from marque.signals.rows import options

VERSION = 1
HEADINGS = pa.schema(
    [("site", pa.string()), ("page", pa.string()), ("time", TIME), ("text", pa.string())],
    metadata={"marque.table": "headings", "marque.version": str(VERSION)},
)
_LOOKED_AT, _RAW, _LONGEST, _MOST = 400_000, 4_000, 500, 12  # bytes of a page and a heading, characters, headings
_HEADING = re2.compile(
    rb"(?is)<title[^>]*>([^<]+)|<h1[^>]*>(.+?)</h1"
    rb"|<meta\s[^>]*?(?:og:title|twitter:title)[^>]*?content\s*=\s*(?:\"([^\"]+)\"|'([^']+)')",
    options(),
)
_TAG = re2.compile(r"<[^>]*>")


def of(exchange: Exchange) -> Iterator[str]:
    """The headings of one document, as a reader sees them."""
    content_type = next((value for name, value in exchange.headers if name == "content-type"), "")
    payload = exchange.payload[:_LOOKED_AT]
    codec = charsets.charset_of(payload, content_type)
    for found in islice(_HEADING.finditer(payload), _MOST):
        raw = next(group for group in found.groups() if group is not None)
        text = html.unescape(_TAG.sub(" ", raw[:_RAW].decode(codec, "replace")))
        words = " ".join(text.split())[:_LONGEST]
        if words:
            yield words


class Gathered:
    """The headings of a capture's pages."""

    def __init__(self) -> None:
        self._rows: list[dict[str, object]] = []

    def take(self, exchange: Exchange) -> None:
        """Look at one record: only a page's own document counts."""
        record = exchange.record
        if record.record != record.page or record.site is None or record.verdict != CONTENT:
            return
        if "html" in record.media_type:
            text = "\n".join(dict.fromkeys(of(exchange)))
            if text:
                self._rows.append({"site": record.site, "page": record.page, "time": record.time, "text": text})

    def table(self) -> pa.Table:
        return pa.Table.from_pylist(self._rows, schema=HEADINGS)

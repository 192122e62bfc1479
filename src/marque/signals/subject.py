"""One captured exchange as extractors see it: scanned text, its elements, and the way back to the captured bytes."""

from functools import cached_property

from marque.evidence.model import Exchange, Record
from marque.signals import charsets, regions
from marque.signals.addresses import path_of
from marque.signals.document import Document, document
from marque.signals.hits import Hit
from marque.signals.markup import Element

_TEXTS = ("text/", "application/json", "application/javascript", "application/x-javascript", "application/ecmascript")
_TEXT_ENDS = ("+json", "+xml", "/xml")
_SNIFFED = 512
HTML, SCRIPT, STYLE, TEXT, BINARY = "html", "script", "style", "text", "binary"


class Subject:
    """An exchange on the way through the extractors. Everything costly is done once, when first asked for."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.record: Record = exchange.record
        self.form = form_of(exchange)
        self.found: list[Hit] = []  # what earlier extractors found in this record
        self.markup: list[tuple[int, int]] = []  # openings and closings of markup, as the one pass met them
        self.openings: list[tuple[int, int, bytes]] = []  # start tags of elements that may hold other people's words
        self.banner = False  # whether a page linked this picture as an advertiser's
        self.pictures: list[str] = []  # addresses of those pictures
        self.icon = False  # whether a page named this picture as its icon
        self.icons: list[str] = []  # addresses of those icons
        self.logo = False  # whether a page named this picture as its logo
        self.logos: list[str] = []  # addresses of those logos
        self.panel = ""  # the language a page is written in that named this picture as an end of its strip
        self.panels: list[tuple[str, str]] = []  # addresses of those pictures, with that language
        self.banners = regions.Regions(())  # links around advertisers' pictures

    @property
    def top(self) -> bool:
        """Whether this is the page itself and not something loaded for it."""
        return self.record.page == self.record.record

    @property
    def html(self) -> bool:
        return self.form == HTML

    @cached_property
    def seller_list(self) -> str:
        """`ads.txt`, `app-ads.txt` or `sellers.json` where the record is one, at the root as the standards say."""
        path = path_of(self.record.uri).lower() if self.form == TEXT else ""
        return path[1:] if path in ("/ads.txt", "/app-ads.txt", "/sellers.json") else ""

    @cached_property
    def address(self) -> str:
        """The address of the page this was loaded for, as far as known."""
        return self.record.uri if self.top else self.exchange.page_uri or self.record.uri

    @cached_property
    def _transcoded(self) -> charsets.Transcoded | None:
        content_type = next((value for name, value in self.exchange.headers if name == "content-type"), "")
        payload = self.exchange.payload
        return charsets.transcode(payload, charsets.charset_of(payload, content_type))

    @cached_property
    def text(self) -> bytes:
        """The payload as UTF-8: itself wherever it is UTF-8 already."""
        return self._transcoded.text if self._transcoded else self.exchange.payload

    @cached_property
    def lower(self) -> bytes:
        """The text with ASCII letters folded, same offsets."""
        return self.text.lower()

    @cached_property
    def document(self) -> Document:
        """What the page is made of."""
        return document(self.text, self.markup)

    @cached_property
    def metas(self) -> dict[bytes, list[Element]]:
        """What the page says of itself, by name."""
        return self.document.metas()

    @cached_property
    def regions(self) -> "regions.Regions":
        """The stretches of the page that are other people's words."""
        return regions.find(self.openings, self.lower) if self.html and self.openings else regions.Regions(())

    @property
    def transcoded(self) -> bool:
        """Whether the scanned text has other offsets than the payload as captured."""
        return self._transcoded is not None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the scanned text as offsets of the payload as captured."""
        if self._transcoded is None:
            return start, end
        return self._transcoded.raw_offset(start), self._transcoded.raw_offset(end)


def form_of(exchange: Exchange) -> str:
    """What the payload is to be read as; the media type decides, and the first bytes where it says nothing."""
    media, head = exchange.record.media_type, exchange.payload[:_SNIFFED]
    if media in ("text/html", "application/xhtml+xml"):
        return HTML
    if media == "text/css":
        return STYLE
    if "javascript" in media or "ecmascript" in media:
        return SCRIPT
    if media.startswith(_TEXTS) or media.endswith(_TEXT_ENDS):
        return TEXT
    if media in ("", "application/octet-stream", "unknown/unknown"):
        return _sniffed(head)
    return BINARY


def _sniffed(head: bytes) -> str:
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return HTML
    return BINARY if b"\0" in head or not head else TEXT

"""Whose sighting is it? Every exchange is given to the top-level page it was loaded for.

In this order: what the capture says (page ids, HAR pageref, listed pages), the request (Sec-Fetch-Dest, Referer), the
frames a page names, the order of documents. Where none decides the page is unknown, and the exchange supports no
claim. Only a bounded number of addresses is remembered, the latest ones.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

from marque.evidence import http, limits
from marque.evidence.model import CONTENT
from marque.evidence.readers.item import Item
from marque.evidence.sites import bare, host_of, origin, site_of

DOCUMENTS = ("text/html", "application/xhtml+xml")
_FRAMES = ("iframe", "frame", "embed", "object", "fencedframe")
_SOURCE, _SOURCES = 2 * limits.MIB, 16
_NEAR = 10 * 60 * 1_000_000
_FRAME = re.compile(rb"[^>]{0,2000}?\ssrc\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.IGNORECASE)
_MOST_FRAMES = 200
_FILE = re.compile(
    r"\.(?:avif|bmp|css|eot|gif|ico|jpe?g|js|json|m3u8|m4s|map|mjs|mp3|mp4|mpd|otf|png|svg|ts|ttf|vtt|wasm|webm|webp"
    r"|woff2?)$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"/(?:ads|app-ads|robots|humans|security)\.txt$|/sellers\.json$|/sitemap[^/]*\.xml(?:\.gz)?$|/\.well-known/",
    re.IGNORECASE,
)
_SCRIPTS = ("text/javascript", "application/javascript", "application/x-javascript")
_REFERRERS = (*DOCUMENTS, *_SCRIPTS, "text/css", "image/svg+xml")


class Page(NamedTuple):
    """A top-level document: its record, and what its parts inherit from it."""

    record: str
    uri: str
    site: str | None
    time: int | None
    verdict: str
    page_id: str | None = None


class Awaited(NamedTuple):
    """The page is one that the capture has not shown yet: a referrer, or a page id of the producer's."""

    referrer: str | None
    page_id: str | None


class Pages:
    """The pages of one capture so far. `listed` are the addresses that the capture itself lists as pages."""

    def __init__(self, digest: str, listed: frozenset[str] = frozenset()) -> None:
        self._digest = digest
        self._listed = listed
        self._by_address: OrderedDict[str, Page] = OrderedDict()
        self._by_origin: OrderedDict[str, Page] = OrderedDict()
        self._by_site: OrderedDict[str, Page] = OrderedDict()
        self._by_id: OrderedDict[str, Page] = OrderedDict()
        self._framed: OrderedDict[str, Page] = OrderedDict()
        self._sources: OrderedDict[str, bytes] = OrderedDict()
        self._last: Page | None = None

    def meet(self, item: Item, verdict: str, top: bool) -> Page | Awaited | None:
        """The page of an exchange, met in file order; `top` where it is one itself."""
        if top:
            return self._add(item, verdict)
        found = self._parent(item)
        if isinstance(found, Page):
            self.belongs(item, found)
        return found

    def is_page(self, item: Item) -> bool:
        """Whether the exchange is itself a top-level document."""
        hints = item.hints
        if hints.top is not None:
            return hints.top
        if host_of(item.uri) is None and not item.uri.startswith("file:"):
            return False
        if hints.kind is not None:
            return hints.kind == "document"
        if not self._document(item):
            return not hints.referrer and _OWN.search(_path(item.uri)) is not None
        address = bare(item.uri)
        if address in self._listed:
            return True
        if address in self._framed or (hints.page and hints.page in self._by_id) or self._embedded(item):
            return False
        return not (self._listed and self._last and not hints.page)

    def _embedded(self, item: Item) -> bool:
        """Whether a document asked for by a page of another site was put into it by a script.

        Without Sec-Fetch-Dest a frame and a followed link look alike; a link stands in the source of the page.
        """
        if not item.hints.referrer:
            return False
        page = self._referrer(item.hints.referrer, item.uri)
        if page is None or site_of(item.uri) == page.site or page.record not in self._sources:
            return False
        return not self._names(page, item.uri)

    def _names(self, page: Page, uri: str) -> bool:
        """Whether an address stands in the source of a page."""
        address = uri.partition(":")[2].partition("#")[0].rstrip("/")
        source = self._sources.get(page.record, b"")
        return any(form.encode("utf-8", "replace") in source for form in {address, address.replace("&", "&amp;")})

    def _document(self, item: Item) -> bool:
        if item.media_type:
            # what stands for a redirected or missing picture is no page
            instead = item.status is not None and item.status >= 300
            return item.media_type in DOCUMENTS and not (instead and _FILE.search(_path(item.uri)))
        return item.kind != "resource" and _FILE.search(_path(item.uri)) is None

    def _parent(self, item: Item) -> Page | Awaited | None:
        """The page that had the exchange loaded."""
        hints = item.hints
        if hints.page is not None:
            named = self._referrer(hints.referrer, item.uri) if hints.referrer else None
            if named is not None and named.page_id == hints.page and named.verdict != "redirect":
                return named
            return self._by_id.get(hints.page) or Awaited(hints.referrer, hints.page)
        if hints.referrer:
            return self._referrer(hints.referrer, item.uri) or Awaited(hints.referrer, None)
        framing = self._framed.get(bare(item.uri))
        return framing if framing is not None else self._before(item)

    def _referrer(self, referrer: str, uri: str) -> Page | None:
        """The page behind a Referer, which browsers shorten to the origin for other hosts.

        An origin is a page's own address too, but a redirect asks for nothing, and the latest page that names what
        was asked for is more likely than a front page that does not.
        """
        address = bare(referrer)
        found, latest = self._by_address.get(address), self._by_origin.get(origin(address))
        if found is None or latest is None:
            return found or latest
        self._by_address.move_to_end(address)
        short = address.lower() == f"{origin(address)}/"
        behind = found.verdict == "redirect" or (self._names(latest, uri) and not self._names(found, uri))
        return latest if short and behind else found

    def _before(self, item: Item) -> Page | None:
        """The latest document before it: of the same site, else of any, if it was loaded about then."""
        site = site_of(item.uri)
        if site is None and not host_of(item.uri):
            return None
        same = self._by_site.get(site) if site else None
        if same is not None:
            return same
        last = self._last
        untold = item.hints.kind is None and item.media_type in DOCUMENTS and self._document(item)
        if last is not None and untold and site != last.site:
            return None  # another site's document: a frame or a visit, nothing tells which
        if last is None or (last.time is not None and item.time is not None and abs(item.time - last.time) > _NEAR):
            return None
        return last

    def resolve(self, item: Item, awaited: Awaited) -> Page | None:
        """Ask again, now that more of the capture has been seen."""
        found = self._by_id.get(awaited.page_id) if awaited.page_id else None
        if found is None and awaited.referrer:
            found = self._referrer(awaited.referrer, item.uri)
        if found is not None:
            self.belongs(item, found)
        return found

    def _add(self, item: Item, verdict: str) -> Page:
        page = Page(f"{self._digest}:{item.ordinal}", item.uri, site_of(item.uri), item.time, verdict, item.hints.page)
        address = bare(item.uri)
        redirect = verdict == "redirect"
        _put(self._by_address, address, page)
        if not redirect:
            standing = self._standing(page)
            _put(
                self._by_origin,
                origin(address),
                page if standing is page else self._by_origin.get(origin(address), page),
            )
            if page.site is not None:
                _put(self._by_site, page.site, standing)
            self._last = standing
            if item.hints.page:
                _put(self._by_id, item.hints.page, page)
            self._frames(item, page)
            self._keep(page.record, item.body.payload)
        return page

    def _standing(self, page: Page) -> Page:
        """The page that what follows belongs to: not an error in the middle of a site that was being read."""
        before = self._by_site.get(page.site) if page.site and page.verdict == "error" else None
        return before if before is not None and before.verdict == CONTENT else page

    def _keep(self, record: str, source: bytes) -> None:
        if len(source) <= _SOURCE:
            self._sources[record] = source
            if len(self._sources) > _SOURCES:
                self._sources.popitem(last=False)

    def belongs(self, item: Item, page: Page) -> None:
        """Remember whose a part is, where further parts may refer to it."""
        if item.media_type in _REFERRERS:
            _put(self._by_address, bare(item.uri), page)
            if item.media_type in DOCUMENTS:
                self._frames(item, page)
                if origin(item.uri) not in self._by_origin:
                    _put(self._by_origin, origin(item.uri), page)
        if item.status is not None and 300 <= item.status < 400 and (to := http.first(item.headers, "location")):
            self._frame(item.uri, to, page)

    def _frames(self, item: Item, page: Page) -> None:
        for source in frames(item.body.payload):
            self._frame(item.uri, source, page)

    def _frame(self, base: str, source: str, page: Page) -> None:
        try:
            _put(self._framed, bare(urljoin(base, source)), page)
        except ValueError:
            return


def frames(payload: bytes) -> Iterator[str]:
    """The addresses of the frames a document names in its source."""
    for tag in islice(_frame_tags().finditer(payload), _MOST_FRAMES):
        match = _FRAME.match(payload, tag.end() - 1)
        if match:
            yield http.text(match[1]).replace("&amp;", "&")


@cache
def _frame_tags() -> re.Pattern[bytes]:
    """Where frames begin. Written out in two cases: folding case makes the pass over every page three times slower."""
    import re2

    pattern: re.Pattern[bytes] = re2.compile(
        rb"(?:<iframe|<frame|<fencedframe|<IFRAME|<FRAME|<Iframe|<Frame|<IFrame)\s"
    )
    return pattern


def _path(uri: str) -> str:
    return uri.partition("?")[0].partition("#")[0]


def _put(table: "OrderedDict[str, Page]", key: str, page: Page) -> None:
    table[key] = page
    table.move_to_end(key)
    if len(table) > limits.ADDRESSES:
        table.popitem(last=False)


def inherited(own: str, page: Page | None) -> str:
    """A part of a challenge, parked or seized page is no more content than the page is."""
    if own != CONTENT or page is None or page.verdict in (CONTENT, "redirect"):
        return own
    return page.verdict

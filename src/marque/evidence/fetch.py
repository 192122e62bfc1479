"""One record again, by its locator: the bytes behind a claim."""

from collections.abc import Iterator
from dataclasses import replace

from marque.evidence import seekable, verdicts
from marque.evidence.model import Capture, Exchange, Locator, Part, Record
from marque.evidence.readers import formats, har, harsource, mhtml, savedpage, zipdir, zipped
from marque.evidence.readers.item import Item
from marque.evidence.readers.window import Piece, Window, of_part
from marque.evidence.sites import host_of


def fetch(capture: Capture, record: str, locator: Locator) -> Exchange | None:
    """The record that stands at `locator`, read and checked again; None where none does.

    Page and site are not known from one record alone: they stand in the table the locator came from.
    """
    ordinal = record.rpartition(":")[2]
    if not ordinal.isdecimal():
        return None
    item = _item(capture, int(ordinal), locator)
    if item is None:
        return None
    problems = tuple(replace(problem, offset=locator.offset, member=locator.member) for problem in item.problems)
    return Exchange(
        record=Record(
            record=record,
            page=None,
            source="",
            uri=item.uri,
            site=None,
            host=host_of(item.uri),
            time=item.time,
            status=item.status,
            media_type=item.media_type,
            payload_digest=item.body.digest,
            locator=locator,
            verdict=verdicts.verdict_of(item, top=False),
            problems=problems,
        ),
        payload=item.body.payload,
        http_header=item.http_header,
        record_header=item.record_header,
        request_header=item.request,
        headers=item.headers,
        server_ip=item.server_ip,
        certificate=item.certificate,
    )


def _item(capture: Capture, ordinal: int, locator: Locator) -> Item | None:
    if locator.coding == "har":
        entries = har.Reader(harsource.source_of(capture)) if capture.kind in ("har", harsource.FILES) else ()
        return next((e for e in entries if isinstance(e, Item) and e.ordinal == ordinal), None)
    if locator.coding == "file":
        found = savedpage.items(capture, formats.no_budget()) if capture.kind == "saved-page" else ()
        return next((e for e in found if isinstance(e, Item) and e.locator == locator), None)
    if locator.coding == "mime":
        return mhtml.one(capture, locator, ordinal, formats.no_budget()) if capture.kind == "mhtml" else None
    window = _window(capture, locator)
    if window is None:
        return None
    kind = formats.kind_of_window(window, record=True)
    if kind is None:
        return None
    records = formats.records_of(window, locator.member, kind, formats.no_budget(), ordinal)
    return next((entry for entry in records if isinstance(entry, Item)), None)


def _window(capture: Capture, locator: Locator) -> Window | None:
    """A window on the record as it is stored."""
    part = capture.parts.get("")
    if part is None or locator.offset < 0 or locator.length < 0:
        return None
    if locator.coding == "gzip-stream" or _deflated(part, locator.member):
        copied = seekable.section(capture.seekable, locator.member, locator.offset) if capture.seekable else None
        return _cut(copied or _from_start(part, locator), locator.length)
    region = _region(part, locator.member)
    if region is None or locator.offset + locator.length > region.length:
        return None
    return of_part(Part(region.path, region.skip + locator.offset, locator.length))


def _member(part: Part, name: str) -> zipdir.Member | None:
    found = (member for member in zipdir.directory(part).members if member.name == name and member.fault is None)
    return next(found, None) if name else None


def _deflated(part: Part, name: str) -> bool:
    member = _member(part, name)
    return member is not None and member.method == zipdir.DEFLATED


def _region(part: Part, name: str) -> Part | None:
    if not name:
        return part
    member = _member(part, name)
    return None if member is None else zipped.region(part, member)


def _from_start(part: Part, locator: Locator) -> Window | None:
    """The slow way: everything before the record is read and dropped."""
    member = _member(part, locator.member)
    if locator.member and member is None:
        return None
    window = of_part(part) if member is None else zipped.opened(part, member)
    if locator.coding == "gzip-stream":
        kind = formats.kind_of_window(window)
        window = formats.unpacked_of(window, locator.member, kind or "warc")
    while window.offset < locator.offset:
        if not any(True for _ in window.chunks(locator.offset - window.offset)) and not window.broken:
            return None
        if window.broken and window.offset < locator.offset:
            window.cross()
    return window


def _cut(window: Window | None, length: int) -> Window | None:
    return None if window is None else Window(_pieces(window, length))


def _pieces(window: Window, length: int) -> Iterator[Piece]:
    for chunk in window.chunks(length):
        yield Piece(chunk)

"""MHTML (RFC 2557): a page with its parts in one MIME message, as Chromium's "web page, single file" saves it.

The page is the part that `start` names, else the first; every part tells its own address. Parts hold what the browser
kept: the page as it stood when it was saved, not as the server sent it. There are no checksums: a part that was
changed, or cut out whole, cannot be told.
"""

import re
from collections.abc import Iterator

from marque.evidence import http, limits
from marque.evidence.http import Headers
from marque.evidence.model import Capture, Locator, Part, Problem
from marque.evidence.readers import body, transfer
from marque.evidence.readers.body import Budget, Faults
from marque.evidence.readers.item import Hints, Item
from marque.evidence.readers.mailtime import parse_mail
from marque.evidence.readers.window import Window, of_part
from marque.evidence.sites import file_address

_BOUNDARY = re.compile(r"boundary\s*=\s*(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
_START = re.compile(r"start\s*=\s*\"?<?([^\s;\">]{1,300})", re.IGNORECASE)
_EMPTY = re.compile(rb"\n\r?\n")
_WEB = ("http://", "https://", "file:")


def is_mhtml(head: bytes) -> bool:
    """Whether a message is a saved page: related parts, and an address told for the page or for a part."""
    end = _EMPTY.search(head)
    fields = http.parse_fields(head[: end.end()]) if end else ()
    related = (http.first(fields, "content-type") or "").lower().startswith("multipart/related")
    return related and b"content-location:" in head.lower()


class Reader:
    """Reads the parts of one message."""

    def __init__(self, capture: Capture, budget: Budget) -> None:
        self.capture = capture
        self.budget = budget
        self.window = of_part(capture.parts[""])
        self.fields: Headers = ()

    def __iter__(self) -> Iterator[Item | Problem]:
        self.fields = http.parse_fields(_head(self.window))
        told = _BOUNDARY.search(http.first(self.fields, "content-type") or "")
        if told is None:
            yield Problem("read.mhtml-boundary", 0)
            return
        mark = b"--" + (told[1] or told[2]).encode("utf-8", "surrogateescape")
        for _ in _upto(self.window, mark):
            pass
        ordinal = 0
        while not self._ends(mark):
            if not self.window.look(1):
                yield Problem("read.mhtml-cut", self.window.offset)
                return
            yield self._part(ordinal, mark)
            ordinal += 1
        if not ordinal:
            yield Problem("read.mhtml-cut", self.window.offset)

    def _ends(self, mark: bytes) -> bool:
        """Step over a delimiter; whether it is the last."""
        self.window.look(len(mark) + 4)
        if not self.window.buf.startswith(mark, self.window.pos):
            return False
        self.window.pos += len(mark)
        last = self.window.buf.startswith(b"--", self.window.pos)
        line = self.window.find(b"\n", 1_000)
        self.window.take(line + 1 if line >= 0 else 0)
        return last

    def _part(self, ordinal: int, mark: bytes) -> Item:
        start = self.window.offset
        head = _head(self.window)
        flow = _upto(self.window, mark)
        item = self._item(ordinal, head, flow, start)
        for _ in flow:
            pass
        behind = 0
        if self.window.look(1):  # the line end before the delimiter is no part of the body
            behind = 2 if self.window.buf.endswith(b"\r\n", 0, self.window.pos) else 1
        return item._replace(locator=Locator("", start, max(0, self.window.offset - behind - start), "mime"))

    def _item(self, ordinal: int, head: bytes, flow: Iterator[bytes], start: int) -> Item:
        fields = http.parse_fields(head)
        faults: Faults = []
        coding = (http.first(fields, "content-transfer-encoding") or "").strip().lower()
        payload = body.decode(transfer.undone(coding, flow, faults), (), None, self.budget)
        faults += payload.faults
        top = self._top(ordinal, fields)
        kind = http.first(fields, "content-type")
        return Item(
            ordinal=ordinal,
            kind="resource",
            uri=self._address(fields, ordinal, top),
            time=parse_mail(http.first(self.fields, "date") or "") if top else None,
            locator=Locator("", start, 0, "mime"),
            offset=start,
            problems=tuple(Problem(code, start, "", params) for code, params in faults),
            record_header=head,
            headers=(("content-type", kind),) if kind else (),
            media_type=http.media_type(kind),
            body=payload,
            hints=Hints(page="page", top=top),
        )

    def _top(self, ordinal: int, fields: Headers) -> bool:
        start = _START.search(http.first(self.fields, "content-type") or "")
        if start is None:
            return ordinal == 0
        return start[1] == (http.first(fields, "content-id") or "").strip("<> ")

    def _address(self, fields: Headers, ordinal: int, top: bool) -> str:
        """What the part says of its address, folded over lines or not."""
        told = "".join((http.first(fields, "content-location") or "").split())
        if top and not told.startswith(_WEB):
            told = "".join((http.first(self.fields, "snapshot-content-location") or told).split())
        own = (http.first(fields, "content-id") or "").strip("<> ")
        told = told or (f"cid:{own}" if own else file_address(self.capture.digest, f"{self.capture.name}-{ordinal}"))
        return told[: limits.ADDRESS]


def items(capture: Capture, budget: Budget) -> Iterator[Item | Problem]:
    """The page and its parts."""
    yield from Reader(capture, budget)


def one(capture: Capture, locator: Locator, ordinal: int, budget: Budget) -> Item | None:
    """One part again, by its locator."""
    part = capture.parts[""]
    if locator.offset < 0 or locator.offset + locator.length > part.length:
        return None
    reader = Reader(capture, budget)
    reader.fields = http.parse_fields(_head(reader.window))
    window = of_part(Part(part.path, part.skip + locator.offset, locator.length))
    head = _head(window)
    item = reader._item(ordinal, head, window.chunks(locator.length), locator.offset)
    return item._replace(locator=locator)


def _head(window: Window) -> bytes:
    """A header block with the empty line that ends it; as much as there may be where none does."""
    for size in (4 * limits.KIB, 64 * limits.KIB, limits.HEADER):
        here = min(window.look(size), size)
        if window.buf.startswith((b"\r\n", b"\n"), window.pos):
            return window.take(2 if window.buf.startswith(b"\r", window.pos) else 1)
        end = _EMPTY.search(window.buf, window.pos, window.pos + here)
        if end:
            return window.take(end.end() - window.pos)
        if here < size:
            break
    return window.take(here)


def _upto(window: Window, mark: bytes) -> Iterator[bytes]:
    """Bytes up to a delimiter at the start of a line, which stays in sight; the line end before it is its own."""
    window.look(len(mark))
    if window.buf.startswith(mark, window.pos):
        return
    needle = b"\n" + mark
    while window.look(len(needle) + limits.KIB):
        at = window.buf.find(needle, window.pos)
        if at >= 0:
            data = window.take(at - window.pos)
            window.pos += 1
            yield data.removesuffix(b"\r")
            return
        here = len(window.buf) - window.pos
        last = window.look(here + 1) == here
        # what may be the beginning of the delimiter stays in sight, with the byte before it
        yield window.take(here if last else max(1, here - len(needle) - 1))

"""A capture read to its end: every exchange with its page, site and verdict, and everything that is wrong with it."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from marque.evidence import limits, verdicts
from marque.evidence.model import Capture, Exchange, Problem, Record
from marque.evidence.pages import Awaited, Page, Pages, inherited
from marque.evidence.readers import formats
from marque.evidence.readers.item import Item
from marque.evidence.readers.requests import paired
from marque.evidence.sites import host_of, site_of

VERSION = 3
"""Raised whenever the same capture would give other records."""


@dataclass(slots=True)
class _Waiting:
    """An exchange on its way out, with its page or what it waits for."""

    item: Item
    verdict: str
    page: Page | Awaited | None


def read(capture: Capture, source: str = "") -> Iterator[Exchange | Problem]:
    """Every response, resource and revisit in file order, and what is wrong with the capture itself.

    Never raises for what the capture contains.
    """
    opened = formats.open_capture(capture)
    pages = Pages(capture.digest, opened.listed)
    line: deque[_Waiting | Problem] = deque()
    weight = 0
    for entry in paired(opened.items):
        if isinstance(entry, Problem):
            line.append(entry)
        else:
            line.append(_met(entry, pages))
            weight += len(entry.body.payload)
        while line and not _held(line, weight):
            done = line.popleft()
            if isinstance(done, _Waiting):
                weight -= len(done.item.body.payload)
                yield _exchange(capture, source, done, pages)
            else:
                yield done
    for left in line:
        yield _exchange(capture, source, left, pages) if isinstance(left, _Waiting) else left


def _met(item: Item, pages: Pages) -> _Waiting:
    top = pages.is_page(item)
    own = verdicts.verdict_of(item, top)
    return _Waiting(item, own, pages.meet(item, own, top))


def _held(line: "deque[_Waiting | Problem]", weight: int) -> bool:
    """Whether the first in line still waits for its page."""
    first = line[0]
    if not (isinstance(first, _Waiting) and isinstance(first.page, Awaited)):
        return False
    return len(line) <= limits.WAITING and weight <= limits.WAITING_BYTES


def _exchange(capture: Capture, source: str, done: _Waiting, pages: Pages) -> Exchange:
    item = done.item
    page = pages.resolve(item, done.page) if isinstance(done.page, Awaited) else done.page
    told = item.hints.page_uri  # of a page that was not recorded: whose it was is known, but it supports no claim
    record = Record(
        record=f"{capture.digest}:{item.ordinal}",
        page=page.record if page else None,
        source=source,
        uri=item.uri,
        site=page.site if page else site_of(told) if told else None,
        host=host_of(item.uri),
        time=item.time,
        status=item.status,
        media_type=item.media_type,
        payload_digest=item.body.digest,
        locator=item.locator,
        verdict=inherited(done.verdict, page),
        problems=item.problems,
    )
    return Exchange(
        record=record,
        payload=item.body.payload,
        http_header=item.http_header,
        record_header=item.record_header,
        request_header=item.request,
        headers=item.headers,
        server_ip=item.server_ip,
        certificate=item.certificate,
        page_uri=page.uri if page else told,
    )

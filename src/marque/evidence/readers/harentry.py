"""One HAR entry as a record.

A HAR holds bodies as its writer decoded them: text is UTF-8 here, whatever the page was written in. A body that was
not recorded is named as missing, never taken for empty. An entry without response (aborted, blocked by the browser)
has no status.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from marque.clock import parse_iso
from marque.evidence import http
from marque.evidence.http import Headers
from marque.evidence.model import Locator, Problem
from marque.evidence.readers import body
from marque.evidence.readers.body import Budget, Faults
from marque.evidence.readers.harsource import Attached
from marque.evidence.readers.item import Body, Hints, Item
from marque.evidence.readers.jsonstream import Json
from marque.evidence.readers.requests import hints_of

_NO_BODY = (204, 205, 304)
_KINDS = {"fetch": "empty", "xhr": "empty", "stylesheet": "style", "media": "video", "ping": "empty", "beacon": "empty"}
_UNTOLD = ("", "document", "other", "navigation", "subdocument")
_MAGIC = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
_SPACE = re.compile(r"\s+")


class Place(NamedTuple):
    """Where an entry stands: the how-manieth it is, its offset, and the file of a zip it is in."""

    ordinal: int
    offset: int
    member: str = ""


def item_of(value: Json, place: Place, twice: list[str], attached: Attached, budget: Budget) -> Item:
    """The record of an entry, whatever stands in it."""
    entry = _map(value)
    request, response = _map(entry.get("request")), _map(entry.get("response"))
    faults: Faults = [("read.har-key-twice", (("field", key[:40]),)) for key in twice]
    if not isinstance(value, dict) or not request:
        faults.append(("read.har-entry", ()))
    status = response.get("status")
    status = status if isinstance(status, int) and 0 < status < 1000 else None
    headers = _headers(response)
    content = _content(entry, status, attached, faults)
    payload = Body() if content is None else _payload(content, headers, budget)
    faults += payload.faults
    time = parse_iso(_string(entry, "startedDateTime"))
    uri = _string(request, "url").strip()
    if not uri:
        faults.append(("read.uri-missing", ()))
    asked = _request_head(request, uri)
    told = http.first(headers, "content-type") or _string(_map(response.get("content")), "mimeType")
    return Item(
        ordinal=place.ordinal,
        kind="response",
        uri=uri,
        time=time,
        locator=Locator(place.member, place.ordinal, 1, "har"),
        offset=place.offset,
        problems=tuple(Problem(code, place.offset, place.member, params) for code, params in faults),
        http_header=_head(response, status, headers),
        status=status,
        headers=headers,
        media_type=http.media_type(told),
        body=payload,
        server_ip=_string(entry, "serverIPAddress").strip("[]") or None,
        request=asked,
        hints=hints_of(asked, _hints(entry)),
    )


def _payload(content: Iterator[bytes], headers: Headers, budget: Budget) -> Body:
    """Bodies are decoded when they are recorded; a few writers leave one as it was sent."""
    first = next(content, b"")
    coded = headers if first.startswith(_MAGIC) else ()
    coded = tuple((name, told) for name, told in coded if name == "content-encoding")
    return body.decode(chain((first,) if first else (), content), coded, None, budget)


def _map(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _string(table: dict[str, Json], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _headers(message: dict[str, Json]) -> Headers:
    rows = message.get("headers")
    return tuple(
        (_string(row, "name").strip().lower(), _string(row, "value").strip())
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and _string(row, "name")
    )


def _hints(entry: dict[str, Json]) -> Hints:
    kind = _string(entry, "_resourceType").lower()
    page = entry.get("pageref")
    known = None if kind in _UNTOLD else _KINDS.get(kind, kind)
    frame = _string(entry, "_frameref") or None
    return Hints(page if isinstance(page, str) and page else None, kind=known, referrer=_asker(entry), frame=frame)


def _asker(entry: dict[str, Json]) -> str | None:
    """The address that had it loaded, as browsers note it where the request itself does not tell (no Referer)."""
    initiator = entry.get("_initiator")
    told = initiator if isinstance(initiator, str) else _string(_map(initiator), "url")
    told = told or _string(entry, "_documentURL") or _string(entry, "documentURL")
    return told if told.startswith(("http:", "https:")) and told != _string(_map(entry.get("request")), "url") else None


def _content(entry: dict[str, Json], status: int | None, attached: Attached, faults: Faults) -> Iterator[bytes] | None:
    """The body as it was recorded; None where it was not."""
    content = _map(_map(entry.get("response")).get("content"))
    text, size, file = content.get("text"), content.get("size"), content.get("_file")
    if isinstance(file, str) and file:
        found = attached(file, faults)
        if found is None:
            faults.append(("read.har-attachment-missing", (("name", file[:200]),)))
        return found
    if not isinstance(text, str) or (not text and isinstance(size, int) and size > 0):
        if _expected(entry, status, size):
            faults.append(("read.har-body-missing", ()))
        return None if _expected(entry, status, size) else iter(())
    if _string(content, "encoding").lower() != "base64":
        return iter((text.encode("utf-8", "surrogatepass"),))
    data = _unbased(text, size, faults)
    return None if data is None else iter((data,))


def _unbased(text: str, size: Json, faults: Faults) -> bytes | None:
    try:
        data = base64.b64decode(_SPACE.sub("", text), validate=True)
    except (binascii.Error, ValueError):
        faults.append(("read.har-base64", ()))
        return None
    if isinstance(size, int) and len(data) < size:
        faults.append(("read.har-body-short", (("expected", str(size)), ("found", str(len(data))))))
    return data


def _expected(entry: dict[str, Json], status: int | None, size: Json) -> bool:
    """Whether there was a body to record."""
    if status is None or status in _NO_BODY or 300 <= status < 400 or size == 0:
        return False
    response = _map(entry.get("response"))
    return response.get("bodySize") != 0 and _string(_map(entry.get("request")), "method").upper() != "HEAD"


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _head(response: dict[str, Json], status: int | None, headers: Headers) -> bytes:
    """The response head put together from its parts; empty where there was no response."""
    if status is None:
        return b""
    version = _line(_string(response, "httpVersion")) or "HTTP/1.1"
    first = f"{version} {status} {_line(_string(response, 'statusText'))}".rstrip()
    return _block(first, headers)


def _request_head(request: dict[str, Json], uri: str) -> bytes:
    return _block(f"{_line(_string(request, 'method')) or 'GET'} {_line(uri)} HTTP/1.1", _headers(request))


def _block(first: str, headers: Headers) -> bytes:
    lines = [first, *(f"{_line(name)}: {_line(value)}" for name, value in headers if not name.startswith(":"))]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogatepass")

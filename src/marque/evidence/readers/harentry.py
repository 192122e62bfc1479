"""One HAR entry as a record.

A HAR holds bodies as its writer decoded them: text is UTF-8 here, whatever the page was written in. A body that was
not recorded is named as missing, never taken for empty. An entry without response (aborted, blocked by the browser)
has no status.
"""

import base64
import binascii
import re

from marque.clock import parse_iso
from marque.evidence import http
from marque.evidence.http import Headers
from marque.evidence.model import Locator, Problem
from marque.evidence.readers import body
from marque.evidence.readers.body import Budget, Faults
from marque.evidence.readers.item import Body, Hints, Item
from marque.evidence.readers.jsonstream import Json
from marque.evidence.readers.requests import hints_of

_NO_BODY = (204, 205, 304)
_KINDS = {"fetch": "empty", "xhr": "empty", "stylesheet": "style", "media": "video", "ping": "empty", "beacon": "empty"}
_UNTOLD = ("", "document", "other", "navigation", "subdocument")
_MAGIC = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
_SPACE = re.compile(r"\s+")


def item_of(value: Json, ordinal: int, offset: int, twice: list[str], budget: Budget) -> Item:
    """The record of an entry, whatever stands in it."""
    entry = _map(value)
    request, response = _map(entry.get("request")), _map(entry.get("response"))
    faults: Faults = [("read.har-key-twice", (("field", key[:40]),)) for key in twice]
    if not isinstance(value, dict) or not request:
        faults.append(("read.har-entry", ()))
    status = response.get("status")
    status = status if isinstance(status, int) and 0 < status < 1000 else None
    headers = _headers(response)
    content = _content(entry, status, faults)
    # bodies are decoded when they are recorded; a few writers leave one as it was sent
    coded = headers if content and content.startswith(_MAGIC) else ()
    coded = tuple((name, told) for name, told in coded if name == "content-encoding")
    payload = Body() if content is None else body.decode(iter((content,) if content else ()), coded, None, budget)
    faults += payload.faults
    time = parse_iso(_string(entry, "startedDateTime"))
    uri = _string(request, "url").strip()
    if not uri:
        faults.append(("read.uri-missing", ()))
    asked = _request_head(request, uri)
    told = http.first(headers, "content-type") or _string(_map(response.get("content")), "mimeType")
    return Item(
        ordinal=ordinal,
        kind="response",
        uri=uri,
        time=time,
        locator=Locator("", ordinal, 1, "har"),
        offset=offset,
        problems=tuple(Problem(code, offset, "", params) for code, params in faults),
        http_header=_head(response, status, headers),
        status=status,
        headers=headers,
        media_type=http.media_type(told),
        body=payload,
        server_ip=_string(entry, "serverIPAddress").strip("[]") or None,
        request=asked,
        hints=hints_of(asked, _hints(entry)),
    )


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
    return Hints(page=page if isinstance(page, str) and page else None, kind=known, frame=frame)


def _content(entry: dict[str, Json], status: int | None, faults: Faults) -> bytes | None:
    """The body as it was recorded; None where it was not."""
    response = _map(entry.get("response"))
    content = _map(response.get("content"))
    text = content.get("text")
    size = content.get("size")
    if not isinstance(text, str) or (not text and isinstance(size, int) and size > 0):
        if _expected(entry, status, size):
            faults.append(("read.har-body-missing", ()))
        return None if _expected(entry, status, size) else b""
    if _string(content, "encoding").lower() != "base64":
        return text.encode("utf-8", "surrogatepass")
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

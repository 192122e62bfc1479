"""Where a saved page says it came from: sidecar, "saved from" mark, canonical link, og:url, in that order.

Nothing but the file says so, and whoever saved or changed it could write anything there. Without any of them the page
has a `file:` address and a site of its own.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from marque.clock import parse_digits, parse_iso
from marque.evidence import http, limits
from marque.evidence.model import Capture, Part
from marque.evidence.readers.mailtime import parse_mail
from marque.evidence.readers.window import of_part
from marque.evidence.sites import host_of

_KEYS = ("url", "uri", "source_url", "original_url", "page_url", "address", "source")
_TIMES = ("time", "date", "timestamp", "saved", "captured", "fetched")
_LINE = re.compile(r"^\s*(?:[\w -]{0,40}\s*[:=]\s*)?<?(https?://[^\s<>\"']+)>?\s*$", re.IGNORECASE | re.MULTILINE)
_MARKS = (
    re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)([^\s<>]+?)\s*-->", re.IGNORECASE),
    re.compile(rb"<!--\s*Page saved with SingleFile\s*url:\s*(\S+)", re.IGNORECASE),
    re.compile(
        rb"<!--\s*(?:Saved|Archived|Downloaded|Snapshot|Copied)\b[^<>]{0,60}?\b(?:from|url|of):?\s*(https?://[^\s<>]+)",
        re.IGNORECASE,
    ),
    re.compile(rb"<meta\s+name=[\"']?savepage-url[\"']?\s+content=[\"']([^\"']+)", re.IGNORECASE),
    re.compile(rb"<html\b[^>]{0,2000}?\sdata-scrapbook-source=[\"']([^\"']+)", re.IGNORECASE),
)
_MIRRORED = re.compile(
    rb"<!--\s*Mirrored from ([^\s<>]+) by HTTrack(?:[^<>]{0,80}?, (\w{3}, [^<>,]{10,40}? GMT))?", re.IGNORECASE
)
# as JavaScript writes a date: Sun Nov 22 2026 10:00:00 GMT+0900
_SAVED = re.compile(
    rb"Page saved with SingleFile[^<>]{0,2500}?saved date:\s*\w{3} (\w{3}) (\d{1,2}) (\d{4}) ([\d:]{8}) GMT([+-]\d{4})",
    re.IGNORECASE,
)
_HEAD = 256 * limits.KIB


@dataclass(frozen=True, slots=True)
class Origin:
    """The address and time a page says it was saved from and at, None where it says nothing."""

    uri: str | None = None
    time: int | None = None
    faults: tuple[str, ...] = ()


def origin_of(capture: Capture, main: str) -> Origin:
    """Where the page came from."""
    faults: list[str] = []
    for ending in (".url", ".json", ".meta"):
        part = capture.parts.get(main + ending)
        if part is None:
            continue
        told = _sidecar(_start(part, limits.SIDECAR), ending)
        if told.uri:
            return told
        faults.append("read.sidecar")
    head = _start(capture.parts[main], _HEAD)
    marked = _marked(head)
    return Origin(marked or _declared(head), _when(head) if marked else None, tuple(faults))


def _start(part: Part, count: int) -> bytes:
    window = of_part(part)
    window.look(min(count, part.length))
    return window.buf[:count]


def _sidecar(data: bytes, ending: str) -> Origin:
    text = http.text(data.removeprefix(b"\xef\xbb\xbf"))
    if ending == ".json" or text.lstrip().startswith("{"):
        return _from_json(text)
    shortcut = re.search(r"^\s*URL\s*[=:]\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
    line = _LINE.search(text)
    return Origin(_web(shortcut[1]) if shortcut else _web(line[1]) if line else None)


def _from_json(text: str) -> Origin:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return Origin()
    if not isinstance(table, dict):
        return Origin()
    uri = next((found for key in _KEYS if (found := _web(table.get(key)))), None)
    time = next((moment for key in _TIMES if (moment := _moment(table.get(key))) is not None), None)
    return Origin(uri, time)


def _moment(value: object) -> int | None:
    return (parse_iso(value) or parse_digits(value)) if isinstance(value, str) else None


def _marked(head: bytes) -> str | None:
    """The address in the mark that the saving program left."""
    for pattern in _MARKS:
        match = pattern.search(head)
        if match and (uri := _web(http.text(match[1]).replace("&amp;", "&"))):
            return uri
    mirrored = _MIRRORED.search(head)
    return _web(f"http://{http.text(mirrored[1])}") if mirrored else None


def _when(head: bytes) -> int | None:
    """The time in the mark that the saving program left."""
    saved, mirrored = _SAVED.search(head), _MIRRORED.search(head)
    told = b"%s %s %s %s %s" % (saved[2], *saved.group(1, 3, 4, 5)) if saved else mirrored[2] if mirrored else None
    return parse_mail(http.text(told)) if told else None


def _declared(head: bytes) -> str | None:
    """The page's canonical address, else its og:url."""
    tree = LexborHTMLParser(head)
    for node in tree.css("link[rel][href]"):
        canonical = "canonical" in (node.attributes.get("rel") or "").lower().split()
        if canonical and (uri := _web(node.attributes.get("href"))):
            return uri
    for node in tree.css("meta[content]"):
        names = (node.attributes.get("property"), node.attributes.get("name"))
        if "og:url" in [(name or "").strip().lower() for name in names] and (
            uri := _web(node.attributes.get("content"))
        ):
            return uri
    return None


def _web(value: object) -> str | None:
    """An http address; None for anything else."""
    if not isinstance(value, str):
        return None
    uri = value.strip()
    if not uri.lower().startswith(("http://", "https://")) or len(uri) > limits.ADDRESS or host_of(uri) is None:
        return None
    try:
        urlsplit(uri)
    except ValueError:
        return None
    return uri

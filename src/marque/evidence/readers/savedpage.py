"""A page saved by a browser or a tool: one HTML file, its folder of parts, perhaps a sidecar.

The main file is record 0, its parts follow by name. What the parts were called on the web is not known, so they have
`file:` addresses and no host. When and by whom a page was saved, and from where, is what the file says of itself.
"""

from collections.abc import Iterator

from marque.evidence.model import Capture, Locator, Problem
from marque.evidence.pagefiles import MAINS, SIDECARS
from marque.evidence.readers import body
from marque.evidence.readers.item import Hints, Item
from marque.evidence.readers.origin import Origin, origin_of
from marque.evidence.readers.window import of_part
from marque.evidence.sites import file_address

_TYPES = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "css": "text/css",
    "eot": "application/vnd.ms-fontobject",
    "gif": "image/gif",
    "htm": "text/html",
    "html": "text/html",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "mjs": "text/javascript",
    "mp4": "video/mp4",
    "otf": "font/otf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xhtml": "application/xhtml+xml",
    "xml": "application/xml",
}
_BEGINS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"wOF2", "font/woff2"),
    (b"wOFF", "font/woff"),
    (b"<svg", "image/svg+xml"),
    (b"<!DOCTYPE", "text/html"),
    (b"<!doctype", "text/html"),
    (b"<html", "text/html"),
    (b"<HTML", "text/html"),
)


def main_of(capture: Capture) -> str:
    """The path of the page itself among the parts."""
    if capture.name in capture.parts:
        return capture.name
    top = sorted(path for path in capture.parts if "/" not in path)
    return next((path for path in top if path.lower().endswith(MAINS)), top[0] if top else "")


def paths(capture: Capture) -> list[str]:
    """The parts that are records, in order: the page, then its parts by name. Sidecars are none."""
    main = main_of(capture)
    beside = {main + end for end in SIDECARS}
    return [main, *sorted(path for path in capture.parts if path != main and path not in beside)]


def items(capture: Capture, budget: body.Budget) -> Iterator[Item | Problem]:
    """The page and its parts."""
    main = main_of(capture)
    if main not in capture.parts:
        yield Problem("read.saved-page-empty")
        return
    origin = origin_of(capture, main)
    for ordinal, path in enumerate(paths(capture)):
        yield _item(capture, ordinal, path, origin if path == main else None, budget)
    yield from (Problem(code, 0, main) for code in origin.faults)


def _item(capture: Capture, ordinal: int, path: str, origin: Origin | None, budget: body.Budget) -> Item:
    part = capture.parts[path]
    payload = body.decode(of_part(part).chunks(part.length), (), None, budget)
    faults = list(payload.faults)
    if payload.length < part.length:
        params = (("expected", str(part.length)), ("found", str(payload.length)))
        faults.append(("read.record-cut", params))
    own = file_address(capture.digest, path)
    return Item(
        ordinal=ordinal,
        kind="resource",
        uri=(origin.uri or own) if origin else own,
        time=origin.time if origin else None,
        locator=Locator(path, 0, part.length, "file"),
        offset=0,
        problems=tuple(Problem(code, 0, path, params) for code, params in faults),
        media_type=_type(path, payload.payload[:512], origin is not None),
        body=payload,
        hints=Hints(page="page", top=origin is not None),
    )


def _type(path: str, head: bytes, main: bool) -> str:
    """The media type by name, else by the first bytes."""
    name = path.lower().removesuffix(".download")
    ending = name.rpartition("/")[2].rpartition(".")[2]
    if main:
        return "text/html" if ending not in ("xhtml", "xht") else "application/xhtml+xml"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    bare = head.lstrip()
    found = next((kind for begin, kind in _BEGINS if bare.startswith(begin)), "")
    return found or _TYPES.get(ending, "")

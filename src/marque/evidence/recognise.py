"""What kind of capture a file is, told by its content and never by its name."""

import re
import zlib
from pathlib import Path

from marque.evidence import limits
from marque.evidence.model import Part

_WARC = re.compile(rb"\s{0,64}WARC/\d{1,2}\.\d{1,2}[ \t\r]*\n")
_ARC = re.compile(rb"\s{0,64}filedesc:/{0,3}\S* \S+ \d{8,17} \S+ \d+\r?\n")
_HTML = re.compile(
    rb"(?:\s|<!--.*?-->|<\?[^>]{0,500}>|<!doctype\s+(?!html|\[)[^>]*>)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|div|table|base|noscript|h1|p|br|a|iframe)\b",
    re.IGNORECASE | re.DOTALL,
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEAD = 64 * limits.KIB
KINDS = ("warc", "arc", "wacz", "har", "saved-page")


def recognise(path: Path) -> str | None:
    """The kind of capture at a path; None where it is none that marque reads."""
    return of_part(Part(path, 0, path.stat().st_size)) if path.is_file() else None


def of_part(part: Part) -> str | None:
    """The kind of capture that a stored file's content is."""
    with part.path.open("rb") as stream:
        stream.seek(part.skip)
        head = stream.read(min(_HEAD, part.length))
    if head.startswith(b"\x1f\x8b"):
        return of_stream(_unpacked(head))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "wacz"
    return of_stream(head) or _of_text(head)


def of_stream(head: bytes) -> str | None:
    """The kind of a stream of records that begins so."""
    if _WARC.match(head):
        return "warc"
    return "arc" if _ARC.match(head) else None


def _unpacked(head: bytes) -> bytes:
    """As much as can be had of the first compressed bytes."""
    inflater, out = zlib.decompressobj(31), b""
    for at in range(0, len(head), 256):
        try:
            out += inflater.decompress(head[at : at + 256], 4096)
        except zlib.error:
            break
        if len(out) >= 4096 or inflater.eof:
            break
    return out


def _of_text(head: bytes) -> str | None:
    text = plain(head).lstrip()
    if text.startswith(b"{"):
        return "har" if re.match(rb'\{\s*"log"\s*:\s*\{', text) or _log_later(text) else None
    return "saved-page" if _HTML.match(text[:8192]) else None


def _log_later(text: bytes) -> bool:
    """A HAR whose `log` is not the first key of the object."""
    return re.search(rb'"log"\s*:\s*\{\s*"(?:version|creator|entries|pages|browser|comment)"', text) is not None


def plain(head: bytes) -> bytes:
    """The bytes as UTF-8 without a byte order mark."""
    for mark, coding in _BOMS:
        if head.startswith(mark):
            rest = head[len(mark) :]
            return rest if coding == "utf-8" else rest.decode(coding, "replace").encode("utf-8", "replace")
    return head

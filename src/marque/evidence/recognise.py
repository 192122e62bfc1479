"""What kind of capture a file is, told by its content and never by its name."""

import re
from pathlib import Path

from marque.evidence import limits
from marque.evidence.model import Part
from marque.evidence.readers import gzipped, records

_HTML = re.compile(
    rb"(?:\s|<!--.*?-->|<\?[^>]{0,500}>|<!doctype\s+(?!html|\[)[^>]*>)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|div|table|base|noscript|h1|p|br|a|iframe)\b",
    re.IGNORECASE | re.DOTALL,
)
_MESSAGE = re.compile(
    rb"\s*(?:From|Subject|Date|MIME-Version|Snapshot-Content-Location|Content-Type|X-\S+):", re.IGNORECASE
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEAD, _MEMBER = 256 * limits.KIB, 16 * limits.KIB
_TRIED = 64
KINDS = ("warc", "arc", "wacz", "har", "mhtml", "saved-page")


def recognise(path: Path) -> str | None:
    """The kind of capture at a path; None where it is none that marque reads."""
    return of_part(Part(path, 0, path.stat().st_size)) if path.is_file() else None


def of_part(part: Part) -> str | None:
    """The kind of capture that a stored file's content is."""
    with part.path.open("rb") as stream:
        stream.seek(part.skip)
        head = stream.read(min(_HEAD, part.length))
    if head.startswith(gzipped.MAGIC[:2]):
        return _compressed(head)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(part)
    return records.kind_of(head) or _of_text(head) or _of_message(head) or records.kind_within(head)


def _zipped(part: Part) -> str | None:
    from marque.evidence.readers.harsource import har_in
    from marque.evidence.readers.wacz import is_wacz
    from marque.evidence.readers.zipdir import directory

    found = directory(part)
    if is_wacz(found):
        return "wacz"
    return "har" if har_in([member.name for member in found.members]) else None


def _compressed(head: bytes) -> str | None:
    """The kind of a compressed file, told by its first member or, where that is damaged, by one behind it."""
    at = 0
    for _ in range(_TRIED):
        kind = records.kind_of(gzipped.begin(head[at : at + _MEMBER]))
        at = head.find(gzipped.MAGIC, at + 1)
        if kind or at < 0:
            return kind
    return None


def _of_text(head: bytes) -> str | None:
    text = plain(head).lstrip()
    if text.startswith(b"{"):
        return "har" if re.match(rb'\{\s*"log"\s*:\s*\{', text) or _log_later(text) else None
    return "saved-page" if _HTML.match(text[:8192]) else None


def _of_message(head: bytes) -> str | None:
    """A page saved as one MIME message."""
    if _MESSAGE.match(head) is None:
        return None
    from marque.evidence.readers.mhtml import is_mhtml

    return "mhtml" if is_mhtml(head.lstrip()) else None


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

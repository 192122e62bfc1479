"""What a reader of a short page sees: title, text, and how many links and pictures there are.

Only for telling a notice from a page; the whole text of a page is the signals' business.
"""

import re
from typing import NamedTuple

from marque.evidence import http, limits

LONGEST = 256 * limits.KIB
_EMBEDDED = re.compile(rb"data:[a-z/+.;=-]{1,60}base64,[A-Za-z0-9+/=]{200,}")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_AS_READ = {"gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "shift_jis": "cp932"}
_DROPPED = ["script", "style", "template", "svg", "iframe", "object"]
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


class PageText(NamedTuple):
    """A page as its reader sees it, case folded, white space single."""

    title: str
    text: str
    links: int
    images: int


def without_embedded(payload: bytes) -> bytes:
    """A document without the pictures that are embedded in it; empty where it is too long to be a notice."""
    if len(payload) > LONGEST:
        payload = _EMBEDDED.sub(b"", payload[: 16 * limits.MIB])
    return payload if len(payload) <= LONGEST else b""


def searchable(payload: bytes, content_type: str | None) -> bytes:
    """The document as UTF-8 with its ASCII letters lower-case, whatever it was written in."""
    if _written_otherwise(payload):
        payload = decoded(payload, content_type).encode("utf-8", "surrogatepass")
    return payload.lower()


def _written_otherwise(payload: bytes) -> bool:
    """Whether a document is no UTF-8, or one in name only (UTF-16 and ISO-2022 can be)."""
    if payload.isascii():
        return b"\x1b" in payload or b"\0" in payload[:64]
    try:
        payload.decode()
    except UnicodeDecodeError:
        return True
    return b"\0" in payload[:64]


def page_text(payload: bytes, content_type: str | None, longest: int, most: int) -> PageText | None:
    """The page seen through its HTML; None where its text is longer, or its links are more, than that."""
    from selectolax.lexbor import LexborHTMLParser

    html = decoded(payload, content_type)
    tree = LexborHTMLParser(html)
    links = len(tree.css("a[href]"))
    if links > most:
        return None
    images = len(tree.css("img, picture"))
    title = tree.css_first("title")
    name = folded(title.text()) if title is not None else ""
    tree.strip_tags([*_DROPPED, "title"])
    text = " ".join(tree.body.text(separator=" ").split()) if tree.body is not None else ""
    if len(text) > longest:
        return None
    return PageText(name, folded(text), links, images)


def folded(text: str) -> str:
    """Text with quotes written one way, white space single, case folded."""
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip().lower()


def decoded(payload: bytes, content_type: str | None) -> str:
    """The document as text, in the charset it declares where that works."""
    for mark, coding in _BOMS:
        if payload.startswith(mark):
            return payload[len(mark) :].decode(coding, "replace")
    told = _CHARSET.search(content_type or "")
    meta = _META.search(payload[:2048])
    for name in (told[1] if told else None, http.text(meta[1]) if meta else None, "utf-8"):
        if name is None:
            continue
        try:
            return payload.decode(_AS_READ.get(name.lower(), name))
        except (LookupError, UnicodeError, ValueError):
            continue
    return payload.decode("utf-8" if told or meta else "cp1252", "replace")

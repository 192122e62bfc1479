"""Which medium some bytes are, by what they begin with; what they are called or served as decides nothing.

A few letters that a text may begin with as well never decide: more of what follows must be as the format has it.
That bytes begin like a film does not mean that they are one: whoever reads them says so.
"""

import re

from marque.works.entries import AUDIO, STRIP, TEXT, VIDEO

HEAD = 4096
_LOOK = 1 << 16  # bytes within which a page may begin, whatever a site put before it
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_FILMS = (b"\x1aE\xdf\xa3", b"FLV\x01", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"0&\xb2u\x8ef\xcf\x11")
_STILL = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
_BITMAP = (12, 16, 40, 52, 56, 64, 108, 124)  # sizes that the second header of a BMP file may have
_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
_TRANSPORT, _PACKETS = 188, 4  # bytes of an MPEG transport packet, each beginning with G, and how many must
_THEORA = b"theora"
_TEXTS = ("text/html", "text/plain", "application/xhtml", "application/octet")
_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])  # Chinese and Japanese 7-bit text has escapes
_MOST_CONTROL = 50  # one byte in so many; what has more is no text
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta)[\s/>]", re.IGNORECASE)
_DRAWING = re.compile(
    rb"(?is)(?:\xef\xbb\xbf)?\s*+(?:(?:<\?(?>.*?\?>)|<!--(?>.*?-->)|<!doctype[^>\[]*+(?:\[(?>.*?\]))?+\s*+>)\s*+)*+"
    rb"<(?:\w{1,20}:)?svg[\s/>]"
)


def medium_of(data: bytes, media_type: str = "") -> str | None:
    """`strip`, `video`, `audio` or `text`; None for what is none of them. `media_type` only tells text from junk."""
    head = data[:HEAD]
    if head.startswith(_PICTURES) or _bitmap(head):
        return STRIP
    held = _container(head)
    if held is not None:
        return held
    if head.startswith(_FILMS) or _transport(head):
        return VIDEO
    if _sound(head):
        return AUDIO
    return TEXT if _text(data[:_LOOK], media_type) else None


def _container(head: bytes) -> str | None:
    """What a container holds that may hold several media; None where it is none of them."""
    kind = head[8:12]
    if head[4:8] == b"ftyp" and head[0] == 0:
        return STRIP if kind in _STILL else AUDIO if kind[:3] in (b"M4A", b"M4B") else VIDEO
    if head.startswith(b"RIFF"):
        return {b"WEBP": STRIP, b"WAVE": AUDIO, b"AVI ": VIDEO}.get(kind)
    if head.startswith(b"OggS") and head[4:5] in (b"", b"\0"):
        return VIDEO if _THEORA in head[:200] else AUDIO
    return None


def _bitmap(head: bytes) -> bool:
    return head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BITMAP


def _transport(head: bytes) -> bool:
    starts = range(0, _PACKETS * _TRANSPORT, _TRANSPORT)
    return len(head) > starts[-1] and all(head[at] == ord("G") for at in starts) and _binary(head)


def _sound(head: bytes) -> bool:
    """Marks of three letters or four are followed by a version, a kind of block or a size, never by another letter."""
    if head.startswith(b"FORM"):
        return head[8:12] in (b"AIFF", b"AIFC")
    if head.startswith((b"fLaC", b".snd")):
        return head[4:5] in (b"", b"\0", b"\x80")
    if head.startswith(b"ID3"):
        return head[3:4] in (b"\x02", b"\x03", b"\x04")
    if head.startswith(b"MAC "):
        return len(head) > 5 and head[5] < 0x20
    return head.startswith(_FRAMES) and _binary(head)


def _binary(head: bytes) -> bool:
    """Whether so many bytes are control characters that it is no text in a charset of one byte or two."""
    return (len(head) - len(head.translate(None, _CONTROL))) * _MOST_CONTROL > len(head)


def _text(head: bytes, media_type: str) -> bool:
    """A browser shows a page whatever control characters stand in it, and so does one who wants it unread."""
    if head.startswith(b"PK\x03\x04"):
        return b"application/epub+zip" in head[:200]
    if media_type and not media_type.startswith(_TEXTS):
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if not media_type.startswith(_TEXTS[0]) and _DRAWING.match(head[:HEAD]):
        return False
    if _PAGE.search(head.translate(None, _CONTROL)[:HEAD]) or not _binary(head[:HEAD]):
        return bool(head)
    return _sixteen(head[:HEAD])


def _sixteen(head: bytes) -> bool:
    """Letters of two bytes, not marked as such: zeros stand in one half of each only, and nothing else is amiss."""
    halves = head[: len(head) // 2 * 2]
    even, odd = halves[::2].count(0), halves[1::2].count(0)
    return min(even, odd) * 8 < max(even, odd) and not _binary(halves.replace(b"\0", b""))

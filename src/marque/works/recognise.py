"""Which medium some bytes are, by what they begin with; what they are called or served as decides nothing.

That bytes begin like a film does not mean that they are one: whoever reads them says so.
"""

from marque.works.entries import AUDIO, STRIP, TEXT, VIDEO

HEAD = 4096
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")
_SOUNDS = (b"fLaC", b"ID3", b"FORM", b".snd", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9", b"MAC ")
_FILMS = (b"\x1aE\xdf\xa3", b"FLV\x01", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"0&\xb2u\x8ef\xcf\x11")
_STILL = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
_TRANSPORT = 188  # bytes of an MPEG transport packet, each beginning with G
_VORBIS, _THEORA = (b"vorbis", b"OpusHead", b"Speex", b"FLAC"), b"theora"


def medium_of(data: bytes, media_type: str = "") -> str | None:
    """`strip`, `video`, `audio` or `text`; None for what is none of them. `media_type` only tells text from junk."""
    head = data[:HEAD]
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return STRIP
    if head[4:8] == b"ftyp":
        return STRIP if head[8:12] in _STILL else AUDIO if head[8:11] in (b"M4A", b"M4B") else VIDEO
    if head[:4] == b"RIFF":
        return AUDIO if head[8:12] == b"WAVE" else VIDEO if head[8:12] == b"AVI " else None
    if head.startswith(b"OggS"):
        return VIDEO if _THEORA in head[:200] else AUDIO
    if head.startswith(_FILMS) or (head[:1] == b"G" and head[_TRANSPORT : _TRANSPORT + 1] == b"G"):
        return VIDEO
    if head.startswith(_SOUNDS):
        return AUDIO
    return TEXT if _text(head, media_type) else None


def _text(head: bytes, media_type: str) -> bool:
    if head.startswith(b"PK\x03\x04"):
        return b"application/epub+zip" in head[:200]
    if media_type and not media_type.startswith(("text/html", "text/plain", "application/xhtml", "application/octet")):
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head) and b"\0" not in head and b"<svg" not in head[:1024].lower()

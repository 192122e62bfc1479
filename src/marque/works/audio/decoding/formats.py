"""What a file with sound is, by its content and never by its name, and which decoder may open it.

Only what holds its own sound is read. Lists that point to other files or addresses (M3U, PLS, concat scripts, XSPF,
ASX, MPD) are refused by name, and a decoder is told the format, so that none goes looking for one of those itself.
"""

import re
from dataclasses import dataclass

HEAD = 4_096  # bytes of a file that are looked at

_LISTS = re.compile(
    rb"(?:#EXTM3U|#EXT-|\[playlist\]|ffconcat|file\s|<\?xml|<asx|<smil|<mpd|<playlist|\w{2,12}://)", re.IGNORECASE
)
_MPEG_FRAME = re.compile(rb"\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd]")  # layers II and III; not AAC, whose layer bits are zero


@dataclass(frozen=True, slots=True)
class Format:
    """`name` for people, `decoder` is `soundfile` or `av`, `opened_as` what that decoder calls the format."""

    name: str
    decoder: str
    opened_as: str


_WAVE, _FLAC = Format("WAV", "soundfile", "WAV"), Format("FLAC", "soundfile", "FLAC")
_OGG, _MP3 = Format("Ogg", "soundfile", "OGG"), Format("MP3", "soundfile", "MP3")
_AIFF, _AU = Format("AIFF", "soundfile", "AIFF"), Format("AU", "soundfile", "AU")
_AAC, _TRANSPORT = Format("AAC", "av", "aac"), Format("MPEG-TS", "av", "mpegts")

_BEGINNINGS: tuple[tuple[int, bytes, Format], ...] = (
    (8, b"WAVE", _WAVE),
    (0, b"fLaC", _FLAC),
    (0, b"OggS", _OGG),
    (8, b"AIFF", _AIFF),
    (8, b"AIFC", _AIFF),
    (0, b".snd", _AU),
    (4, b"ftyp", Format("MP4", "av", "mov")),
    (4, b"moov", Format("QuickTime", "av", "mov")),
    (0, b"\x1a\x45\xdf\xa3", Format("Matroska or WebM", "av", "matroska")),
    (8, b"AVI ", Format("AVI", "av", "avi")),
    (0, b"FLV\x01", Format("FLV", "av", "flv")),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Format("ASF", "av", "asf")),
    (0, b"\x00\x00\x01\xba", Format("MPEG-PS", "av", "mpeg")),
    (0, b"\x0b\x77", Format("AC-3", "av", "ac3")),
)


def recognise(head: bytes) -> Format | None:
    """The format of a file that begins so; None where it is none that marque reads."""
    for at, mark, known in _BEGINNINGS:
        if head[at : at + len(mark)] == mark and (at != 8 or head[:4] in {b"RIFF", b"RF64", b"FORM"}):
            return known
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return _TRANSPORT
    if head[:3] == b"ID3" or _MPEG_FRAME.match(head):
        return _MP3
    return _AAC if head[:2] in {b"\xff\xf1", b"\xff\xf9"} else None


def is_list(head: bytes) -> bool:
    """Whether a file that begins so names other files or addresses instead of holding sound."""
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")  # also in sixteen bits a letter
    return bool(_LISTS.match(text.lstrip(b"\xff\xfe \t\r\n")))


def cut_short(head: bytes, tail: bytes, size: int, known: Format) -> bool:
    """Whether a container says that it is longer than the file, as far as the first and last bytes tell.

    Streams that were written without knowing their length say 0 or the greatest number there; those are not cut.
    """
    if known == _WAVE and head[:4] == b"RIFF":
        said = int.from_bytes(head[4:8], "little")
        return 0 < said < 0xFFFFFF00 and said + 8 > size + 1
    if known == _AIFF:
        return int.from_bytes(head[4:8], "big") + 8 > size + 1
    if known == _OGG:
        last = tail.rfind(b"OggS")
        return last < 0 or len(tail) < last + 6 or not tail[last + 5] & 4  # no page marked as the stream's end
    return False

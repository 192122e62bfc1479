"""What a film file is, by its content and never by its name, and whether it points elsewhere.

Only what holds its own pictures is read. Lists of other files or addresses (HLS, DASH, concat scripts, SMIL, ASX, PLS)
are refused by name, and so are QuickTime files whose pictures lie in another file. A decoder is told the format, so
that none goes looking for one of those itself.
"""

import os
import re
import struct
from collections.abc import Iterator

HEAD = 4_096  # bytes of a file that are looked at
MOST_SAMPLES = 10_000_000  # in a track: two days of film
_MOST_BOXES = 10_000
_DEEPEST = 8

_LISTS = re.compile(
    rb"(?:#EXTM3U|#EXT-|\[playlist\]|\[reference\]|ffconcat|file\s|<\?xml|<asx|<smil|<mpd|<playlist|\w{2,12}://)",
    re.IGNORECASE,
)
_BEGINNINGS: tuple[tuple[int, bytes, str], ...] = (
    *((4, kind, "mov") for kind in (b"ftyp", b"styp", b"moov", b"mdat", b"wide", b"free", b"skip")),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (8, b"AVI ", "avi"),
    (0, b"FLV\x01", "flv"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (0, b"\x00\x00\x01\xba", "mpeg"),
    (0, b"\x00\x00\x01\xb3", "mpegvideo"),
    (0, b"OggS", "ogg"),
    (0, b"GIF8", "gif"),
    (0, b".RMF", "rm"),
    (0, b"DKIF", "ivf"),
)
_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl"})
_COUNTED = {b"stsz": 8, b"stz2": 8, b"stco": 4, b"co64": 4, b"stss": 4, b"stsc": 4, b"stts": 4, b"ctts": 4}


def recognise(head: bytes) -> str | None:
    """What the decoder calls the format of a file that begins so; None where it is none that marque reads."""
    for at, mark, known in _BEGINNINGS:
        if head[at : at + len(mark)] == mark and (at != 8 or head[:4] == b"RIFF"):
            return known
    packet = {188: 0, 192: 4}  # a disc's transport stream has a clock before each packet
    for size, first in packet.items():
        if len(head) > first + 2 * size and all(head[first + turn * size] == 0x47 for turn in range(3)):
            return "mpegts"
    return None


def is_list(head: bytes) -> bool:
    """Whether a file that begins so names other files or addresses instead of holding pictures."""
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")  # also in sixteen bits a letter
    return bool(_LISTS.match(text.lstrip(b"\xff\xfe \t\r\n")))


def refusal(descriptor: int, size: int) -> str | None:
    """Why a QuickTime or MP4 file is not even opened: it points elsewhere, or its tables are of no film."""
    try:
        for kind, start, _ in _boxes(descriptor, 0, size, 0, [0]):
            if kind in {b"rmra", b"rdrf"}:
                return "works.film-elsewhere"
            if kind == b"dref" and _elsewhere(os.pread(descriptor, HEAD, start)):
                return "works.film-elsewhere"
            at = _COUNTED.get(kind)
            if at is not None and _number(os.pread(descriptor, 4, start + at)) > MOST_SAMPLES:
                return "works.film-too-long"
    except ValueError:
        return "works.film-damaged"
    return None


def _boxes(descriptor: int, at: int, end: int, depth: int, seen: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Kind, first and last place of the content of every box; those that hold boxes are gone into."""
    while at + 8 <= end:
        seen[0] += 1
        if seen[0] > _MOST_BOXES or depth > _DEEPEST:
            raise ValueError("boxes")
        head = os.pread(descriptor, 16, at)
        size, kind, first = _number(head[:4]), head[4:8], 8
        if size == 1 and len(head) == 16:
            size, first = int.from_bytes(head[8:16], "big"), 16
        last = end if size == 0 else at + size
        if size and size < first:
            return
        yield kind, at + first, min(last, end)
        if kind in _PARENTS or kind == b"rmra":
            yield from _boxes(descriptor, at + first, min(last, end), depth + 1, seen)
        at = last


def _elsewhere(body: bytes) -> bool:
    """Whether a data reference names another file: the flag that says `this one` is missing."""
    at = 8
    for _ in range(min(64, _number(body[4:8]))):
        if at + 12 > len(body):
            return False
        size, flags = struct.unpack_from(">I4xI", body, at)
        if not flags & 1:
            return True
        at += max(12, size)
    return False


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")

"""Text in any charset as UTF-8, with every offset leading back to the bytes as captured.

Patterns are written for UTF-8. A page in EUC-KR, Shift_JIS, GB18030 or UTF-16 is transcoded once for scanning; what is
reported are offsets of the bytes that were captured. A charset says nothing about who wrote the page.
"""

import codecs
from bisect import bisect_right
from dataclasses import dataclass

import re2

_STEP = 256  # bytes between two checkpoints: the most that has to be decoded again to place one offset
_PRESCAN = 1024  # HTML Standard: a declaration further down does not count
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABEL = re2.compile(rb"(?i)charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})")
# What browsers read where a page names the narrower charset (WHATWG Encoding Standard, 4.2).
_WIDER = {
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "utf-16": "utf-16-le",
}
# Codecs in which ASCII bytes, and nothing but them, stand for ASCII: a payload of those needs no transcoding.
_ASCII_INSIDE = ("cp125", "iso8859", "latin", "koi8", "mac", "cp949", "cp932", "gb18030", "euc", "big5", "cp874")
_ONE_BYTE = ("cp125", "iso8859", "latin", "koi8", "cp874")
_NOT_CONTINUED = bytes(byte for byte in range(256) if byte & 0xC0 != 0x80)
_SAME_AS_UTF8 = frozenset({"utf-8", "utf_8", "utf-8-sig"})


@dataclass(frozen=True, slots=True)
class Transcoded:
    """UTF-8 text of a payload, and where each of its bytes came from."""

    text: bytes
    raw: bytes
    codec: str
    raw_marks: tuple[int, ...]
    text_marks: tuple[int, ...]
    states: tuple[tuple[bytes, int], ...]

    def raw_offset(self, offset: int) -> int:
        """The first raw offset at which at least `offset` bytes of text have been produced."""
        index = bisect_right(self.text_marks, offset) - 1
        produced, place = self.text_marks[index], self.raw_marks[index]
        if produced >= offset:
            return self._without_empty_tail(index)
        if self.codec.startswith(_ONE_BYTE):
            return place + _begun(self.text[produced:offset])
        decoder = codecs.getincrementaldecoder(self.codec)("replace")
        decoder.setstate(self.states[index])
        while produced < offset and place < len(self.raw):
            produced += len(decoder.decode(self.raw[place : place + 1]).encode())
            place += 1
        return place

    def _without_empty_tail(self, index: int) -> int:
        """A checkpoint may fall inside a character; the offset is where that character begins."""
        return self.raw_marks[index] - len(self.states[index][0])


def _begun(text: bytes) -> int:
    """How many characters begin in a stretch of UTF-8 that begins with one."""
    return len(text) - len(text.translate(None, _NOT_CONTINUED))


def charset_of(payload: bytes, content_type: str = "") -> str:
    """The codec a browser would use: byte-order mark, then the header, then a declaration in the first kilobyte."""
    for mark, codec in _BOMS:
        if payload.startswith(mark):
            return codec
    for where in (content_type.encode("utf-8", "replace"), payload[:_PRESCAN]):
        found = _LABEL.search(where)
        declared = _codec(found[1].decode("ascii")) if found else None
        if declared:
            # Text that says so in ASCII is not UTF-16, whatever it says.
            return "utf-8" if declared.startswith("utf-16") and b"\0" not in payload[:_PRESCAN] else declared
    return "utf-8"


def _codec(label: str) -> str | None:
    if label.lower() in ("ks_c_5601-1987", "x-windows-949"):
        return "cp949"
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding:
        return None
    name = info.name
    return "utf-8" if name in _SAME_AS_UTF8 else _WIDER.get(name, name)


def transcode(raw: bytes, codec: str) -> Transcoded | None:
    """The payload as UTF-8 with its checkpoints; None where it is UTF-8 already and offsets need no change."""
    if codec == "utf-8" or (raw.isascii() and codec.startswith(_ASCII_INSIDE)):
        return None
    decoder = codecs.getincrementaldecoder(codec)("replace")
    pieces: list[bytes] = []
    raw_marks, text_marks, states = [0], [0], [decoder.getstate()]
    produced = 0
    for place in range(0, len(raw), _STEP):
        end = min(place + _STEP, len(raw))
        piece = decoder.decode(raw[place:end], end == len(raw)).encode("utf-8", "replace")
        pieces.append(piece)
        produced += len(piece)
        raw_marks.append(end)
        text_marks.append(produced)
        states.append(decoder.getstate() if end < len(raw) else (b"", 0))
    return Transcoded(b"".join(pieces), raw, codec, tuple(raw_marks), tuple(text_marks), tuple(states))

"""Text of bytes that may not say in which charset they are written.

What is declared or marked counts first; a declaration that the bytes contradict does not. Otherwise UTF-8 where it
holds, and where not the charset whose most common characters the bytes are made of. A wrong guess makes a text that
matches nothing; it never makes one that matches something else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from marque.signals.charsets import charset_of
from marque.works.text.model import Bytes

_LOOK = 1 << 16  # bytes that are looked at for a guess
# Shares of upper bytes that are empty in UTF-16: of any text, and of one that would be sound UTF-8 as well.
_LEAST_EMPTY, _MANY_EMPTY = 0.002, 0.4
_MOST_WRONG = 0.01  # share of characters; more replaced ones than that, and the charset is another


@dataclass(frozen=True, slots=True)
class _Pairs:
    """A charset of two-byte characters: which bytes lead the common ones, and what may follow."""

    codec: str
    lead: tuple[int, int]
    common: tuple[int, int]
    follow: tuple[tuple[int, int], ...]


# GB 2312, Big5 and KS X 1001 put the characters in use first; in Japanese text kana are most.
_CHARSETS = (
    _Pairs("gb18030", (0x81, 0xFE), (0xB0, 0xD7), ((0x40, 0x7E), (0x80, 0xFE))),
    _Pairs("big5hkscs", (0x81, 0xFE), (0xA4, 0xC6), ((0x40, 0x7E), (0xA1, 0xFE))),
    _Pairs("cp949", (0x81, 0xFE), (0xB0, 0xC8), ((0x41, 0x5A), (0x61, 0x7A), (0x81, 0xFE))),
    _Pairs("cp932", (0x81, 0xFC), (0x82, 0x83), ((0x40, 0x7E), (0x80, 0xFC))),
    _Pairs("euc_jp", (0x8E, 0xFE), (0xA4, 0xA5), ((0xA1, 0xFE),)),
)
_LEAST_COMMON = 0.2  # share of common characters in running text, from below
_ONE_BYTE = ("cp1252", "cp1251")


def decoded(data: bytes, content_type: str = "") -> str:
    """The text, without a byte-order mark; what cannot be read is U+FFFD."""
    for codec in (_sixteen(data), charset_of(data, content_type)):
        text = data.decode(codec, "replace").lstrip("\ufeff") if codec else "\ufffd"
        if _wrong(text) <= _MOST_WRONG * len(text):
            return text
    return min((data.decode(codec, "replace") for codec in ("utf-8", _guess(data))), key=_wrong).lstrip("\ufeff")


def _wrong(text: str) -> int:
    return text.count("\ufffd")


def _sixteen(data: bytes) -> str | None:
    """UTF-16 without a mark: spaces or line ends have an empty upper byte, and in no other charset are many empty.

    A site may strew empty bytes, which browsers pass over: a page is not read as another script for a few of them.
    """
    sample = np.frombuffer(data[: _LOOK // 2 * 2], np.uint8)
    if len(sample) < 4 or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    even, odd = (float((sample[place::2] == 0).mean()) for place in (0, 1))
    least = _LEAST_EMPTY if _wrong(sample.tobytes().decode("utf-8", "replace")) > 1 else _MANY_EMPTY
    if max(even, odd) < least or min(even, odd) > max(even, odd) / 8:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _guess(data: bytes) -> str:
    sample = _sample(data)
    scores = {pairs.codec: _share(sample, pairs) for pairs in _CHARSETS}
    best = max(scores.values())
    if best <= _LEAST_COMMON:
        return _single(sample)
    # Korean bytes are Chinese ones too, of fewer rows: of those that fit, the one that says most.
    return min((each for each in _CHARSETS if scores[each.codec] >= best - 0.05), key=_rows).codec


def _rows(pairs: _Pairs) -> int:
    return pairs.common[1] - pairs.common[0]


def _sample(data: bytes) -> Bytes:
    """From where the first character stands that is not ASCII."""
    whole = np.frombuffer(data, np.uint8)
    beyond = np.flatnonzero(whole[: 64 * _LOOK] >= 0x80)
    first = int(beyond[0]) if len(beyond) else 0
    return whole[first : first + _LOOK]


def _share(sample: Bytes, pairs: _Pairs) -> float:
    """Which share of what is not ASCII are common characters of the charset, less what cannot be of it."""
    common = wrong = seen = low = 0
    for lead, follow in _walk(sample.tobytes(), pairs):
        seen += 1
        low += follow < 0x80
        fits = any(first <= follow <= last for first, last in pairs.follow)
        wrong += not fits
        common += fits and pairs.common[0] <= lead <= pairs.common[1] and _common_row(pairs.codec, follow)
    if not seen or (pairs.codec == "big5hkscs" and low * 10 < seen):  # two of five of its characters end in ASCII
        return 0.0
    return (common - 4 * wrong) / seen


def _common_row(codec: str, follow: int) -> bool:
    return follow >= 0xA1 if codec in ("gb18030", "cp949") else True


def _walk(sample: bytes, pairs: _Pairs) -> Iterator[tuple[int, int]]:
    at = 0
    while at + 1 < len(sample):
        lead = sample[at]
        if lead < 0x80 or (pairs.codec == "cp932" and 0xA1 <= lead <= 0xDF):
            at += 1
            continue
        yield lead, sample[at + 1] if pairs.lead[0] <= lead <= pairs.lead[1] else 0
        at += 2


def _single(sample: Bytes) -> str:
    """Cyrillic where most letters are beyond ASCII, else Western European."""
    beyond = float((sample >= 0xC0).sum())
    plain = float(((sample | 0x20) - 0x61 < 26).sum())
    return _ONE_BYTE[1] if beyond > plain else _ONE_BYTE[0]

"""A text as comparison sees it: only letters and digits, one form for each, and where each of them came from.

Compatibility forms, case, accents, width, spaces and punctuation go; Simplified and Traditional Chinese become one;
Cyrillic, Greek and other letters that look Latin become Latin everywhere, so an honest Russian text folds to the same
on both sides and a disguised English one folds back. A folded text is for comparing only and means nothing to a reader.
"""

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from marque.works.text.model import HAN, LETTERS, SYLLABLES, Bytes, Codes

_AT_ONCE = 1 << 20  # characters
_HANGUL = range(0xAC00, 0xD7A4)
# Shown as nothing, though Unicode calls some of them letters or marks without a class (Default_Ignorable_Code_Point).
_UNSEEN = frozenset(
    (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10))
)
_HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF), (0x3005, 0x3007))
_KANA_AND_HANGUL = ((0x1100, 0x11FF), (0x3040, 0x318F), (0x31F0, 0x31FF), (0xA960, 0xA97F), (0xAC00, 0xD7FF))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded characters, and for each the place in the text of the character it came from; places never go back."""

    codes: Codes
    places: Codes

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def text(self) -> str:
        return self.codes.astype("<u4").tobytes().decode("utf-32-le")


def fold(text: str) -> Folded:
    """The folded text."""
    parts = [_part(text[first:last], first) for first, last in pairwise(_cuts(text))]
    codes = np.concatenate([np.zeros(0, np.uint32), *(part.codes for part in parts)])
    return Folded(codes, np.concatenate([np.zeros(0, np.uint32), *(part.places for part in parts)]))


def _cuts(text: str) -> Iterator[int]:
    """Where the text is divided, so that a long one costs no more memory: never within a syllable written in parts."""
    yield 0
    at = _AT_ONCE
    while at < len(text):
        while at < len(text) and "\u1160" <= text[at] <= "\u11ff":
            at += 1
        yield at
        at += _AT_ONCE
    if text:
        yield len(text)


def _part(text: str, begins: int) -> Folded:
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    distinct, which = np.unique(raw, return_inverse=True)
    forms = [_form(code) for code in distinct.tolist()]
    pool = np.frombuffer("".join(forms).encode("utf-32-le"), "<u4").astype(np.uint32)
    length = np.array([len(form) for form in forms], np.int64)
    many = length[which]
    places = np.repeat(np.arange(len(raw), dtype=np.int64), many)
    within = np.arange(len(places), dtype=np.int64) - np.repeat(np.cumsum(many) - many, many)
    start = np.cumsum(length) - length
    return _composed(Folded(pool[start[which[places]] + within], (places + begins).astype(np.uint32)))


@lru_cache(maxsize=1 << 16)
def _form(code: int) -> str:
    if code in _HANGUL:
        return chr(code)
    if code in _UNSEEN or 0xD800 <= code <= 0xDFFF:
        return ""
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", chr(code)).casefold())
    return "".join(_simple(ord(part)) for part in whole)


def _simple(code: int) -> str:
    if code in _HANGUL or code in range(0x1100, 0x1200):
        return "" if code in _UNSEEN else chr(code)
    table = _table()
    parts = unicodedata.normalize("NFKD", chr(code))
    return "".join(table.get(char, char) for char in parts if char in table or _counts(char))


def _counts(char: str) -> bool:
    """Letters, digits and the vowel signs that stand for letters; not accents, points, spaces, punctuation, symbols."""
    if ord(char) in _UNSEEN:
        return False
    kind = unicodedata.category(char)
    return kind[0] in "LN" or (kind[0] == "M" and unicodedata.combining(char) == 0)


@cache
def _table() -> dict[str, str]:
    return dict(_rows("han.csv")) | dict(_rows("lookalikes.csv"))


def _rows(name: str) -> Iterator[tuple[str, str]]:
    with (Path(__file__).parent / "data" / name).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["character"], row["folded"]


def _composed(folded: Folded) -> Folded:
    """Hangul written as separate jamo (some systems store it so) as syllables (Unicode 3.12)."""
    codes = folded.codes
    lead, vowel, tail = (_within(codes, *ends) for ends in ((0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2)))
    open_ = lead[:-1] & vowel[1:]
    if not open_.any():
        return folded
    at = np.flatnonzero(open_)
    made = codes.copy()
    made[at] = 0xAC00 + ((codes[at] - 0x1100) * 21 + codes[at + 1] - 0x1161) * 28
    gone = np.zeros(len(codes), bool)
    gone[at + 1] = True
    closed = at[(at + 2 < len(codes)) & tail[np.minimum(at + 2, len(codes) - 1)]]
    made[closed] += codes[closed + 2] - 0x11A7
    gone[closed + 2] = True
    return Folded(made[~gone], folded.places[~gone])


def _within(codes: Codes, first: int, last: int) -> Bytes:
    return ((codes >= first) & (codes <= last)).astype(bool)


def scripts(codes: Codes) -> Bytes:
    """Of each folded character: HAN, SYLLABLES (kana, Hangul) or LETTERS."""
    found = np.full(len(codes), LETTERS, np.uint8)
    for ranges, script in ((_KANA_AND_HANGUL, SYLLABLES), (_HAN, HAN)):
        for first, last in ranges:
            found[_within(codes, first, last)] = script
    return found

"""Whether bytes at the end of a log file are what a stopped writer can leave: the beginning of a line it was writing.

Lines are appended whole and in order, so a crash leaves whole lines and at most one beginning; after a loss of power
zero bytes may stand where data were never written. Anything else was put there by someone. Bytes that pass were never
acknowledged; they show that writing stopped, not who was writing.
"""

import re
from collections.abc import Iterator
from functools import cache

_HOLE = re.compile(r"<(\w+)>")
_HOLES = {
    "number": re.compile(r"\d+"),
    "word": re.compile(r"[a-z-]*"),
    "text": re.compile(r'(?:[^"\\\x00-\x1f]|\\(?:["\\bfnrt]|u[0-9a-f]{4}))*(?:\\(?:u[0-9a-f]{0,3})?\Z)?'),
}
_DIGIT = re.compile(r"[0-9a-f]")
_STORED = '{"kind":"<text>","length":<number>,"sha256":"<64>","sha512":"<128>"}'
_LEAVES = tuple(
    f'{{"id":"<32>","object":{stored},"parent":{parent},"time":<number>,"tool":"<text>","type":"<word>","v":<number>,'
    '"what":"<64>","who":"<64>","why":"<64>"}'
    for stored in (_STORED, "null")
    for parent in ('"<64>"', "null")
)
_OPENED = '{"salt":"<64>","text":"<text>"}'
_ALL_OPENED = f'"what":{_OPENED},"who":{_OPENED},"why":{_OPENED}}}'


def of_leaf(data: bytes) -> bool:
    """Whether the bytes are the beginning of a leaf."""
    told = _told(data)
    return any(_begins(told, form) for form in _LEAVES)


def of_opening(data: bytes, index: int, leaf: bytes | None) -> bool:
    """Whether the bytes are the beginning of the opening of a leaf; `leaf` is its hash where it is there."""
    hashed = leaf.hex() if leaf is not None else "<64>"
    return _begins(_told(data), f'{{"index":{index},"leaf":"{hashed}",{_ALL_OPENED}')


def _told(data: bytes) -> str:
    return data.rstrip(b"\0").decode("utf-8", "surrogateescape")


def _begins(told: str, form: str) -> bool:
    at = 0
    for atom in _atoms(form):
        if at == len(told):
            return True
        match = atom.match(told, at)
        if match is None:
            return False
        at = match.end()
    return at == len(told)


def _atoms(form: str) -> Iterator[re.Pattern[str]]:
    """The form a step at a time: a character, a digit of a digest, a number, a text."""
    for place, part in enumerate(_HOLE.split(form)):
        if place % 2 == 0:
            yield from map(_letter, part)
        elif part.isdecimal():
            yield from [_DIGIT] * int(part)
        else:
            yield _HOLES[part]


@cache
def _letter(letter: str) -> re.Pattern[str]:
    return re.compile(re.escape(letter))

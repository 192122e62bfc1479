"""HTTP messages as capture tools write them down: tolerant of form, strict about nothing but bounds.

Tools leave out the reason phrase, end lines with a bare LF, keep HTTP/2 pseudo header lines, or fold lines. What a
header says about its body is checked elsewhere; here it is only read.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from marque.evidence import limits

Headers = tuple[tuple[str, str], ...]

_STATUS = re.compile(rb"(?:HTTP/|:status:?|ICY)\S*[ \t]+(\d{3})(?!\d)")
_EMPTY = re.compile(rb"\n\r{0,2}\n")
_CHARSETLESS = re.compile(r"[\s;,]")
_MEDIA = re.compile(r"[a-z0-9!#$&^_.+*-]+/[a-z0-9!#$&^_.+*-]+")


class Head(NamedTuple):
    """The head of a response: `raw` with the empty line that ends it."""

    raw: bytes
    status: int | None
    headers: Headers


def head_end(data: bytes) -> int:
    """Where the body begins: behind the first empty line; -1 where there is none."""
    match = _EMPTY.search(data)
    return match.end() if match else -1


def parse_head(raw: bytes) -> Head:
    """Status and headers of a response head."""
    first, _, rest = raw.partition(b"\n")
    match = _STATUS.match(first)
    headers = parse_fields(rest)
    status = int(match[1]) if match else next((int(v) for n, v in headers if n == ":status" and v.isdecimal()), None)
    return Head(raw, status if status is not None and 0 < status < 1000 else None, headers)


def parse_fields(raw: bytes) -> Headers:
    """`name: value` lines, names lower-case, in order, folded lines joined; what is no such line is left out."""
    told = text(raw)
    if "\n " in told or "\n\t" in told or "\n:" in told or told[:1] in (" ", "\t", ":"):
        return _unusual(told)
    split = [line.partition(":") for line in told.split("\n")]
    return tuple([(_folded(name), value.strip()) for name, colon, value in split if colon][: limits.FIELDS])


@lru_cache(maxsize=4_096)
def _folded(name: str) -> str:
    """A field's name in lower case. The same few names come again and again."""
    return name.strip().lower()


def _unusual(told: str) -> Headers:
    """Fields among which there are folded lines or pseudo header lines."""
    fields: list[tuple[str, str]] = []
    for line in told.split("\n"):
        name, colon, value = line.partition(":")
        if not colon or line[0] in " \t":
            if fields and line[:1] in (" ", "\t") and line.strip():
                fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
            continue
        if not name:  # a pseudo header line, ":status: 200"
            name, colon, value = value.partition(":")
            name = f":{name}"
        if colon:
            fields.append((name.strip().lower(), value.strip()))
            if len(fields) >= limits.FIELDS:
                break
    return tuple(fields)


def text(raw: bytes) -> str:
    """UTF-8 where it is, else Latin-1, which never fails."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def first(headers: Headers, name: str) -> str | None:
    """The first value of a header."""
    return next((value for key, value in headers if key == name), None)


@lru_cache(maxsize=1_024)
def media_type(value: str | None) -> str:
    """A content type without parameters, lower-case; empty where it is none."""
    if not value:
        return ""
    kind = _CHARSETLESS.split(value.strip(), maxsplit=1)[0].lower()
    return kind if _MEDIA.fullmatch(kind) else ""


def tokens(headers: Headers, name: str) -> list[str]:
    """Every element of a comma-separated header, lower-case, in order."""
    return [
        element
        for key, value in headers
        if key == name
        for part in value.split(",")
        if (element := part.partition(";")[0].strip().lower())
    ]

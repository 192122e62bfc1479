"""Vendors as data: one row a pattern, read from `data/*.csv`; `trigger` lists the literals it needs, apart by `|`.

A row says how a value looks, not whose it is. Patterns are RE2 (linear in their input) over UTF-8 bytes. In a row
`{/}` stands for a slash as written, escaped for JSON or percent-encoded; a pattern that begins with `{h}` must not be
preceded by a letter, digit, dot, hyphen or underscore, one that begins with `{q}` must follow a quote or `=`, `{t}`
keeps it out of longer tokens. What the pattern matches is the span of the sighting; `value` is built from its groups.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import re2

_SLASH = r"(?:\\?/|%2[Ff])"
_GUARDS = {
    b"{h}": rb"(?:^|[^A-Za-z0-9._-])",
    b"{q}": rb"(?:[\"'=(,]|&quot;|&#0?34;|%22)",
    b"{t}": rb"(?:^|[^A-Za-z0-9+_%.-])",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One pattern. `triggers` are lower-case literals; one stands within `reach` bytes of whatever matches.

    A trigger that begins with `~` is an expression instead, for literals that stand all over pages.

    `beside`, where given, is a literal that whatever matches holds as well: stretches without it are passed over.
    """

    kind: str
    vendor: str
    triggers: tuple[bytes, ...]
    pattern: bytes
    value: str
    check: str
    reach: int = 0
    beside: bytes = b""


class Match(NamedTuple):
    """What a row found in the scanned text: the span of the claim, the claim, and the groups its value is made of."""

    row: Row
    start: int
    end: int
    groups: tuple[bytes | None, ...]

    def value(self) -> str:
        """The value as the row builds it, before its check."""
        whole, *texts = [(group or b"").decode("utf-8", "replace") for group in self.groups]
        return self.row.value.format(*texts, whole=whole, vendor=self.row.vendor)


def records(name: str) -> Iterator[dict[str, str]]:
    """The lines of one data file as mappings; a line that begins with `#` is a note to its reader."""
    with Path(__file__).parent.joinpath("data", f"{name}.csv").open(encoding="utf-8") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))


@cache
def load(name: str) -> tuple[Row, ...]:
    """The pattern rows of one data file, in file order."""
    return tuple(_row(line) for line in records(name))


def _row(line: dict[str, str]) -> Row:
    return Row(
        kind=line["kind"],
        vendor=line["vendor"],
        triggers=_literals(line["trigger"]),
        pattern=_expand(line["pattern"]),
        value=line["value"],
        check=line["check"],
        reach=int(line.get("reach") or 0),
        beside=(line.get("beside") or "").encode(),
    )


def _literals(trigger: str) -> tuple[bytes, ...]:
    spellings = (trigger.replace("{/}", slash).lower().split("|") for slash in ("/", "\\/", "%2f"))
    return tuple(dict.fromkeys(literal.encode() for spelling in spellings for literal in spelling if literal))


def _expand(pattern: str) -> bytes:
    return pattern.replace("{/}", _SLASH).encode()


def options() -> re2.Options:
    """Bytes are bytes: a pattern for UTF-8 text is its bytes, and damaged text cannot stop the scan."""
    chosen = re2.Options()
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.log_errors = False
    chosen.max_mem = 64 << 20
    return chosen


@cache
def compiled(pattern: bytes) -> "re2._Regexp":
    """A row's pattern with its claim as group 1."""
    guard = _GUARDS.get(pattern[:3], b"")
    body = pattern[3:] if guard else pattern
    return re2.compile(guard + b"(" + body + b")", options())

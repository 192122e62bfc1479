"""One pass over a payload for all rows and all elements at once, then a closer look only where a row can match.

Every row declares literal strings of which at least one stands in or near whatever it matches. One Hyperscan database
finds them all, and the start tags that carry signals, in a single pass; RE2 runs each row's pattern in windows around
its own literals. Both are linear in their input, whatever an attacker writes. (RE2's own set matcher gives no places,
and with hundreds of patterns it spends longer building states than reading; see docs/decisions/0013.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import hyperscan

from marque.signals.markup import MARKUP
from marque.signals.rows import Match, Row, compiled

if TYPE_CHECKING:
    import re2

_BEFORE, _AFTER = 256, 1024  # how far around its literal a match may reach, where the row says nothing else
# A record that holds more is read that far: nobody needs the ten-thousandth contact of one page, and a page made of
# nothing else must not cost a gigabyte.
_MOST_MARKUP, _MOST_MATCHES = 300_000, 10_000
_AT = b"@"  # stands all over style sheets and scripts: looked for only where it can be part of an address
_ADDRESSED = rb"[a-z0-9._%+-]@[a-z0-9\x80-\xff]"

Owner = tuple[int, int, int]  # a row, and how far before and after the end of its literal it may match


@dataclass(frozen=True, slots=True)
class Found:
    """What one pass met: places where rows may match, and (which, end) of every opening and closing of markup."""

    windows: dict[int, list[list[int]]]
    markup: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Scanner:
    """The rows of every extractor, found together. Patterns are compiled when first needed: few pages need many."""

    rows: tuple[Row, ...]
    database: hyperscan.Database
    owners: tuple[tuple[Owner, ...], ...]  # of each literal

    def sweep(self, text: bytes) -> Found:
        """For every row that can match: the stretches of text worth looking at, in order and apart."""
        windows: dict[int, list[list[int]]] = {}
        owners, markup, first_markup = self.owners, list[tuple[int, int]](), len(self.owners)

        def meet(which: int, _start: int, end: int, _flags: int, _context: object) -> None:
            if which >= first_markup:
                if len(markup) < _MOST_MARKUP:
                    markup.append((which - first_markup, end))
                return
            for row, before, after in owners[which]:
                first, last = end - before, end + after
                known = windows.get(row)
                if known is None:
                    windows[row] = [[first if first > 0 else 0, last]]
                elif first <= known[-1][1]:
                    known[-1][1] = last
                else:
                    known.append([first, last])

        self.database.scan(text, meet)
        return Found(windows, markup)

    def matches(self, text: bytes, windows: dict[int, list[list[int]]]) -> list[tuple[int, Match]]:
        """Every match of every row as (row number, match), by row and place."""
        found: list[tuple[int, Match]] = []
        for index, stretches in sorted(windows.items()):
            row = self.rows[index]
            looked_at = [(a, b) for a, b in stretches if not row.beside or row.beside in text[a:b].lower()]
            hits = (match for start, end in looked_at for match in _within(row, text, start, end))
            found += [(index, match) for match in islice(hits, _MOST_MATCHES)]
        return found


def _within(row: Row, text: bytes, start: int, end: int) -> Iterator[Match]:
    """The row's matches in one window, apart from each other."""
    pattern, groups = _ready(row.pattern)
    for hit in pattern.finditer(text, start, end):
        (first, last), *parts = map(hit.span, groups)
        yield Match(row, first, last, (text[first:last], *[text[a:b] if a >= 0 else None for a, b in parts]))


@cache
def _ready(pattern: bytes) -> "tuple[re2._Regexp, range]":
    ready = compiled(pattern)
    return ready, range(1, ready.groups + 1)


def scanner(rows: Sequence[Row]) -> Scanner:
    """The database of all literals and all markup, and whose the literals are."""
    owners: dict[bytes, list[Owner]] = {}
    for index, row in enumerate(rows):
        before, after = row.reach or _BEFORE, row.reach or _AFTER
        for literal in row.triggers:
            owners.setdefault(literal, []).append((index, before + len(literal), after))
    expressions = [*map(_expression, owners), *MARKUP]
    database = hyperscan.Database()
    database.compile(
        expressions=expressions,
        ids=list(range(len(expressions))),
        elements=len(expressions),
        flags=hyperscan.HS_FLAG_CASELESS,
    )
    database.scratch = hyperscan.Scratch(database)
    return Scanner(tuple(rows), database, tuple(map(tuple, owners.values())))


def _expression(literal: bytes) -> bytes:
    """The literal as an expression; letters outside ASCII are bytes and have no case."""
    if literal.startswith(b"~"):
        return literal[1:]
    return _ADDRESSED if literal == _AT else b"".join(b"\\x%02x" % byte for byte in literal)

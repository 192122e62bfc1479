"""One pass over a payload for all rows at once, then a closer look only where a row can match.

Every row declares literal strings of which at least one stands in or near whatever it matches. One Aho-Corasick
automaton finds them all in a single pass, and RE2 runs each row's pattern in windows around its own. Both are linear
in their input, whatever an attacker writes. (RE2's own set matcher gives no places, and with hundreds of patterns it
spends longer building states than reading.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import re2
from ahocorasick_rs import BytesAhoCorasick, Implementation

from marque.signals.rows import Match, Row, compiled

_BEFORE, _AFTER = 256, 1024  # how far around its literal a match may reach, where the row says nothing else
_AT = b"@"  # stands all over style sheets and scripts
_BEFORE_AT = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789._%+-")
_AFTER_AT = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789") | frozenset(range(128, 256))


@dataclass(frozen=True, slots=True)
class Scanner:
    """The rows of every extractor, found together. Patterns are compiled when first needed: few pages need many."""

    rows: tuple[Row, ...]
    literals: BytesAhoCorasick
    owners: tuple[tuple[tuple[int, int, int], ...], ...]  # of each literal: rows with their reach before and after
    at: int  # the number of the literal "@", -1 where no row has it

    def windows(self, lower: bytes) -> dict[int, list[list[int]]]:
        """For every row that can match: the stretches of text worth looking at, in order and apart."""
        found: dict[int, list[list[int]]] = {}
        owners, at = self.owners, self.at
        for literal, start, end in self.literals.find_matches_as_indexes(lower, overlapping=True):
            if literal == at and not _addressed(lower, start):
                continue
            for row, before, after in owners[literal]:
                first, last = start - before, end + after
                windows = found.get(row)
                if windows is None:
                    found[row] = [[first if first > 0 else 0, last]]
                elif first <= windows[-1][1]:
                    windows[-1][1] = last if last > windows[-1][1] else windows[-1][1]
                else:
                    windows.append([first, last])
        return found

    def matches(self, text: bytes, lower: bytes) -> list[tuple[int, Match]]:
        """Every match of every row as (row number, match), by row and place."""
        found: list[tuple[int, Match]] = []
        for index, windows in sorted(self.windows(lower).items()):
            row = self.rows[index]
            pattern = _compiled(row)
            groups = range(1, pattern.groups + 1)
            for start, end in windows:
                if row.beside and lower.find(row.beside, start, end) < 0:
                    continue
                for hit in pattern.finditer(text, start, end):
                    (first, last), *parts = map(hit.span, groups)
                    values = (text[first:last], *[text[a:b] if a >= 0 else None for a, b in parts])
                    found.append((index, Match(row, first, last, values)))
        return found


def _addressed(lower: bytes, at: int) -> bool:
    """Whether the sign at `at` can stand in an e-mail address."""
    return 0 < at < len(lower) - 1 and lower[at - 1] in _BEFORE_AT and lower[at + 1] in _AFTER_AT


@cache
def _compiled(row: Row) -> "re2._Regexp":
    return compiled(row)


def scanner(rows: Sequence[Row]) -> Scanner:
    """The automaton of all literals, and whose they are."""
    owners: dict[bytes, list[tuple[int, int, int]]] = {}
    for index, row in enumerate(rows):
        reach = (row.reach or _BEFORE, row.reach or _AFTER)
        for literal in row.triggers:
            owners.setdefault(literal, []).append((index, *reach))
    literals = list(owners)
    return Scanner(
        tuple(rows),
        BytesAhoCorasick(literals, implementation=Implementation.DFA),
        tuple(tuple(own) for own in owners.values()),
        literals.index(_AT) if _AT in owners else -1,
    )

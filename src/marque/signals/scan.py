"""One pass over a payload for all rows at once, then a closer look only where a row can match.

Every row declares literal strings of which at least one stands in or near whatever it matches. One Aho-Corasick
automaton finds them all in a single pass, and RE2 runs each row's pattern in windows around its own. Both are linear
in their input, whatever an attacker writes. (RE2's own set matcher gives no places, and with hundreds of patterns it
spends longer building states than reading.)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2
from ahocorasick_rs import BytesAhoCorasick, Implementation

from marque.signals.rows import Match, Row, compiled

_BEFORE, _AFTER = 256, 1024  # how far around its literal a match may reach, where the row says nothing else


@dataclass(frozen=True, slots=True)
class Scanner:
    """The rows of every extractor, compiled once for the process."""

    rows: tuple[Row, ...]
    literals: BytesAhoCorasick
    owners: tuple[tuple[tuple[int, int, int], ...], ...]  # of each literal: rows with their reach before and after
    patterns: "tuple[re2._Regexp, ...]"

    def windows(self, lower: bytes) -> dict[int, list[list[int]]]:
        """For every row that can match: the stretches of text worth looking at, in order and apart."""
        found: dict[int, list[list[int]]] = {}
        owners = self.owners
        for literal, start, end in self.literals.find_matches_as_indexes(lower, overlapping=True):
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

    def matches(self, text: bytes, lower: bytes) -> Iterator[tuple[int, Match]]:
        """Every match of every row as (row number, match), by row and place."""
        for index, windows in sorted(self.windows(lower).items()):
            row, pattern = self.rows[index], self.patterns[index]
            for start, end in windows:
                for hit in pattern.finditer(text, start, end):
                    yield index, Match(row, hit.start(1), hit.end(1), hit.groups())


def scanner(rows: Sequence[Row]) -> Scanner:
    """Compile rows; an unsound pattern is our own bug and says so at once."""
    owners: dict[bytes, list[tuple[int, int, int]]] = {}
    for index, row in enumerate(rows):
        reach = (row.reach or _BEFORE, row.reach or _AFTER)
        for literal in row.triggers:
            owners.setdefault(literal, []).append((index, *reach))
    return Scanner(
        tuple(rows),
        BytesAhoCorasick(list(owners), implementation=Implementation.DFA),
        tuple(tuple(own) for own in owners.values()),
        tuple(compiled(row) for row in rows),
    )

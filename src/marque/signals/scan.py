"""One pass over a payload for all rows at once, then a closer look only where a row can match.

A set of triggers runs over the text in pieces; rows whose trigger stands in a piece are matched in a window around it.
Both engines are linear in their input, whatever an attacker writes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2

from marque.signals.rows import Match, Row, compiled, options

PIECE = 4096
_LONGEST_TRIGGER = 96  # pieces overlap by as much, so that no trigger is cut in two
_BEFORE, _AFTER = 256, 1024  # how far a match may reach out of the piece its trigger stands in


@dataclass(frozen=True, slots=True)
class Scanner:
    """The rows of every extractor, compiled once for the process."""

    rows: tuple[Row, ...]
    triggers: re2.Set
    patterns: "tuple[re2._Regexp, ...]"

    def windows(self, text: bytes) -> dict[int, list[tuple[int, int]]]:
        """For every row that can match: the stretches of text worth looking at, in order and apart."""
        found: dict[int, list[tuple[int, int]]] = {}
        view, match = memoryview(text), self.triggers.Match
        for start in range(0, len(text), PIECE):
            window = (max(0, start - _BEFORE), min(len(text), start + PIECE + _AFTER))
            for index in match(view[max(0, start - _LONGEST_TRIGGER) : start + PIECE]) or ():
                _extend(found.setdefault(index, []), window)
        return found

    def matches(self, text: bytes) -> Iterator[tuple[int, Match]]:
        """Every match of every row as (row number, match), by row and place."""
        for index, windows in sorted(self.windows(text).items()):
            row, pattern = self.rows[index], self.patterns[index]
            for start, end in windows:
                for hit in pattern.finditer(text, start, end):
                    yield index, Match(row, hit.start(1), hit.end(1), hit.groups())


def scanner(rows: Sequence[Row]) -> Scanner:
    """Compile rows; an unsound pattern is our own bug and says so at once."""
    triggers = re2.Set.SearchSet(options())
    for row in rows:
        triggers.Add(row.trigger)
    triggers.Compile()
    return Scanner(tuple(rows), triggers, tuple(compiled(row) for row in rows))


def _extend(windows: list[tuple[int, int]], window: tuple[int, int]) -> None:
    if windows and window[0] <= windows[-1][1]:
        windows[-1] = (windows[-1][0], window[1])
    else:
        windows.append(window)

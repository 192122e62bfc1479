"""Titles in any script: which works of the catalogue a page names. Supporting evidence only.

A page that names a work may review it, sell it or be called alike; so a title never makes a match and never raises a
score: it stands beside a match that the pictures, sound or text have made.
"""

from collections.abc import Iterable, Iterator

import pyarrow as pa
from ahocorasick_rs import AhoCorasick

from marque.works.entries import Work
from marque.works.text.folding import Folded, fold, scripts
from marque.works.text.model import LETTERS

LEAST_LETTERS, LEAST_SIGNS = 5, 3  # shorter titles stand everywhere; a Korean or Chinese sign says more than a letter


class Titles:
    """All titles of a catalogue, looked for at once."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._named: dict[str, list[tuple[str, str]]] = {}
        self._lettered: set[str] = set()
        for work in works:
            for title in work.titles.values():
                folded = fold(title)
                lettered = _lettered(folded)
                if len(folded) >= (LEAST_LETTERS if lettered else LEAST_SIGNS):
                    self._named.setdefault(folded.text, []).append((work.work, title))
                    self._lettered |= {folded.text} if lettered else set()
        self._patterns = sorted(self._named)
        self._found = AhoCorasick(self._patterns) if self._patterns else None

    def named(self, text: str) -> dict[str, str]:
        """The works a text names, with the title it names them by: the longest of each work."""
        best: dict[str, str] = {}
        for pattern in self._standing(text):
            for work, title in self._named[pattern]:
                if work not in best or len(fold(best[work]).text) < len(pattern):
                    best[work] = title
        return best

    def _standing(self, text: str) -> Iterator[str]:
        """Patterns that stand in the text as words of their own."""
        if self._found is None:
            return
        folded = fold(text)
        for number, start, end in self._found.find_matches_as_indexes(folded.text, overlapping=True):
            first, last = int(folded.places[start]), int(folded.places[end - 1])
            pattern = self._patterns[number]
            joined = _joined(text, first - 1, first) or _joined(text, last, last + 1)
            if not (joined and pattern in self._lettered):
                yield pattern


def _lettered(folded: Folded) -> bool:
    """Whether a title is written in letters throughout: then it stands between spaces, and must be longer."""
    return bool((scripts(folded.codes) == LETTERS).all())


def _joined(text: str, one: int, other: int) -> bool:
    """Whether two neighbouring characters belong to one word."""
    return one >= 0 and other < len(text) and text[one].isalnum() and text[other].isalnum()


def support(matches: pa.Table, headings: pa.Table, works: Iterable[Work]) -> pa.Table:
    """MATCHES with `titled`: the title by which the match's page names its work, null where it does not."""
    titles, by_page = Titles(works), dict(zip(headings["page"].to_pylist(), headings["text"].to_pylist(), strict=True))
    known: dict[str, dict[str, str]] = {}
    found = []
    for page, work in zip(matches["page"].to_pylist(), matches["work"].to_pylist(), strict=True):
        if page not in known:
            known[page] = titles.named(by_page.get(page, ""))
        found.append(known[page].get(work))
    at = matches.schema.get_field_index("titled")
    return matches.set_column(at, matches.schema.field(at), pa.array(found, pa.string()))

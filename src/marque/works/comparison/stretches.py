"""Text, sound and film side by side: the passages that agree in words, the stretches that agree in time.

Passages are quoted as they stand on both sides, so that a reader can judge for themselves. Sound and film are given by
their times; both sides are at hand where the exhibit is made.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from marque.digest import sha256
from marque.errors import InputRefused
from marque.works import aligned, packed
from marque.works.catalogue import Catalogue
from marque.works.comparison.model import MOST_PIECES, Comparison, Copy, Page, Piece, Section
from marque.works.entries import TEXT, Unit
from marque.works.mediums import MEDIUMS, Medium

LONGEST = 20_000  # characters of a passage that are quoted


def compare(catalogue: Catalogue, pages: Sequence[Page], original: Path, name: str) -> Comparison:
    """Compare captured text, sound or film with a unit's original. Raises InputRefused where it is of no unit."""
    medium = MEDIUMS[name]()
    digest = packed.digest(medium.fingerprint(original, str(original)))
    unit = next((unit for unit in catalogue.units(name) if unit.digest == digest), None)
    if unit is None:
        raise InputRefused("works.originals-unknown", path=str(original))
    data = original.read_bytes()
    words = _words(data, str(original), medium)
    sections = tuple(_section(catalogue, unit, page, words, medium) for page in pages)
    return Comparison(unit, (sha256(data),), sections)


def _section(catalogue: Catalogue, unit: Unit, page: Page, words: str, medium: Medium) -> Section:
    rows: list[tuple[Copy, dict[str, Any]]] = []
    problems: list[str] = []
    for copy in page.copies:
        try:
            query = medium.of_bytes(copy.data, copy.name)
        except InputRefused as reason:
            problems.append(f"{copy.name}: {reason.code}")
            continue
        found = aligned.found(query, medium, aligned.load(medium, catalogue))
        rows += [(copy, row) for row in found if (row["work"], row["unit"], row["language"]) == unit.key]
    if not rows:
        return Section(page, 0.0, "", 0, 0, (), 0, tuple(problems))
    pieces = [piece for copy, row in rows for piece in _pieces(copy, row, words, medium)]
    best = max((row for _, row in rows), key=lambda row: float(row["score"]))
    shown, more = tuple(pieces[:MOST_PIECES]), max(0, len(pieces) - MOST_PIECES)
    return Section(page, best["score"], best["answer"], best["panels"], best["panels_of"], shown, more, tuple(problems))


def _pieces(copy: Copy, row: dict[str, Any], words: str, medium: Medium) -> Iterator[Piece]:
    copied = _words(copy.data, copy.name, medium)
    for found in row["pieces"]:
        query, there = found["query"], found["catalogue"]
        facts: dict[str, object] = {
            "original": [_plain(there["start"]), _plain(there["end"])],
            "copy": [_plain(query["start"]), _plain(query["end"])],
            "address": copy.uri,
            "time": copy.time,
            "sha256": sha256(copy.data),
        }
        quoted = _quoted(words, there), _quoted(copied, query)
        yield Piece(facts, passages=quoted if medium.name == TEXT else None)


def _plain(value: float) -> int | str:
    """Characters as a number; seconds as text, since a signed manifest holds no fractions."""
    return int(value) if value == int(value) else f"{value:.2f}"


def _quoted(words: str, part: dict[str, Any]) -> str:
    passage = words[int(part["start"]) : int(part["end"])]
    return passage if len(passage) <= LONGEST else f"{passage[:LONGEST]} …"


def _words(data: bytes, name: str, medium: Medium) -> str:
    if medium.name != TEXT:
        return ""
    from marque.works.text.extract import extract

    return extract(data, name).text

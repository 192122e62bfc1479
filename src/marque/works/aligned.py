"""Sound, film, text and covers against a catalogue: rows of `matches` whose pieces are stretches, not rectangles.

As with pictures, a match says that a page contains a unit's sound, film or text, not that showing it was unlawful. That
a page shows a cover says less: who may show a work says nothing of who may name it, so such a row is never `licensed`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from marque.works import captured
from marque.works.catalogue import Catalogue
from marque.works.entries import COVER, Unit
from marque.works.media import Found, Span
from marque.works.mediums import MEDIUMS, Medium
from marque.works.rights import Outlets

VERSION = 1


def match(tables: Mapping[str, pa.Table], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Rows of MATCHES for what captures show in each medium (tables of captured.schema, by medium)."""
    outlets = Outlets(catalogue.rights())
    rows: list[dict[str, Any]] = []
    for name, table in sorted(tables.items()):
        medium = MEDIUMS[name]()
        shelf = load(medium, catalogue)
        for where, query in captured.queries(table, medium):
            for row in found(query, medium, shelf):
                licensed = name != COVER and outlets.licensed(where["site"], row["work"], where["time"])  # type: ignore[arg-type]
                for piece in row["pieces"]:
                    piece["query"]["record"] = where["record"]
                rows.append({**row, "site": where["site"], "page": where["page"], "licensed": licensed})
    return rows


@dataclass(frozen=True, slots=True)
class Shelf:
    """The units of one medium, and what they are found by."""

    units: tuple[Unit, ...]
    reference: Any


def load(medium: Medium, catalogue: Catalogue) -> Shelf:
    """Everything a catalogue has in one medium; the last ones are kept."""
    return _load(medium.name, catalogue.folder, catalogue.digest)


@lru_cache(maxsize=4)
def _load(name: str, folder: Path, digest: str) -> Shelf:
    """`digest` is there so that a changed catalogue is read again."""
    catalogue = Catalogue(folder)
    units = tuple(catalogue.units(name))
    return Shelf(units, MEDIUMS[name]().build([catalogue.table(unit) for unit in units]))


def found(query: pa.Table, medium: Medium, shelf: Shelf) -> Iterator[dict[str, Any]]:
    """What one fingerprint shows, as rows without site and page."""
    for each in medium.identify(query, shelf.reference):
        yield _row(shelf.units[each.unit], each, medium)


def _row(unit: Unit, each: Found, medium: Medium) -> dict[str, Any]:
    return {
        "work": unit.work,
        "unit": unit.unit,
        "language": unit.language,
        "score": each.score,
        "answer": each.answer,
        "licensed": False,
        "mirrored": each.mirrored,
        "panels": each.seen,
        "panels_of": each.of,
        "medium": medium.name,
        "pieces": [_piece(span, medium) for span in each.spans],
    }


def _piece(span: Span, medium: Medium) -> dict[str, Any]:
    """A stretch; of a cover the picture as a whole."""
    whole = medium.name == COVER
    return {
        "query": {"record": None, "file": None} | ({} if whole else _ends(span.query_start, span.query_end)),
        "catalogue": {} if whole else _ends(span.start, span.end),
        "distance": span.distance,
        "codes": None,
    }


def _ends(start: float, end: float) -> dict[str, Any]:
    return {"start": start, "end": end}

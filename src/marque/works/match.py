"""Fingerprints against a catalogue: the `matches` table.

A match says that a page contains pictures of a unit. It does not say that showing them was unlawful: `licensed` is
true where the catalogue's rights facts name the page's site as an outlet at the time of the capture.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marque.works import furniture, guided
from marque.works.catalogue import Catalogue
from marque.works.decide import CALIBRATION, answer, spread
from marque.works.entries import STRIP, Unit
from marque.works.fingerprint import pages_of
from marque.works.identify import Candidate, Query, identify, turned
from marque.works.model import MATCH, MATCHES, UNSURE
from marque.works.pieces import Piece, pieces
from marque.works.reference import Reference, codes_of, load
from marque.works.rights import Outlets
from marque.works.strip import Segment

VERSION = 4  # of what is made of the same fingerprints and catalogue


def match(fingerprints: pa.Table, catalogue: Catalogue) -> pa.Table:
    """MATCHES of all pages in `fingerprints` (one capture's or many), by site, work, unit and page."""
    return joined(found(fingerprints, catalogue))


def found(fingerprints: pa.Table, catalogue: Catalogue) -> list[dict[str, Any]]:
    """What each page shows on its own, as rows of MATCHES: pages may be shared out, and their rows `joined` later."""
    reference, outlets = load(catalogue), Outlets(catalogue.rights())
    return [row for site, page, part in pages_of(fingerprints) for row in _page(site, page, part, reference, outlets)]


def joined(rows: list[dict[str, Any]], others: Iterable[dict[str, Any]] = ()) -> pa.Table:
    """MATCHES of all pages: what pages of one site show between them is seen only here. `others`: of other media."""
    _join_pages(rows)
    return table([*rows, *others])


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as MATCHES, in its order."""
    names = ("site", "work", "unit", "language", "page", "medium")
    return pa.Table.from_pylist(sorted(rows, key=lambda row: [str(row[name]) for name in names]), schema=MATCHES)


def _join_pages(rows: list[dict[str, Any]]) -> None:
    """A reader that shows a picture a page: pages of one site that together show a unit are matches, each of them.

    A series of reviews may show a panel here and there; so they must show half of the unit between them.
    """
    together: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        if row["site"] is not None and row["score"] >= CALIBRATION.match_at:
            together.setdefault(tuple(row[name] for name in ("site", "work", "unit", "language")), []).append(row)
    for same in together.values():
        panels = {piece["catalogue"]["panel"] for row in same for piece in row["pieces"]}
        if spread(len(panels), same[0]["panels_of"]):
            for row in same:
                row["answer"] = MATCH


def _page(
    site: str | None,
    page: str,
    rows: pa.Table,
    reference: Reference,
    outlets: Outlets,
    edition: Unit | None = None,
) -> Iterator[dict[str, Any]]:
    query, named_by = query_of(rows)
    times = rows["time"].to_pylist()
    for candidate, score, said in decided(query, reference, edition):
        unit = reference.units[candidate.unit]
        yield {
            "site": site,
            "work": unit.work,
            "unit": unit.unit,
            "language": unit.language,
            "page": page,
            "score": score,
            "answer": said,
            "licensed": outlets.licensed(site, unit.work, times[0]),
            "mirrored": candidate.mirrored,
            "panels": len({seen.block.panel for seen in candidate.seen}),
            "panels_of": len(unit.panels),
            "medium": STRIP,
            "pieces": [_row(piece, named_by) for piece in pieces(candidate, query, unit.panels)],
        }


def query_of(rows: pa.Table) -> tuple[Query, str]:
    """A page's rows of FINGERPRINTS as a query, and the column its pictures are named in."""
    named_by = "record" if rows["record"].null_count == 0 else "file"
    wanted = [named_by, "order", "width", "height", "top", "bottom"]
    segments = {
        row["order"]: Segment(row[named_by], row["width"], row["height"], row["top"], row["bottom"])
        for row in rows.select(wanted).to_pylist()
    }
    held = rows.filter(pc.is_valid(rows["code"]))
    places = np.stack([held[name].to_numpy() for name in ("x", "y", "size", "angle")], axis=1).astype(np.float64)
    return Query(places, codes_of(held["code"]), codes_of(held["mirrored"]), tuple(segments.values())), named_by


def against(rows: pa.Table, edition: Unit, catalogue: Catalogue) -> dict[str, Any] | None:
    """What one page shows of one edition, even where another edition of the unit fits better; None where nothing."""
    reference = load(catalogue)
    found = next(_page(None, "", rows, reference, Outlets(catalogue.rights()), edition), None)
    return _read(found) if found else None


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it stands in MATCHES."""
    read: dict[str, Any] = table([row]).to_pylist()[0]
    return read


def decided(query: Query, reference: Reference, edition: Unit | None = None) -> list[tuple[Candidate, float, str]]:
    """Every unit that is named, in the edition that fits best or the one asked for, with score and answer.

    Mirrored pictures, then negatives, are asked for where nothing matched so far.
    """
    found: dict[tuple[str, str], tuple[Candidate, float, str]] = {}
    for mirrored, inverted in ((False, False), (True, False), (False, True)):
        if any(said == MATCH for _, _, said in found.values()):
            break
        for candidate in identify(query, reference, mirrored=mirrored, inverted=inverted):
            blocks, unit = len(reference.blocks[candidate.unit]), reference.units[candidate.unit]
            score, said = answer(candidate, blocks)
            if said == UNSURE:
                candidate = furniture.own(candidate, reference)
                score, said = answer(candidate, blocks)
            if edition is not None and unit.key != edition.key:
                continue
            name = _name(unit)
            if said is not None and (name not in found or score > found[name][1]):
                found[name] = candidate, score, said
    return [_completed(*found[name], query, reference) for name in sorted(found)]


def _completed(
    candidate: Candidate, score: float, said: str, query: Query, reference: Reference
) -> tuple[Candidate, float, str]:
    """With the panels that were missed, where the unit is sure."""
    if said != MATCH:
        return candidate, score, said
    places, codes = turned(query, mirrored=candidate.mirrored, inverted=candidate.inverted)
    return guided.completed(candidate, guided.page(places, codes), reference), score, said


def _name(unit: Unit) -> tuple[str, str]:
    return unit.work, unit.unit


def _row(piece: Piece, named_by: str) -> Mapping[str, object]:
    names = {"record": None, "file": None} | {named_by: piece.name}
    query, there = piece.query, piece.catalogue
    return {
        "query": {**names, "x": query.x, "y": query.y, "w": query.w, "h": query.h},
        "catalogue": {"panel": piece.panel, "x": there.x, "y": there.y, "w": there.w, "h": there.h},
        "distance": piece.distance,
        "codes": piece.codes,
    }

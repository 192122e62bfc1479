"""Pictures side by side: each piece cut out of the original files and of the captured ones, in colour.

The copy is fingerprinted again from the captured bytes and matched as everywhere else. What agrees is shown; who made
the copy, and whether it was allowed, is not said.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from marque.digest import sha256
from marque.errors import InputRefused
from marque.signals.pictures.decoding.decoder import Decoder
from marque.signals.pictures.images import Grey
from marque.works import fingerprint, patches
from marque.works import unit as units
from marque.works.catalogue import Catalogue, strip_digest
from marque.works.comparison.model import MOST_PIECES, Comparison, Copy, Page, Piece, Section
from marque.works.entries import STRIP, Unit
from marque.works.match import against
from marque.works.strip import WIDTH, Rectangle, Strip, stitch

SIDE = 720  # pixels in width of each side of a piece


def compare(catalogue: Catalogue, pages: Sequence[Page], originals: Sequence[Path]) -> Comparison:
    """Compare captured pictures with a unit's originals.

    Raises InputRefused where the originals are not those that a unit of the catalogue was made of.
    """
    unit = _unit_of(catalogue, originals)
    with Decoder() as decoder:
        kept = {str(path): units.read(path) for path in units.files(originals)}
        strip = stitch(((name, units.decoded(decoder, data, name)) for name, data in kept.items()), unit.unit)
        sections = tuple(_section(catalogue, unit, page, (strip, kept), decoder) for page in pages)
    return Comparison(unit, tuple(sha256(data) for data in kept.values()), sections)


def _unit_of(catalogue: Catalogue, originals: Sequence[Path]) -> Unit:
    """The unit whose fingerprint these very files give."""
    digest = strip_digest(units.fingerprint(originals, "originals", thumbnails=False).patches)
    found = next((unit for unit in catalogue.units(STRIP) if unit.digest == digest), None)
    if found is None:
        raise InputRefused("works.originals-unknown", path=str(originals[0]))
    return found


def _section(
    catalogue: Catalogue, unit: Unit, page: Page, original: tuple[Strip, dict[str, bytes]], decoder: Decoder
) -> Section:
    shown, problems = _decoded(page.copies, decoder)
    row = _found(catalogue, unit, shown)
    if row is None:
        return Section(page, 0.0, "", 0, len(unit.panels), (), 0, problems)
    copies = {copy.name: copy for copy in page.copies}
    chosen = row["pieces"][:MOST_PIECES]
    pieces = tuple(_piece(piece, unit, original, copies, decoder) for piece in chosen)
    left_out = len(row["pieces"]) - len(chosen)
    return Section(page, row["score"], row["answer"], row["panels"], row["panels_of"], pieces, left_out, problems)


def _decoded(copies: Sequence[Copy], decoder: Decoder) -> tuple[Strip, tuple[str, ...]]:
    pictures, problems = [], []
    for copy in copies:
        try:
            pictures.append((copy.name, units.decoded(decoder, copy.data, copy.name)))
        except InputRefused as reason:
            problems.append(f"{copy.name}: {reason.code}")
    return stitch(pictures, "copy"), tuple(problems)


def _found(catalogue: Catalogue, unit: Unit, shown: Strip) -> dict[str, Any] | None:
    """The row of `matches` that names this unit."""
    if not shown.segments:
        return None
    table = fingerprint.table(shown, patches.find(shown), "copy", None, None, column="file")
    return against(table, unit, catalogue)


def _piece(
    found: dict[str, Any],
    unit: Unit,
    original: tuple[Strip, dict[str, bytes]],
    copies: dict[str, Copy],
    decoder: Decoder,
) -> Piece:
    query, there = found["query"], found["catalogue"]
    copy, box = copies[query["file"]], (query["x"], query["y"], query["w"], query["h"])
    panel = unit.panels[there["panel"]].place
    place = Rectangle(panel.x + there["x"], panel.y + there["y"], there["w"], there["h"])
    facts: dict[str, object] = {
        "panel": there["panel"] + 1,
        "original": [place.x, place.y, place.w, place.h],
        "copy": list(box),
        "address": copy.uri,
        "time": copy.time,
        "sha256": sha256(copy.data),
        "bits": found["distance"],
        "codes": found["codes"],
    }
    left = np.concatenate(list(_level(_parts(place, *original, decoder))))
    return Piece(facts, (_png(left), _png(decoder.draw(copy.data, copy.name, SIDE, box))))


def _parts(place: Rectangle, strip: Strip, originals: dict[str, bytes], decoder: Decoder) -> Iterator[Grey]:
    """The place as it stands in the original files, one part for each file it lies across."""
    for segment in strip.segments:
        cut = segment.cut(place.x, place.y, min(place.x + place.w, WIDTH), place.y + place.h)
        if cut is not None:
            yield decoder.draw(originals[segment.name], segment.name, SIDE, (cut.x, cut.y, cut.w, cut.h))


def _level(parts: Iterator[Grey]) -> Iterator[Grey]:
    """Parts at the width of the first, so that they can stand one under the other."""
    width = 0
    for part in parts:
        width = width or part.shape[1]
        if part.shape[1] == width:
            yield part
        else:
            height = max(1, round(part.shape[0] * width / part.shape[1]))
            yield np.asarray(Image.fromarray(part).resize((width, height)), np.uint8)


def _png(pixels: Grey) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()

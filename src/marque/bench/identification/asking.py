"""Asks marque as an investigation does: pictures pressed as files, decoded, stitched, fingerprinted, decided.

Only the decoder's own process is left out, so that a thousand asks do not measure how it starts.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from marque.bench.identification.drawing import Pixels, Source
from marque.signals.pictures.images import Picture, decode, size
from marque.works import patches
from marque.works.catalogue import Catalogue
from marque.works.identify import Candidate, Query
from marque.works.match import decided
from marque.works.reference import Reference, load
from marque.works.strip import Strip, columns_for, stitch

HEIGHT, FIRST = 1000, 333  # of the copies' slices; the originals are cut every 1280 rows
PUBLISHED = 1280


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of a unit: its name, the answer, and the parts of it that were found, in order and at all."""

    name: str
    said: str
    score: float
    candidate: Candidate


def catalogue(folder: Path, units: Iterable[tuple[str, str, Sequence[bytes]]]) -> Reference:
    """A catalogue of work, unit and files, loaded."""
    made = Catalogue.create(folder / "catalogue")
    for work, unit, files in units:
        place = folder / f"{work}-{unit}"
        place.mkdir()
        for number, data in enumerate(files):
            (place / f"{number:04}.jpg").write_bytes(data)
        made.add(work, unit, "en", images=[place])
    return load(made)


def ask(files: Sequence[bytes], reference: Reference) -> list[Answer]:
    """Every unit that is named for a page of these pictures."""
    return answers(query(strip(files)), reference)


def strip(files: Sequence[bytes]) -> Strip:
    """The pictures decoded and stitched."""
    return stitch(((str(at), _decoded(data)) for at, data in enumerate(files)), "page")


def _decoded(data: bytes) -> Picture:
    return decode(data, "slice", columns_for(*size(data, "slice")))


def query(of: Strip) -> Query:
    """What is asked about a strip."""
    found = patches.find(of)
    places = np.stack([found.x, found.y, found.size, found.angle], axis=1).astype(np.float64)
    return Query(places, found.codes, found.mirrored, of.segments)


def answers(asked: Query, reference: Reference) -> list[Answer]:
    """Every unit that is named, by work and unit."""
    return [
        Answer(f"{reference.units[found.unit].work}/{reference.units[found.unit].unit}", said, score, found)
        for found, score, said in decided(asked, reference)
    ]


def panels_found(answer: Answer, source: Source, *, ordered: bool) -> int:
    """How many of the source's panels the agreeing patches place, in reading order where that is kept.

    A panel counts where half of it, or half of a part of the catalogue's panel, lies in the other.
    """
    seen = answer.candidate.in_order if ordered else answer.candidate.seen
    places = [found.block.place for found in seen]
    count = 0
    for panel in source.panels:
        for place in places:
            wide = min(panel.right, place.x + place.w) - max(panel.left, place.x)
            tall = min(panel.bottom, place.y + place.h) - max(panel.top, place.y)
            smaller = min((panel.right - panel.left) * (panel.bottom - panel.top), place.w * place.h)
            if wide > 0 and tall > 0 and wide * tall * 2 >= smaller:
                count += 1
                break
    return count


def codes_held(reference: Reference, work: str, source: Source) -> int:
    """How many codes the catalogue keeps of the source's panels, cards and credits left out."""
    unit = next(number for number, unit in enumerate(reference.units) if unit.work == work)
    x, y = reference.places[np.arange(*reference.rows(unit))].T[:2]
    inside = np.zeros(len(x), np.bool_)
    for panel in source.panels:
        inside |= (x >= panel.left) & (x < panel.right) & (y >= panel.top) & (y < panel.bottom)
    return int(inside.sum())


def pressed(pixels: Pixels, quality: int, height: int = HEIGHT, first: int = FIRST) -> Iterator[bytes]:
    """Slices as JPEG files."""
    stops = sorted({0, *range(first, pixels.shape[0], height), pixels.shape[0]})
    for top, bottom in pairwise(stops):
        if bottom - top > 8:
            out = io.BytesIO()
            Image.fromarray(pixels[top:bottom]).save(out, "JPEG", quality=quality)
            yield out.getvalue()


def published(source: Source) -> list[bytes]:
    """The unit as its holder keeps it."""
    return list(pressed(source.pixels, 90, PUBLISHED, PUBLISHED))


def whole(pixels: Pixels, quality: int = 85) -> list[bytes]:
    """One picture as one file."""
    return list(pressed(pixels, quality, pixels.shape[0], pixels.shape[0]))

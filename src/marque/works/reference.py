"""A catalogue as matching needs it: all patches in a row, the parts of panels they lie in, and the index over them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.signals.pictures.pdq import Bytes
from marque.works import index as indexes
from marque.works.catalogue import Catalogue
from marque.works.entries import Unit
from marque.works.model import UNIT_PATCHES
from marque.works.strip import Rectangle
from marque.works.votes import votes

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

_NONE = np.zeros(0, np.int64)


BLOCK = 960  # strip units


@dataclass(frozen=True, slots=True)
class Block:
    """A panel, or part of a tall one: a strip without gutters is one tall panel and is looked at in parts."""

    panel: int
    place: Rectangle


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows are patches, in the order of the index: number of the unit, number of the block within it, place."""

    units: tuple[Unit, ...]
    blocks: tuple[tuple[Block, ...], ...]  # of each unit
    unit: Integers
    block: Integers
    places: Floats  # n x 4: x, y, size, angle
    index: indexes.Index


def load(catalogue: Catalogue) -> Reference:
    """Everything a match asks of a catalogue. Makes the index where the catalogue has changed since.

    The last ones are kept: captures are matched one after the other against the same catalogue.
    """
    return _load(catalogue.folder, catalogue.codes_digest)


@lru_cache(maxsize=2)
def _load(folder: Path, digest: str) -> Reference:
    catalogue = Catalogue(folder)
    units = tuple(catalogue.units())
    parts = [catalogue.patches(unit) for unit in units]
    table = pa.concat_tables([UNIT_PATCHES.empty_table(), *parts]).combine_chunks()
    owner = np.repeat(np.arange(len(units)), [part.num_rows for part in parts]).astype(np.int64)
    places = np.stack([table[name].to_numpy() for name in ("x", "y", "size", "angle")], axis=1)
    blocks = tuple(_blocks(unit) for unit in units)
    lie_in = [
        _block_of(part["panel"].to_numpy(), part["y"].to_numpy(), found)
        for part, found in zip(parts, blocks, strict=True)
    ]
    block = np.concatenate([_NONE, *lie_in])
    index = _index(catalogue, digest, codes_of(table["code"]), lambda made: votes(made, units, owner, block))
    return Reference(units, blocks, owner, block, places.astype(np.float32), index)


def _blocks(unit: Unit) -> tuple[Block, ...]:
    found = []
    for outline in unit.panels:
        place = outline.place
        parts = max(1, round(place.h / BLOCK))
        stops = [place.y + place.h * part // parts for part in range(parts + 1)]
        found += [
            Block(outline.panel, Rectangle(place.x, top, place.w, bottom - top)) for top, bottom in pairwise(stops)
        ]
    return tuple(found)


def _block_of(panel: npt.NDArray[np.int32], y: Floats, blocks: Sequence[Block]) -> Integers:
    """The block each patch lies in: of its panel, the last that begins above it."""
    panels = np.array([block.panel for block in blocks])
    tops = np.array([block.place.y for block in blocks])
    first = np.searchsorted(panels, panel)
    last = np.searchsorted(panels, panel, side="right") - 1
    return np.clip(np.searchsorted(tops, y, side="right") - 1, first, last).astype(np.int64)


def codes_of(column: pa.ChunkedArray) -> Bytes:
    """A column of 32-byte codes as n x 32 bytes."""
    joined = b"".join(column.to_pylist())
    return np.frombuffer(joined, np.uint8).reshape(-1, 32)


def _index(catalogue: Catalogue, digest: str, codes: Bytes, weigh: Callable[[indexes.Index], Bytes]) -> indexes.Index:
    folder = catalogue.folder / "index"
    path = folder / f"{digest}.idx"
    if path.exists():
        found = indexes.load(path)
        if len(found) == len(codes):
            return found
    plain = indexes.build(codes)
    made = replace(plain, votes=weigh(plain))
    with suppress(OSError), catalogue.writing():  # a catalogue that may only be read is matched all the same
        folder.mkdir(exist_ok=True)
        indexes.save(path, made)
        for old in folder.glob("*.idx"):
            if old != path:
                old.unlink()
    return made

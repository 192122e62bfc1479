"""A catalogue as matching needs it: all patches in a row, the index over them, and what each may say.

A code that occurs in several works, or in many units of one, is furniture (credits, logos, title cards, a platform's
notices). It says nothing about which unit a page shows and gets no vote.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.works import index as indexes
from marque.works.catalogue import Catalogue, Unit
from marque.works.model import UNIT_PATCHES
from marque.works.pdq import Bytes
from marque.works.strip import Rectangle

MANY_UNITS = 2  # a panel may be shown again in one later unit; in more it is furniture
WHOLE_VOTE = 100

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
    index = _index(catalogue, digest, codes_of(table["code"]), owner, units)
    blocks = tuple(_blocks(unit) for unit in units)
    places_in = [
        _block_of(part["panel"].to_numpy(), part["y"].to_numpy(), found)
        for part, found in zip(parts, blocks, strict=True)
    ]
    return Reference(units, blocks, owner, np.concatenate([_NONE, *places_in]), places.astype(np.float32), index)


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


def _index(catalogue: Catalogue, digest: str, codes: Bytes, owner: Integers, units: Sequence[Unit]) -> indexes.Index:
    folder = catalogue.folder / "index"
    path = folder / f"{digest}.idx"
    if path.exists():
        found = indexes.load(path)
        if len(found) == len(codes):
            return found
    plain = indexes.build(codes)
    made = indexes.Index(plain.codes, votes(plain, codes, owner, units), plain.starts, plain.ids)
    with suppress(OSError), catalogue.writing():  # a catalogue that may only be read is matched all the same
        folder.mkdir(exist_ok=True)
        indexes.save(path, made)
        for old in folder.glob("*.idx"):
            if old != path:
                old.unlink()
    return made


def votes(index: indexes.Index, codes: Bytes, owner: Integers, units: Sequence[Unit]) -> npt.NDArray[np.uint8]:
    """What each code's vote weighs: 100, less where a second unit shows it too, nothing where it is furniture."""
    episode = numbers([(unit.work, unit.unit) for unit in units])[owner]
    work = numbers([unit.work for unit in units])[owner]
    one, other, _ = index.search(codes)
    in_units, in_works = _spread(one, episode[other], len(codes)), _spread(one, work[other], len(codes))
    weight = WHOLE_VOTE // np.maximum(in_units, 1)
    weight[(in_works > 1) | (in_units > MANY_UNITS)] = 0
    return weight.astype(np.uint8)


def numbers(names: Sequence[object]) -> Integers:
    """A number for each name, equal for equal names."""
    known: dict[object, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], np.int64)


def _spread(code: Integers, group: Integers, size: int) -> Integers:
    """For each code, how many different groups it was found in."""
    if not len(code):
        return np.zeros(size, np.int64)
    pairs = np.unique(np.stack([code, group]), axis=1)
    return np.bincount(pairs[0], minlength=size).astype(np.int64)

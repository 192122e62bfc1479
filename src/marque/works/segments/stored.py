"""Segments as sections of a file, and back, with their shapes checked against each other."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import numpy as np

from marque.errors import InputRefused
from marque.works.segments.file import Array
from marque.works.segments.segment import OWNER, SMALL, Segment, cut
from marque.works.segments.tables import MOST, RUN, Tables, wide

_TABLES = {field.name: kind for field, kind in zip(fields(Tables), ("u8", "u4", "u4", "u4", "u4", "u1"), strict=True)}
_COLUMN = "column."


def sections(segment: Segment) -> dict[str, Array]:
    """Everything a segment consists of, by name."""
    held: dict[str, Array] = {
        "front": segment.front,
        "back": segment.back,
        "owners": segment.owners,
        "sizes": segment.sizes,
    }
    if segment.tables is not None:
        held |= {f"tables.{name}": getattr(segment.tables, name) for name in _TABLES}
    return held | {f"{_COLUMN}{name}": column for name, column in segment.columns.items()}


def segment_of(arrays: Mapping[str, Array], path: Path, name: str = "") -> Segment:
    """The segment those sections are. Raises InputRefused where they do not fit each other."""
    try:
        front, back, owners, sizes = (arrays[key] for key in ("front", "back", "owners", "sizes"))
        columns = {key.removeprefix(_COLUMN): part for key, part in arrays.items() if key.startswith(_COLUMN)}
        tables = None
        if len(front) >= SMALL:
            tables = Tables(**{key: arrays[f"tables.{key}"] for key in _TABLES})
        found = Segment(front, back, tables, owners, sizes, columns, name)
        sound = _sound(found)
    except (KeyError, ValueError, IndexError) as reason:
        raise InputRefused("works.index-damaged", path=str(path)) from reason
    if not sound:
        raise InputRefused("works.index-damaged", path=str(path))
    return found


def _sound(segment: Segment) -> bool:
    size = len(segment)
    whole = all(half.dtype == np.uint64 and half.shape == (size, 2) for half in (segment.front, segment.back))
    owned = segment.owners.shape == (len(segment.sizes), OWNER) and segment.owners.dtype == np.uint8
    runs = int(segment.sizes.sum()) == size or not len(segment.sizes)
    columns = all(len(column) == size for column in segment.columns.values())
    return (
        whole and owned and runs and columns and size <= MOST and (segment.tables is None or _fit(segment.tables, size))
    )


def _fit(tables: Tables, size: int) -> bool:
    layout = cut(size)
    kinds = all(getattr(tables, name).dtype == np.dtype(kind) for name, kind in _TABLES.items())
    flat = all(getattr(tables, name).ndim == 1 for name in _TABLES if name != "numbers")
    bitmap = len(tables.bits) == len(tables.ranks) == int(layout.bases[-1])
    starts = len(tables.runs) % RUN == 0 and len(tables.crowded_starts) == len(tables.crowded) + 1
    numbers = tables.numbers.shape == (size * len(layout.words), wide(size))
    return kinds and flat and bitmap and starts and numbers

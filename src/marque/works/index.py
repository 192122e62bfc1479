"""An exact index: every stored code within 31 of 256 bits of a query, none missed.

It is a row of segments that never change (`segments`), so that codes can be added without making it anew and readers
keep what they opened. Codes are numbered through all segments; those whose owner was removed are not found, until
the segments are merged (`index_growth`). A small catalogue is compared one by one, a larger one through tables, a
large one by machine code where numba is installed: the answers are the same.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.errors import InputRefused
from marque.signals.pictures.pdq import Bytes
from marque.works.segments import file, segment, stored, tables, words
from marque.works.segments.segment import Found, Segment
from marque.works.segments.words import Integers, Lanes

RADIUS = words.RADIUS
WHOLE = 100  # a vote
_KIND = "index"
_NOTHING = (np.zeros(0, np.int64),) * 3


@dataclass(frozen=True, slots=True)
class Index:
    """Codes with one small number (`votes`) each, in segments.

    `alive` says of each run of codes if it is still held; `rough` is a second number a code, that votes are made of.
    """

    segments: tuple[Segment, ...]
    votes: Bytes
    alive: Bytes = field(default_factory=lambda: np.zeros(0, np.uint8))
    rough: Bytes = field(default_factory=lambda: np.zeros(0, np.uint8))

    def __len__(self) -> int:
        return sum(len(part) for part in self.segments)

    @property
    def codes(self) -> "Codes":
        """The codes as they were given, put together when asked for: `codes[first:stop]`, `codes[numbers]`."""
        return Codes(self)

    @property
    def starts(self) -> Integers:
        """The number of the first code of each run, and the end."""
        return np.cumsum(np.concatenate([[0], *(part.sizes for part in self.segments)])).astype(np.int64)

    @property
    def owners(self) -> Bytes:
        """The name of each run's owner, 32 bytes."""
        return np.concatenate([np.zeros((0, segment.OWNER), np.uint8), *(part.owners for part in self.segments)])

    def column(self, name: str) -> "Column":
        """What a column says of each code, by number."""
        return Column(tuple((len(part), part.columns[name]) for part in self.segments))

    def lanes(self, codes: Integers) -> Lanes:
        """Some codes as segments keep them."""
        halves = (
            Column(tuple((len(part), getattr(part, half)) for part in self.segments)) for half in ("front", "back")
        )
        return np.concatenate([half[codes] for half in halves], axis=1) if len(codes) else np.zeros((0, 4), np.uint64)

    def search(self, queries: Bytes) -> Found:
        """Query number, code number and distance of every pair at most 31 apart, in that order."""
        return self.search_lanes(words.spread(queries))

    def search_lanes(self, lanes: Lanes, *, by_machine: bool | None = None) -> Found:
        """The same for queries as segments keep them; whether machine code pays may be told."""
        base, found = 0, []
        for part in self.segments:
            try:
                query, code, distance = part.search(lanes, by_machine=by_machine)
            except IndexError as reason:
                raise InputRefused("works.index-damaged", path=part.name) from reason
            found.append((query, code + base, distance))
            base += len(part)
        if len(found) != 1:
            query, code, distance = (np.concatenate(rows) for rows in zip(_NOTHING, *found, strict=True))
            order = np.lexsort((code, query))
            found = [(query[order], code[order], distance[order])]
        query, code, distance = found[0]
        if self.alive.all():
            return query, code, distance
        held = self.held(code)
        return query[held], code[held], distance[held]

    def held(self, codes: Integers) -> npt.NDArray[np.bool_]:
        """Which codes belong to a run that is alive."""
        if not len(self.alive) or self.alive.all():
            return np.ones(len(codes), np.bool_)
        return np.asarray(self.alive[self.runs(codes)] > 0, np.bool_)

    def runs(self, codes: Integers) -> Integers:
        """The run each code belongs to."""
        return np.asarray(np.searchsorted(self.starts, codes, side="right") - 1, np.int64)


@dataclass(frozen=True, slots=True)
class Column:
    """One value a code, in the parts the segments keep; asked by code numbers, or taken whole as an array."""

    parts: tuple[tuple[int, npt.NDArray[Any]], ...]

    def __len__(self) -> int:
        return sum(size for size, _ in self.parts)

    def __getitem__(self, codes: Integers) -> npt.NDArray[Any]:
        if len(self.parts) == 1:
            return np.asarray(self.parts[0][1])[codes]
        ends = np.cumsum([size for size, _ in self.parts])
        inside = np.searchsorted(ends, codes, side="right")
        shape = (len(codes), *self.parts[0][1].shape[1:]) if self.parts else (len(codes),)
        out = np.empty(shape, self.parts[0][1].dtype if self.parts else np.int64)
        for number in np.unique(inside).tolist():
            mine = inside == number
            size, part = self.parts[number]
            out[mine] = part[codes[mine] - (ends[number] - size)]
        return out

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.asarray(self[np.arange(len(self))], dtype)


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of an index, rows of 32 bytes."""

    index: Index

    def __len__(self) -> int:
        return len(self.index)

    def __getitem__(self, codes: Integers | slice) -> Bytes:
        chosen = np.arange(len(self))[codes] if isinstance(codes, slice) else codes
        return words.gathered(self.index.lanes(chosen))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.asarray(self[:], dtype)


def build(codes: Bytes, votes: Bytes | None = None) -> Index:
    """An index in memory over n x 32 bytes."""
    lanes = words.spread(codes)
    parts = tuple(segment.build(lanes[at : at + tables.MOST]) for at in range(0, len(lanes), tables.MOST))
    return Index(parts, np.full(len(lanes), WHOLE, np.uint8) if votes is None else votes)


def save(path: Path, index: Index) -> None:
    """Write the whole index into one file: readers see the old one or the new one."""
    arrays = {"votes": index.votes, "alive": index.alive, "rough": index.rough}
    for number, part in enumerate(index.segments):
        arrays |= {f"{number}.{name}": array for name, array in stored.sections(part).items()}
    file.write(path.parent, path.name, _KIND, {"segments": len(index.segments)}, arrays)


def load(path: Path) -> Index:
    """Map an index file. Raises InputRefused where it is foreign, of another version, cut short or damaged."""
    try:
        found = file.read(path, _KIND)
    except FileNotFoundError as reason:
        raise InputRefused("works.index-damaged", path=str(path)) from reason
    parts = []
    for number in range(int(found.meta.get("segments", 0))):
        mine = f"{number}."
        arrays = {name.removeprefix(mine): array for name, array in found.arrays.items() if name.startswith(mine)}
        parts.append(stored.segment_of(arrays, path, str(path)))
    return checked(Index(tuple(parts), *(found.arrays[name] for name in ("votes", "alive", "rough"))), path)


def checked(index: Index, path: Path) -> Index:
    """The index, if its votes and runs are of its codes. Raises InputRefused where not."""
    runs = sum(len(part.sizes) for part in index.segments)
    bytewise = all(part.dtype == np.uint8 for part in (index.votes, index.alive, index.rough))
    sized = len(index.votes) == len(index) and len(index.rough) in (0, len(index)) and len(index.alive) in (0, runs)
    if not (bytewise and sized):
        raise InputRefused("works.index-damaged", path=str(path))
    return index


def verify(path: Path) -> None:
    """Check every byte of an index file. Raises InputRefused where one is not as it was written."""
    file.verify(path, _KIND)

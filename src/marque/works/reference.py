"""A catalogue as matching needs it: all patches in a row, the parts of panels they lie in, and the index over them.

What units say of their patches is kept in the index's own segments and mapped, so that opening a large catalogue
reads none of them; a unit that was added or removed since is brought into the index first, and only it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from marque.works import index_store
from marque.works.blocks import Block as Block
from marque.works.blocks import blocks
from marque.works.catalogue import Catalogue
from marque.works.codes import codes_of as codes_of
from marque.works.entries import Unit
from marque.works.index import Column, Index
from marque.works.index_places import Places
from marque.works.updating import BLOCK_OF, PLACES, grown, rules, state, unit_of_run
from marque.works.votes import names, numbers

Integers = npt.NDArray[np.int64]


class Blocks(Sequence[tuple[Block, ...]]):
    """The blocks of each unit, made when they are asked for."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._made: dict[int, tuple[Block, ...]] = {}

    def __len__(self) -> int:
        return len(self._units)

    @overload
    def __getitem__(self, unit: int) -> tuple[Block, ...]: ...
    @overload
    def __getitem__(self, unit: slice) -> Sequence[tuple[Block, ...]]: ...
    def __getitem__(self, unit: int | slice) -> Any:
        if isinstance(unit, slice):
            return [self[number] for number in range(len(self))[unit]]
        if unit not in self._made:
            self._made[unit] = blocks(self._units[unit])
        return self._made[unit]


@dataclass(frozen=True, slots=True)
class UnitOf:
    """The unit of each code, by the run it belongs to; -1 for what was removed."""

    starts: Integers
    units: Integers

    def __len__(self) -> int:
        return int(self.starts[-1])

    def __getitem__(self, codes: Integers) -> Integers:
        return self.units[np.searchsorted(self.starts, codes, side="right") - 1]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.asarray(self[np.arange(len(self))], dtype)


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows are patches, in the order of the index: number of the unit, number of the block within it, place.

    All are asked by code numbers. A unit's codes stand together, in the order of its patches; units stand in any order.
    """

    units: tuple[Unit, ...]
    works: Integers  # of each unit: a number, equal for units of one work as votes count works
    blocks: Sequence[tuple[Block, ...]]  # of each unit
    unit: UnitOf
    block: Column
    places: Places  # x, y, size, angle
    index: Index

    def rows(self, unit: int) -> tuple[int, int]:
        """The first code of a unit, and the end."""
        run = int(np.flatnonzero(self.unit.units == unit)[0])
        return int(self.unit.starts[run]), int(self.unit.starts[run + 1])


@dataclass(frozen=True, slots=True)
class _Asked:
    folder: Path
    state: str
    units: tuple[Unit, ...] = field(compare=False)


def load(catalogue: Catalogue) -> Reference:
    """Everything a match asks of a catalogue. Brings the index up to date where the catalogue has changed since.

    The last ones are kept: captures are matched one after the other against the same catalogue.
    """
    units = tuple(catalogue.units())
    return _load(_Asked(catalogue.folder, state(units), units))


def kept(catalogue: Catalogue) -> bool:
    """Whether the index on disk is the catalogue's as it is now, so that other processes only have to map it."""
    held = _held(catalogue.folder / "index")
    return held is not None and held[1] == state(tuple(catalogue.units()))


@lru_cache(maxsize=2)
def _load(asked: _Asked) -> Reference:
    catalogue, folder, units = Catalogue(asked.folder), asked.folder / "index", asked.units
    held = _held(folder)
    if held is not None and held[1] == asked.state:
        return _reference(units, held[0])
    with suppress(OSError), catalogue.writing(), index_store.writing(folder):
        return _brought_up(catalogue, folder)
    *_, (index, _) = grown(catalogue, units, held[0] if held else None)  # a catalogue that may only be read
    return _reference(units, index)


def _brought_up(catalogue: Catalogue, folder: Path) -> Reference:
    """With the index made the catalogue's own again. The caller holds both locks."""
    units, held = tuple(catalogue.units()), _held(folder)
    wanted = state(units)
    if held is not None and held[1] == wanted:
        return _reference(units, held[0])
    for index, whole in grown(catalogue, units, held[0] if held else None):
        kept = index_store.commit(folder, index, wanted if whole else rules())
    return _reference(units, kept)


def _reference(units: tuple[Unit, ...], index: Index) -> Reference:
    unit_of = UnitOf(index.starts, unit_of_run(index, units))
    works = numbers([work for work, _ in names(units)])
    places = Places(index.column(PLACES))
    return Reference(units, works, Blocks(units), unit_of, index.column(BLOCK_OF), places, index)


def _held(folder: Path) -> tuple[Index, str] | None:
    """The index as it is kept, unless its votes were made by other rules."""
    found = index_store.read(folder)
    return found if found is not None and found[1].startswith(rules()) else None

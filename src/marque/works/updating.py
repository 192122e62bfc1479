"""The index of a catalogue brought up to date: units that came or went since, and the votes that hang on them.

However units came and went, votes and answers are those of an index made from nothing.
"""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.digest import sha256
from marque.works import index_growth, index_places
from marque.works.blocks import block_of, blocks
from marque.works.catalogue import Catalogue
from marque.works.codes import codes_of
from marque.works.entries import Unit
from marque.works.index import Index
from marque.works.model import VOTES_VERSION
from marque.works.votes import names, near, of_runs, owners, renewed

PLACES, BLOCK_OF = "places", "block"  # columns of the index
_PORTION = 1_000_000  # codes brought in together: bounds memory, and keeps what was done if the rest is interrupted

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def rules() -> str:
    """How a state begins: by the rules its votes were made by."""
    return f"{VOTES_VERSION}:"


def state(units: Sequence[Unit]) -> str:
    """What an index was made of."""
    return rules() + sha256(b"".join(_name(unit) for unit in units))


def _name(unit: Unit) -> bytes:
    """32 bytes that change with all that the index takes from a unit."""
    places = [part for o in unit.panels for part in (o.place.x, o.place.y, o.place.w, o.place.h)]
    texts = "\0".join([*unit.key, unit.digest, ""]).encode()  # names hold nothing unprintable
    return hashlib.sha256(texts + struct.pack(f"<q{len(places)}q", unit.height, *places)).digest()


def unit_of_run(index: Index, units: Sequence[Unit]) -> Integers:
    """The number of the unit that each run of the index belongs to; -1 for none of these."""
    number = {_name(unit): at for at, unit in enumerate(units)}
    alive = zip(index.owners, index.alive.tolist(), strict=True)
    return np.array([number.get(owner.tobytes(), -1) if held else -1 for owner, held in alive], np.int64)


def grown(catalogue: Catalogue, units: Sequence[Unit], index: Index | None) -> Iterator[tuple[Index, bool]]:
    """The index with these units and no others, in steps, and whether it is whole."""
    index = index or index_growth.empty()
    of_run = unit_of_run(index, units)
    missing = sorted(set(range(len(units))) - set(of_run.tolist()))
    gone = (index.alive > 0) & (of_run < 0)
    touched = near(index, of_runs(index, np.flatnonzero(gone | _renamed(units, of_run))))
    index, left = index_growth.removed(index, gone), len(missing)
    for some in _portions(catalogue, [units[at] for at in missing]) if missing else [[]]:
        held, left = len(index), left - len(some)
        index = _with(index, some)
        touched = np.r_[touched, np.zeros(len(index) - held, np.bool_)]
        whose = owners(units, unit_of_run(index, units))
        index = renewed(index, whose, np.arange(len(index)) >= held, touched, index.column(BLOCK_OF))
        index = index_growth.merged(index)
        touched = np.zeros(len(index), np.bool_)
        yield index, not left


def _renamed(units: Sequence[Unit], of_run: Integers) -> Flags:
    """Runs of units that votes count under another name since a unit with the same pictures came."""
    kept = sorted(set(of_run[of_run >= 0].tolist()))
    after, before = names(units), names([units[at] for at in kept])
    changed = [at for at, name in zip(kept, before, strict=True) if name != after[at]]
    return np.isin(of_run, changed)


def _portions(catalogue: Catalogue, units: Sequence[Unit]) -> Iterator[list[tuple[Unit, pa.Table]]]:
    some: list[tuple[Unit, pa.Table]] = []
    for unit in units:
        some.append((unit, catalogue.patches(unit)))
        if sum(table.num_rows for _, table in some) >= _PORTION:
            yield some
            some = []
    if some:
        yield some


def _with(index: Index, some: Sequence[tuple[Unit, pa.Table]]) -> Index:
    """With the patches of some units behind those held."""
    if not some:
        return index
    names_of = np.frombuffer(b"".join(_name(unit) for unit, _ in some), np.uint8).reshape(-1, 32)
    sizes = np.array([table.num_rows for _, table in some], np.uint32)
    places = [np.stack([table[name].to_numpy() for name in ("x", "y", "size", "angle")], axis=1) for _, table in some]
    lie_in = [block_of(table["panel"].to_numpy(), table["y"].to_numpy(), blocks(unit)) for unit, table in some]
    columns: dict[str, npt.NDArray[Any]] = {
        PLACES: index_places.packed(np.concatenate(places)),
        BLOCK_OF: np.concatenate(lie_in).astype(np.uint16),
    }
    return index_growth.added(index, names_of, sizes, np.concatenate([codes_of(t["code"]) for _, t in some]), columns)

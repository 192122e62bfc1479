"""However units come and go, votes and answers are those of an index made from nothing."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.works import index, reference
from marque.works.blocks import block_of, blocks
from marque.works.catalogue import Catalogue
from marque.works.entries import Outline, Unit
from marque.works.model import UNIT_PATCHES
from marque.works.reference import Reference
from marque.works.strip import Rectangle
from marque.works.votes import MANY_PLACES, MANY_UNITS, names

Drawn = tuple[str, str, str, int]  # work, unit, language, what it shows


def patches(shows: int, size: int = 24) -> pa.Table:
    """Patches in three panels: some of a card that others show too, some its own; small changes of each."""
    rng = np.random.default_rng(shows)
    ancestors = np.random.default_rng(shows % 3).random((40, 256)) < 0.5
    own = rng.random((10, 256)) < 0.5
    bits = np.concatenate([ancestors[rng.integers(0, 40, size // 2)], own[rng.integers(0, 10, size - size // 2)]])
    codes = np.packbits(bits ^ (rng.random((size, 256)) < rng.choice([0.0, 0.03, 0.07])), axis=1)
    panel = np.sort(rng.integers(0, 3, size)).astype(np.int32)
    y = (panel * 500 + rng.integers(0, 480, size)).astype(np.float32)
    rest = [rng.random(size).astype(np.float32) * 100 for _ in range(3)]
    coded = pa.FixedSizeBinaryArray.from_buffers(pa.binary(32), size, [None, pa.py_buffer(codes.tobytes())])
    arrays = [pa.array(panel), pa.array(rest[0]), pa.array(y), pa.array(rest[1]), pa.array(rest[2]), coded]
    return pa.Table.from_arrays(arrays, schema=UNIT_PATCHES)


def keep(catalogue: Catalogue, drawn: Drawn) -> None:
    work, unit, language, shows = drawn
    outlines = tuple(Outline(n, Rectangle(0, n * 500, 700, 490), None) for n in range(3))
    catalogue.keep_unit(Unit(work, unit, language, 1500, f"{shows:064x}", outlines), patches(shows))


def drop(catalogue: Catalogue, drawn: Drawn) -> None:
    for path in (catalogue.folder / "units").glob(f"{Unit(*drawn[:3], 0, '', ()).stem}*"):
        path.unlink()


def said(loaded: Reference) -> dict[tuple[str, ...], list[tuple[int, ...]]]:
    """Of each unit: vote, block and place of each patch."""
    found: dict[tuple[str, ...], list[tuple[int, ...]]] = {}
    for number, unit in enumerate(loaded.units):
        rows = np.arange(*loaded.rows(number))
        assert set(loaded.unit[rows].tolist()) == {number}
        places = (loaded.places[rows] * 16).astype(int).tolist()
        marks = zip(loaded.index.votes[rows].tolist(), loaded.block[rows].tolist(), places, strict=True)
        found[unit.key] = [(vote, block, *place) for vote, block, place in marks]
    return found


def asked_of_all(units: Sequence[Unit]) -> dict[tuple[str, ...], list[int]]:
    """The votes by comparing every code with every other."""
    tables = [patches(int(unit.digest, 16)) for unit in units]
    codes = np.concatenate([reference.codes_of(table["code"]) for table in tables])
    owner = np.repeat(np.arange(len(units)), [table.num_rows for table in tables])
    lie_in = [block_of(t["panel"].to_numpy(), t["y"].to_numpy(), blocks(u)) for t, u in zip(tables, units, strict=True)]
    block = np.concatenate(lie_in)
    near = np.bitwise_count(codes[:, None] ^ codes[None]).sum(axis=2) <= index.RADIUS
    rough = [_vote(np.flatnonzero(row), owner, names(units)) for row in near]
    votes = np.array(rough)
    for unit, part in {(int(u), int(b)) for u, b in zip(owner, block, strict=True)}:
        mine = (owner == unit) & (block == part)
        if np.mean(np.array(rough)[mine] == 0) >= 0.5:
            votes[mine] = 0
    return {unit.key: votes[owner == number].tolist() for number, unit in enumerate(units)}


def _vote(met: npt.NDArray[np.int64], owner: npt.NDArray[np.int64], shown: list[tuple[str, str]]) -> int:
    units, editions = {shown[owner[code]] for code in met}, {int(owner[code]) for code in met}
    if len({work for work, _ in units}) > 1 or len(units) > MANY_UNITS or len(met) // len(editions) > MANY_PLACES:
        return 0
    return 100 // len(units)


drawn = st.tuples(
    st.sampled_from(["a", "b"]), st.sampled_from(["1", "2", "3"]), st.sampled_from(["en", "ko"]), st.integers(0, 8)
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.booleans(), drawn), min_size=1, max_size=8), st.sets(st.integers(0, 8)))
def test_any_order_of_adding_and_removing_gives_what_asking_all_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, Drawn]], looks: set[int]
) -> None:
    made = Catalogue.create(tmp_path_factory.mktemp("c") / "c")
    for number, (removing, strip) in enumerate(steps):
        (drop if removing else keep)(made, strip)
        if number in looks:
            reference.load(made)
    loaded = reference.load(made)
    anew = Catalogue.create(tmp_path_factory.mktemp("anew") / "c")
    for unit in loaded.units:
        keep(anew, (*unit.key, int(unit.digest, 16)))
    assert said(loaded) == said(reference.load(anew))
    if loaded.units:
        votes = {key: [row[0] for row in rows] for key, rows in said(loaded).items()}
        assert votes == asked_of_all(loaded.units)

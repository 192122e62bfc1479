"""Rasters as a table and back, whatever a stranger's table holds."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works import packed
from marque.works.cover import identify, model, reference

RNG = np.random.default_rng(4)


@pytest.mark.parametrize("rows", [24, 72, 108])
def test_rasters_come_back(rows: int) -> None:
    coarse, fine = (RNG.integers(-1, 2, (tall, cells)).astype(np.int8) for tall, cells in ((rows // 3, 16), (rows, 48)))
    table = model.as_table((coarse, fine))
    assert table.schema.equals(model.TABLE)
    again = packed.unpack(packed.pack(table), model.TABLE, "x")
    assert np.array_equal(model.of_table(again, model.COARSE), coarse)
    assert np.array_equal(model.of_table(again, model.FINE), fine)


@given(st.binary(max_size=140).map(lambda data: data[: len(data) // 14 * 14]))
def test_any_bytes_of_whole_rows_are_survived(data: bytes) -> None:
    table = packed.unpack(data, model.TABLE, "x")
    shelf = reference.build([table])
    assert all(abs(found.score) <= 1 for found in identify.identify(table, shelf))


def test_a_catalogue_without_covers_names_none() -> None:
    assert identify.identify(model.TABLE.empty_table(), reference.build([])) == []
    full = model.as_table((np.ones((24, 16), np.int8), np.ones((72, 48), np.int8)))
    assert identify.identify(full, reference.build([])) == []
    assert identify.identify(full, reference.build([pa.Table.from_batches([], schema=model.TABLE)])) == []

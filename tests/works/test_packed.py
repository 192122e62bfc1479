"""Tables as plain bytes: there and back, and nothing of another length or with numbers that are none."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.errors import InputRefused
from marque.works import packed

SCHEMA = pa.schema([("a", pa.int32()), ("b", pa.float32()), ("c", pa.binary(4)), ("d", pa.uint64())])
ROW = st.tuples(
    st.integers(-(2**31), 2**31 - 1),
    st.floats(width=32, allow_nan=False, allow_infinity=False),
    st.binary(min_size=4, max_size=4),
    st.integers(0, 2**64 - 1),
)


@given(st.lists(ROW, max_size=20))
def test_there_and_back(rows: list[tuple[object, ...]]) -> None:
    table = pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA)
    data = packed.pack(table)
    assert len(data) == packed.width(SCHEMA) * len(rows)
    assert packed.unpack(data, SCHEMA, "x").equals(table)
    assert packed.digest(table) == packed.digest(packed.unpack(data, SCHEMA, "x"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = packed.unpack(data, SCHEMA, "x")
    except InputRefused as refused:
        assert refused.code == "works.table-misshapen"
    else:
        assert packed.pack(table) == data


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    schema = pa.schema([("b", pa.float32())])
    with pytest.raises(InputRefused):
        packed.unpack(np.array([1, number], "<f4").tobytes(), schema, "x")


def test_nothing_may_be_null() -> None:
    with pytest.raises(ValueError, match="a"):
        packed.pack(pa.table({"a": pa.array([1, None], pa.int32())}))

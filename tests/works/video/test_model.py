"""A fingerprint of film survives packing, and what is none is refused."""

import pyarrow as pa
import pytest

from marque.errors import InputRefused
from marque.works import packed
from marque.works.video.model import CODE_BYTES, TABLE, read


def table(rows: int) -> pa.Table:
    columns = {name: list(range(rows)) for name in ("time", "lasts", "x", "y", "size")}
    codes = [bytes([number]) * CODE_BYTES for number in range(rows)]
    return pa.table({**columns, "kind": [number % 2 for number in range(rows)], "code": codes}, schema=TABLE)


@pytest.mark.parametrize("rows", [0, 1, 50])
def test_it_travels_packed(rows: int) -> None:
    given = table(rows)
    assert packed.unpack(packed.pack(given), TABLE, "film").equals(given)
    found = read(given)
    assert len(found) == rows
    assert found.seconds == (2 * (rows - 1) / 1000 if rows else 0.0)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(pa.table({"time": pa.array([1], pa.uint32())}), id="another-table"),
        pytest.param(
            pa.Table.from_arrays([pa.nulls(1, field.type) for field in TABLE], schema=TABLE), id="nothing-in-it"
        ),
    ],
)
def test_what_is_no_fingerprint_is_refused(other: pa.Table) -> None:
    with pytest.raises(InputRefused) as refused:
        read(other, "film")
    assert refused.value.code == "works.film-fingerprint-version"

"""Codes come out of tables as they went in, whatever pieces the table is in."""

import numpy as np
import pyarrow as pa
import pytest

from marque.works.codes import codes_of

CODES = np.random.default_rng(1).integers(0, 256, (40, 32), np.uint8)


def column(*pieces: slice) -> pa.ChunkedArray:
    whole = pa.array([code.tobytes() for code in CODES], pa.binary(32))
    return pa.chunked_array([whole[piece] for piece in pieces], pa.binary(32))


@pytest.mark.parametrize(
    ("pieces", "rows"),
    [
        pytest.param([], [], id="none"),
        pytest.param([slice(0, 40)], range(40), id="whole"),
        pytest.param([slice(3, 9), slice(9, 9), slice(20, 40)], [*range(3, 9), *range(20, 40)], id="pieces"),
    ],
)
def test_codes_in_pieces(pieces: list[slice], rows: list[int]) -> None:
    assert codes_of(column(*pieces)).tolist() == CODES[list(rows)].tolist()


def test_a_filtered_column() -> None:
    held = pa.table({"code": column(slice(0, 40))}).filter(pa.array([n % 3 == 0 for n in range(40)]))
    assert codes_of(held["code"]).tolist() == CODES[::3].tolist()

"""What the fingerprint of a cover is: two rasters that say where the picture is lighter or darker than around.

A row is one row of one raster, two bits a cell. What it gives away: a relief, 48 cells wide, of a picture that is made
to be shown. It is no copy of the work, and no page of it.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

VERSION = 1  # of the pixel path and the rasters: fingerprints of another version are not comparable

COARSE, FINE = 16, 48  # cells across
TALLEST, FLATTEST = 2.25, 0.5  # height to width; beyond it nothing is kept
_BYTES = FINE // 8

Raster = npt.NDArray[np.int8]  # rows x cells: 1 lighter than around, -1 darker, 0 neither

TABLE = pa.schema(
    [
        ("cells", pa.uint8()),  # across: which raster the row is of
        ("row", pa.uint8()),
        ("lighter", pa.binary(_BYTES)),
        ("darker", pa.binary(_BYTES)),
    ],
    metadata={"marque.table": "cover-fingerprint", "marque.version": str(VERSION)},
)


def as_table(rasters: tuple[Raster, Raster]) -> pa.Table:
    """TABLE of the coarse and the fine raster of one cover."""
    rows = [
        {"cells": cells, "row": at, "lighter": _packed(line > 0), "darker": _packed(line < 0)}
        for cells, raster in zip((COARSE, FINE), rasters, strict=True)
        for at, line in enumerate(raster)
    ]
    return pa.Table.from_pylist(rows, schema=TABLE)


def of_table(table: pa.Table, cells: int) -> Raster:
    """One raster of a table again. Rows that no cover of ours has (a stranger's table may have any) are passed over."""
    raster = np.zeros((tallest(cells), cells), np.int8)
    table = table.slice(0, tallest(COARSE) + tallest(FINE))  # a cover has no more
    row = table["row"].to_numpy()
    chosen = np.flatnonzero((table["cells"].to_numpy() == cells) & (row < len(raster)))
    raster[row[chosen]] = _unpacked(table["lighter"], cells)[chosen] - _unpacked(table["darker"], cells)[chosen]
    return raster[: int(row[chosen].max(initial=0)) + 1] if len(chosen) else raster[:0]


def tallest(cells: int) -> int:
    """How many rows a raster may have."""
    return int(cells * TALLEST)


def _packed(bits: npt.NDArray[np.bool_]) -> bytes:
    return np.packbits(bits).tobytes().ljust(_BYTES, b"\0")


def _unpacked(column: pa.ChunkedArray, cells: int) -> Raster:
    data = np.frombuffer(b"".join(column.to_pylist()), np.uint8).reshape(-1, _BYTES)
    return np.unpackbits(data, axis=1, count=cells).astype(np.int8)

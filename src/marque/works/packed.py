"""A table of fixed-width columns as plain bytes, and back.

What partners send is read in this form and no other: whoever reads it multiplies and compares, and runs no format's
reader over a stranger's bytes. Columns stand one after the other, little-endian, in the schema's order.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from marque.digest import sha256
from marque.errors import InputRefused

MOST_ROWS = 20_000_000


def width(schema: pa.Schema) -> int:
    """Bytes of a row."""
    return sum(_bytes(field.type) for field in schema)


def pack(table: pa.Table) -> bytes:
    """The table's bytes; nothing may be null."""
    parts = []
    for field, column in zip(table.schema, table.columns, strict=True):
        if column.null_count:
            raise ValueError(field.name)
        if pa.types.is_fixed_size_binary(field.type):
            parts.append(b"".join(column.to_pylist()))
        else:
            parts.append(column.to_numpy().astype(_dtype(field.type)).tobytes())
    return b"".join(parts)


def unpack(data: bytes, schema: pa.Schema, name: str) -> pa.Table:
    """The table those bytes are. Raises InputRefused where they are of another length, or a number is none."""
    rows, rest = divmod(len(data), width(schema))
    if rest or rows > MOST_ROWS:
        raise InputRefused("works.table-misshapen", file=name)
    columns, at = [], 0
    for field in schema:
        end = at + rows * _bytes(field.type)
        columns.append(_column(data[at:end], field.type, rows, name))
        at = end
    return pa.Table.from_arrays(columns, schema=schema)


def digest(table: pa.Table) -> str:
    """SHA-256 of the packed table: the same wherever and however the table was stored."""
    return sha256(pack(table))


def _column(data: bytes, kind: pa.DataType, rows: int, name: str) -> pa.Array:
    if pa.types.is_fixed_size_binary(kind):
        return pa.FixedSizeBinaryArray.from_buffers(kind, rows, [None, pa.py_buffer(data)])
    values = np.frombuffer(data, _dtype(kind))
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise InputRefused("works.table-misshapen", file=name)
    return pa.array(values.astype(values.dtype.newbyteorder("=")), kind)


def _bytes(kind: pa.DataType) -> int:
    return int(kind.byte_width)


def _dtype(kind: pa.DataType) -> np.dtype[Any]:
    found: np.dtype[Any] = np.dtype(kind.to_pandas_dtype()).newbyteorder("<")
    return found

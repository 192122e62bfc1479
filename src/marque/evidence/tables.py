"""Tables on disk: Parquet with the schema's name and version inside, written sorted and whole or not at all."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from marque.errors import InputRefused, WrongUsage

_NAME, _VERSION = b"marque.table", b"marque.version"


def of_rows(schema: pa.Schema, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """A table of plain mappings, in the schema's columns and order."""
    return pa.Table.from_pylist(list(rows), schema=schema)


def ordered(table: pa.Table) -> pa.Table:
    """Sorted by every scalar column in turn, so that the same rows always make the same file."""
    keys = [
        (column.name, "ascending")
        for column in table.schema
        if not (pa.types.is_nested(column.type) or pa.types.is_binary(column.type))
    ]
    return table.sort_by(keys) if keys and table.num_rows > 1 else table


def write(path: Path, table: pa.Table, *, sort: bool = True, sync: bool = True) -> None:
    """Write a table beside its place, sync it, and rename it there. Without `sync` it must be settled before use."""
    aside = path.with_name(path.name + ".part")
    with aside.open("wb") as stream:
        pq.write_table(ordered(table) if sort else table, stream, compression="zstd")
        if sync:
            stream.flush()
            os.fsync(stream.fileno())
    aside.rename(path)


def settle(paths: Iterable[Path]) -> None:
    """Make tables durable that were written without sync: their bytes, then their names."""
    folders = {}
    for path in paths:
        sync(path)
        folders[path.parent] = True
    for folder in folders:
        sync(folder)


def sync(path: Path) -> None:
    """Make the bytes of a file, or the names in a folder, last."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path, schema: pa.Schema) -> pa.Table:
    """Read a table and make sure that it is the one meant, in a version this code knows."""
    if not path.exists():
        raise WrongUsage("evidence.table-missing", path=str(path))
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as reason:
        raise InputRefused("evidence.table-unreadable", path=str(path)) from reason
    found = table.schema.metadata or {}
    wanted = schema.metadata
    if (found.get(_NAME), found.get(_VERSION)) != (wanted[_NAME], wanted[_VERSION]):
        raise InputRefused(
            "evidence.table-foreign",
            path=str(path),
            found=f"{found.get(_NAME, b'?').decode()} {found.get(_VERSION, b'?').decode()}",
            wanted=f"{wanted[_NAME].decode()} {wanted[_VERSION].decode()}",
        )
    return table

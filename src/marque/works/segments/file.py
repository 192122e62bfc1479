"""Arrays in a file that is mapped, not read: a header, a table of contents, and sections that start on 64 bytes.

Opening checks the header, the checksum of the table of contents and the length, whatever the size; a small file is
checked whole. `verify` checks every section. What is foreign, of another version, cut short or altered is refused.
"""

import json
import os
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.digest import canonical_json, sha256
from marque.errors import InputRefused

Array = npt.NDArray[Any]

_MAGIC = b"marqueix"
VERSION = 4
_HEADER = struct.Struct("<8sIIQI")  # magic, version, length of the contents, length of the file, CRC-32 of both
_ALIGNED = 64
_SMALL = 1 << 22  # bytes: checked whole when opened
_MOST_CONTENTS = 1 << 20
_TYPES = {"u1", "<u2", "<u4", "<u8", "<i4", "<f4"}


@dataclass(frozen=True, slots=True)
class Sections:
    """What a file holds. `name` is made of the checksums of all of it."""

    meta: Mapping[str, Any]
    arrays: Mapping[str, Array]
    name: str


def write(folder: Path, name: str | None, kind: str, meta: Mapping[str, Any], arrays: Mapping[str, Array]) -> str:
    """Write beside its place, sync, check, rename. Without a name the file is named by its content."""
    rows: list[list[Any]] = []
    at = 0
    whole = {key: _plain(array) for key, array in arrays.items()}
    for key, array in whole.items():
        after = _aligned(at + array.nbytes)
        check = zlib.crc32(bytes(after - at - array.nbytes), zlib.crc32(_data(array)))
        rows.append([key, _type(array), list(array.shape), at, check])
        at = after
    contents = canonical_json({"kind": kind, "meta": dict(meta), "sections": rows})
    begin = _aligned(_HEADER.size + len(contents))
    name = name or f"{sha256(contents)[:32]}.{kind}"
    aside = folder / f"{name}.part"
    with aside.open("wb") as stream:
        stream.write(_header(len(contents), begin + at, contents) + contents)
        for row, array in zip(rows, whole.values(), strict=True):
            stream.seek(begin + row[3])
            stream.write(_data(array))
        stream.truncate(begin + at)
        stream.flush()
        os.fsync(stream.fileno())
    verify(aside, kind)
    aside.rename(folder / name)
    sync(folder)
    return name


def sync(folder: Path) -> None:
    """Make renames in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path, kind: str) -> Sections:
    """Map a file of that kind. Raises FileNotFoundError where there is none, InputRefused where it is not sound."""
    data, begin, contents, name = _opened(path)
    try:
        arrays = {row[0]: _section(data, begin, row) for row in contents["sections"]}
        meta = contents["meta"]
        if contents["kind"] != kind or not isinstance(meta, dict):
            raise InputRefused("works.index-foreign", path=str(path))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as reason:
        raise InputRefused("works.index-damaged", path=str(path)) from reason
    if len(data) <= _SMALL:
        _check(path, data[begin:], contents, arrays)
    return Sections(meta, arrays, name)


def verify(path: Path, kind: str) -> None:
    """Check every byte of a file. Raises InputRefused where one is not as it was written."""
    found, (data, begin, contents, _) = read(path, kind), _opened(path)
    _check(path, data[begin:], contents, found.arrays)


def _opened(path: Path) -> tuple[npt.NDArray[np.uint8], int, dict[str, Any], str]:
    try:
        data = np.memmap(path, np.uint8, "r").view(np.ndarray)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as reason:
        raise InputRefused("works.index-damaged", path=str(path)) from reason
    if len(data) < _HEADER.size or bytes(data[:8]) != _MAGIC:
        raise InputRefused("works.index-foreign", path=str(path))
    header = bytes(data[: _HEADER.size])
    _, version, length, size, _ = _HEADER.unpack(header)
    if version != VERSION:
        raise InputRefused("works.index-version", path=str(path), version=version)
    contents = bytes(data[_HEADER.size : _HEADER.size + min(length, _MOST_CONTENTS)])
    begin = _aligned(_HEADER.size + length)
    if header != _header(length, size, contents) or size != len(data) or data[_HEADER.size + length : begin].any():
        raise InputRefused("works.index-damaged", path=str(path))
    return data, begin, json.loads(contents), sha256(contents)[:32]


def _header(length: int, size: int, contents: bytes) -> bytes:
    check = zlib.crc32(contents, zlib.crc32(struct.pack("<QQ", length, size)))
    return _HEADER.pack(_MAGIC, VERSION, length, size, check)


def _section(data: npt.NDArray[np.uint8], begin: int, row: list[Any]) -> Array:
    _, kind, shape, at, _ = row
    if kind not in _TYPES or not all(isinstance(part, int) and part >= 0 for part in (*shape, at)):
        raise ValueError(row)
    length = prod(shape) * np.dtype(kind).itemsize
    if begin + at + length > len(data):
        raise ValueError(row)
    found: Array = data[begin + at : begin + at + length].view(kind).reshape(shape)
    return found


def _check(path: Path, data: npt.NDArray[np.uint8], contents: dict[str, Any], arrays: Mapping[str, Array]) -> None:
    """Every section with the zeros behind it, and that nothing lies between."""
    end = 0
    for key, _, _, at, check in contents["sections"]:
        after = _aligned(at + arrays[key].nbytes)
        if at != end or zlib.crc32(data[at:after].data) != check:
            raise InputRefused("works.index-damaged", path=str(path))
        end = after
    if end != len(data):
        raise InputRefused("works.index-damaged", path=str(path))


def _plain(array: Array) -> Array:
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<"))


def _type(array: Array) -> str:
    found = array.dtype.str.replace("|", "")
    if found not in _TYPES:
        raise TypeError(found)
    return found


def _data(array: Array) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


def _aligned(at: int) -> int:
    return -(-at // _ALIGNED) * _ALIGNED

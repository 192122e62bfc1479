"""The fingerprint of a film file, or of a captured payload. It needs no catalogue and is made once.

Frames stream through, so that a long film costs no more memory than a short one. Of a file that is damaged or cut, what
can be read is fingerprinted, and the table's metadata say that it was cut.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from marque.signals.pictures.pdq import distance
from marque.works.audio.decoding.descriptors import held, opened
from marque.works.video.codes import PLACES, Looks, look
from marque.works.video.decoding.decoder import CPU_SECONDS, End, Frame, decoded
from marque.works.video.model import CODE_BYTES, DAMAGED, FRAME, PLACE, TABLE, Bytes, Grey
from marque.works.video.trim import trimmed

STILL = 10  # bits: frames this near show the same, nothing moves
STILL_MOST = 10_000  # milliseconds that one row may stand for
PLACES_IN = 1_000  # milliseconds in which as many places are kept as a frame may have

_Row = tuple[int, int, Looks]  # time, how long it lasts, what it looks like


def fingerprint(path: Path, name: str, seconds: int = CPU_SECONDS) -> pa.Table:
    """The table TABLE of a file. Raises InputRefused where it holds no film that can be read."""
    with opened(path, name, "works.film-unreadable") as descriptor:
        return _of(descriptor, name, seconds)


def of_bytes(data: bytes, name: str) -> pa.Table:
    """The table TABLE of a captured payload."""
    with held(data) as descriptor:
        return _of(descriptor, name, CPU_SECONDS)


def _of(descriptor: int, name: str, seconds: int) -> pa.Table:
    ends: list[End] = []
    rows = list(_stills(_looked(trimmed(_frames(decoded(descriptor, name, seconds), ends))), ends))
    table = _table(rows)
    if not ends[0].cut:
        return table
    return table.replace_schema_metadata({**TABLE.metadata, DAMAGED: name.encode("utf-8", "replace")})


def _frames(said: Iterator[Frame | End], ends: list[End]) -> Iterator[tuple[int, Grey]]:
    for each in said:
        if isinstance(each, End):
            ends.append(each)
        else:
            yield each.time, each.grey


def _looked(frames: Iterator[tuple[int, Grey]]) -> Iterator[tuple[int, Looks]]:
    """What frames look like; those that follow each other quickly share the places of a second."""
    last = -PLACES_IN
    for time, grey in frames:
        yield time, look(grey, min(PLACES, max(1, PLACES * (time - last) // PLACES_IN)))
        last = time


def _stills(looks: Iterator[tuple[int, Looks]], ends: list[End]) -> Iterator[_Row]:
    """Each frame with how long it lasts; what stands still is one."""
    held: tuple[int, Looks] | None = None
    for time, seen in looks:
        if held is not None and time - held[0] < STILL_MOST and distance(held[1].whole, seen.whole) <= STILL:
            continue
        if held is not None:
            yield held[0], time - held[0], held[1]
        held = time, seen
    if held is not None:
        yield held[0], max(0, ends[0].time - held[0]), held[1]


def _table(rows: list[_Row]) -> pa.Table:
    numbers, codes = [np.zeros((0, 6))], [np.zeros((0, CODE_BYTES), np.uint8)]
    for time, lasts, seen in rows:
        if not seen.plain:
            numbers.append(np.array([[time, lasts, FRAME, 0, 0, 0]], np.float64))
            codes.append(seen.whole[None])
        many = len(seen.codes)
        numbers.append(np.column_stack([np.tile([time, lasts, PLACE], (many, 1)), np.rint(seen.places)]))
        codes.append(seen.codes)
    columns = np.concatenate(numbers).T
    arrays = [
        pa.array(column.astype(field.type.to_pandas_dtype())) for column, field in zip(columns, TABLE, strict=False)
    ]
    return pa.Table.from_arrays([*arrays, _binary(np.concatenate(codes))], schema=TABLE)


def _binary(codes: Bytes) -> pa.Array:
    data = pa.py_buffer(np.ascontiguousarray(codes).tobytes())
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(CODE_BYTES), len(codes), [None, data])

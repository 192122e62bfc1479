"""What a fingerprint of sound is: places in time and pitch that the sound itself chooses, each with a code.

A fingerprint lets nobody hear the work again. Fingerprints of different VERSION are not comparable.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.errors import InputRefused

VERSION = 1
CODE_BYTES = 32

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

# One row a code, in order of time and pitch; columns of fixed width, because fingerprints travel packed.
TABLE = pa.schema(
    [
        ("seconds", pa.float32()),  # of the whole file
        ("time", pa.float32()),  # seconds from its beginning
        ("pitch", pa.float32()),  # semitones above the lowest pitch looked at
        ("code", pa.binary(CODE_BYTES)),
    ],
    metadata={"marque.table": "audio-fingerprint", "marque.version": str(VERSION)},
)


@dataclass(frozen=True, slots=True)
class Codes:
    """A fingerprint as arrays: `seconds` of the whole file, and for each code its time, its pitch and its bits."""

    seconds: float
    time: Floats
    pitch: Floats
    codes: Bytes  # n x 32


def read(table: pa.Table) -> Codes:
    """The fingerprint in a table. Raises InputRefused where it is of another version or no fingerprint of sound."""
    said = table.schema.metadata or {}
    if not table.schema.equals(TABLE) or said.get(b"marque.version") != str(VERSION).encode():
        raise InputRefused("works.sound-fingerprint-version", file="")
    seconds = float(table["seconds"][0].as_py()) if table.num_rows else 0.0
    joined = b"".join(table["code"].to_pylist())
    codes = np.frombuffer(joined, np.uint8).reshape(-1, CODE_BYTES)
    time, pitch = (table[column].to_numpy().astype(np.float32) for column in ("time", "pitch"))
    if not (np.isfinite(time).all() and np.isfinite(pitch).all() and np.isfinite(seconds)):
        raise InputRefused("works.sound-fingerprint-version", file="")
    return Codes(seconds, time, pitch, codes)


def table(found: Codes) -> pa.Table:
    """A fingerprint as a table, by time and pitch. Sound in which nothing was found has no rows."""
    order = np.lexsort((found.pitch, found.time))
    columns = {
        "seconds": pa.array(np.full(len(order), found.seconds, np.float32)),
        "time": pa.array(found.time[order]),
        "pitch": pa.array(found.pitch[order]),
        "code": pa.array([code.tobytes() for code in found.codes[order]], pa.binary(CODE_BYTES)),
    }
    return pa.table(columns, schema=TABLE)

"""What a fingerprint of film is: codes of whole frames and of places within them, each with its time.

It lets nobody see the work again; whoever has a frame can confirm that it is one. It holds no sound and no names.
Fingerprints of different VERSION are not comparable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.errors import InputRefused

VERSION = 1  # of decoding, choosing frames, trimming and codes
CODE_BYTES = 32
FRAME, PLACE = 0, 1  # a row is of a whole frame, or of a place in one
UNIT = 10_000  # places are given in so many parts of the frame's width

Bytes = npt.NDArray[np.uint8]
Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Grey = npt.NDArray[np.uint8]

# In order of time, the frame before its places. What stands still is one row that lasts.
TABLE = pa.schema(
    [
        ("time", pa.uint32()),  # milliseconds from the beginning
        ("lasts", pa.uint32()),  # milliseconds until the next frame that was looked at and looks different
        ("kind", pa.uint8()),
        ("x", pa.uint16()),
        ("y", pa.uint16()),
        ("size", pa.uint16()),  # of a place's patch; 0 for a frame
        ("code", pa.binary(CODE_BYTES)),
    ],
    metadata={"marque.table": "video-fingerprint", "marque.version": str(VERSION)},
)
DAMAGED = b"marque.damaged"  # in a table's metadata: what of the file could not be read


@dataclass(frozen=True, slots=True)
class Codes:
    """A fingerprint as arrays; times in seconds."""

    time: Floats
    lasts: Floats
    kind: Bytes
    x: Floats
    y: Floats
    size: Floats
    code: Bytes  # n x 32

    def __len__(self) -> int:
        return len(self.time)

    def only(self, rows: Integers | npt.NDArray[np.bool_]) -> "Codes":
        """Some of the rows."""
        return Codes(*(getattr(self, name)[rows] for name in self.__slots__))

    @property
    def seconds(self) -> float:
        """Up to the end of the last frame that has a code."""
        return float((self.time + self.lasts).max(initial=0.0))


def read(table: pa.Table, name: str = "") -> Codes:
    """The fingerprint in a table. Raises InputRefused where it is none."""
    if not table.schema.equals(TABLE) or any(column.null_count for column in table.columns):
        raise InputRefused("works.film-fingerprint-version", file=name)
    code = np.frombuffer(b"".join(table["code"].to_pylist()), np.uint8).reshape(-1, CODE_BYTES)
    time, lasts, x, y, size = (table[column].to_numpy().astype(np.float64) for column in _NUMBERS)
    return Codes(time / 1000, lasts / 1000, table["kind"].to_numpy(), x, y, size, code)


def joined(parts: Sequence[Codes]) -> Codes:
    """Several fingerprints one after the other."""
    none = np.zeros(0)
    empty = Codes(none, none, none.astype(np.uint8), none, none, none, np.zeros((0, CODE_BYTES), np.uint8))
    whole = [empty, *parts]
    return Codes(*(np.concatenate([getattr(part, name) for part in whole]) for name in Codes.__slots__))


_NUMBERS = ("time", "lasts", "x", "y", "size")

"""Where the patch of each code of an index lies, in ten bytes: some hundred times finer than what placing allows for.

Across in 64ths of a strip unit, down as a number of 32 bits (a strip has no end), sizes to a half per mille, angles
to a 180th of a degree.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.works.index import Column
from marque.works.segments.words import Integers

_ACROSS, _TURN, _MOST = 64, 1 << 16, (1 << 16) - 1
_LEAST_SIZE, _MOST_SIZE = 2.0**-10, 65_504.0  # of 16 bits

Floats = npt.NDArray[np.float32]


def packed(places: npt.NDArray[np.floating]) -> npt.NDArray[np.uint16]:
    """Rows of x, y, size and angle, in strip units and degrees, as rows of ten bytes."""
    rows = np.asarray(places, np.float64)
    out = np.empty((len(rows), 5), np.uint16)
    out[:, 0] = np.clip(np.rint(rows[:, 0] * _ACROSS), 0, _MOST)
    out[:, 1:3] = np.ascontiguousarray(rows[:, 1], "<f4").view("<u2").reshape(-1, 2)
    out[:, 3] = np.clip(rows[:, 2], _LEAST_SIZE, _MOST_SIZE).astype("<f2").view("<u2")
    out[:, 4] = np.rint(rows[:, 3] % 360 * (_TURN / 360)) % _TURN
    return out


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of x, y, size and angle, by code number."""

    column: Column

    def __len__(self) -> int:
        return len(self.column)

    def __getitem__(self, codes: Integers) -> Floats:
        held = self.column[codes].reshape(-1, 5).astype("<u2")
        places = np.empty((len(held), 4), np.float32)
        places[:, 0] = held[:, 0] / np.float32(_ACROSS)
        places[:, 1] = np.ascontiguousarray(held[:, 1:3]).view("<f4")[:, 0]
        places[:, 2] = np.ascontiguousarray(held[:, 3]).view("<f2")
        places[:, 3] = held[:, 4] * np.float32(360 / _TURN)
        return places

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        return np.asarray(self[np.arange(len(self))], dtype)

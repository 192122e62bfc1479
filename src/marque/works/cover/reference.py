"""A catalogue's covers, ready to be laid under a picture: coarse rasters as one matrix, fine ones for a close look.

Every cover is compared with every query: exact, and quick enough for some thousand covers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from marque.works.cover.model import COARSE, FINE, Raster, of_table, tallest

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """`coarse` has a row a cover; `active` says which of its cells are lighter or darker than around."""

    coarse: Floats
    active: Floats
    fine: tuple[Raster, ...]


def build(tables: Sequence[pa.Table]) -> Reference:
    """The covers of some tables; a cover's number is its position."""
    coarse = np.zeros((len(tables), tallest(COARSE), COARSE), np.float32)
    for at, table in enumerate(tables):
        raster = of_table(table, COARSE)
        coarse[at, : len(raster)] = raster
    flat = coarse.reshape(len(tables), tallest(COARSE) * COARSE)
    return Reference(flat, np.abs(flat), tuple(of_table(table, FINE) for table in tables))

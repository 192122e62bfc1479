"""The fingerprint of a cover, for a catalogue and for a captured page alike. Pictures are decoded apart.

On pages only small pictures are looked at, of a cover's shape: a list shows covers small, and what is larger is a page
to read, which the strips' fingerprints are for.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from marque.signals.pictures.decoding.decoder import Decoder
from marque.works import unit
from marque.works.cover.model import TABLE, as_table
from marque.works.cover.raster import PIXELS, rasters

LEAST, MOST = 80, 640  # pixels of width of a cover on a page
NARROWEST, BROADEST = 0.4, 1.15  # width to height


def fingerprint(path: Path, name: str) -> pa.Table:
    """The table TABLE of a file, whatever its size; empty where it shows too little. Raises InputRefused."""
    data = unit.read(path)
    with Decoder() as decoder:
        return _of(decoder, data, name)


def of_bytes(data: bytes, name: str) -> pa.Table:
    """The table TABLE of a payload; empty where its size or shape is no cover's on a page. Raises InputRefused."""
    with session() as of_one:
        return of_one(data, name)


@contextmanager
def session() -> Iterator[Callable[[bytes, str], pa.Table]]:
    """`of_bytes` for many payloads of one capture, decoded in one confined process."""
    with Decoder() as decoder:

        def of_one(data: bytes, name: str) -> pa.Table:
            width, height = decoder.size(data, name)
            if LEAST <= width <= MOST and NARROWEST * height <= width <= BROADEST * height:
                return _of(decoder, data, name)
            return TABLE.empty_table()

        yield of_one


def _of(decoder: Decoder, data: bytes, name: str) -> pa.Table:
    found = rasters(decoder.decode(data, name, PIXELS).grey)
    return as_table(found) if found else TABLE.empty_table()

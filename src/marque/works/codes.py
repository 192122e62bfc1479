"""Codes as tables keep them, and as numpy does."""

import numpy as np
import pyarrow as pa

from marque.signals.pictures.pdq import Bytes

WIDTH = 32


def codes_of(column: pa.ChunkedArray) -> Bytes:
    """A column of 32-byte codes, none missing, as n x 32 bytes."""
    parts = [_bytes(chunk) for chunk in column.chunks if len(chunk)]
    return np.concatenate([np.zeros((0, WIDTH), np.uint8), *parts])


def _bytes(chunk: pa.FixedSizeBinaryArray) -> Bytes:
    assert not chunk.null_count
    return np.frombuffer(chunk.buffers()[1], np.uint8).reshape(-1, WIDTH)[chunk.offset : chunk.offset + len(chunk)]

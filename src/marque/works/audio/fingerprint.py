"""The fingerprint of a file with sound, or of a captured payload. It needs no catalogue and is made once.

Sound streams through in pieces, so that a film costs no more memory than a song. What cannot be read whole is refused
by name: half a recording is never passed off as one.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from marque.works.audio import model, patches
from marque.works.audio.decoding.decoder import decoded
from marque.works.audio.decoding.descriptors import held, opened
from marque.works.audio.model import CODE_BYTES, Codes, Floats
from marque.works.audio.resample import resampled
from marque.works.audio.spectrogram import FRAMES, HOP, RATE

PIECE = 60 * round(FRAMES)  # frames that are looked at together
MARGIN = 8 * round(FRAMES)  # frames before and after a piece that decide its averages and patches


def fingerprint(path: Path, name: str) -> pa.Table:
    """The fingerprint of a file on disk. Raises InputRefused where it holds no sound that can be read."""
    with opened(path, name, "works.sound-unreadable") as descriptor:
        return _of(descriptor, name)


def of_bytes(data: bytes, name: str) -> pa.Table:
    """The fingerprint of a captured payload."""
    with held(data) as descriptor:
        return _of(descriptor, name)


def _of(descriptor: int, name: str) -> pa.Table:
    with decoded(descriptor, name) as (rate, blocks):
        return model.table(codes_of(resampled(blocks, rate, RATE)))


def codes_of(sound: Iterator[Floats]) -> Codes:
    """Codes of sound at RATE that comes in blocks of any size."""
    found, size = [], 0
    held, start = np.zeros(0, np.float32), 0  # `start` is the frame at which what is held begins
    at = 0  # the frame up to which places were looked for
    for block in sound:
        size += len(block)
        held = np.concatenate([held, block])
        while size >= (at + PIECE + MARGIN) * HOP:
            found.append(_piece(held, start, at, at + PIECE))
            at += PIECE
            drop = max(0, at - MARGIN - start)
            held, start = held[drop * HOP :], start + drop
    if size:
        found.append(_piece(held, start, at, -(-size // HOP) + 1))
    return _joined(found, size / RATE)


def _piece(held: Floats, start: int, first: int, last: int) -> Codes:
    held = held[: (last + MARGIN - start) * HOP]
    codes = patches.find(held, first - start, last - start)
    shift = np.float32(start * HOP / RATE)
    return Codes(codes.seconds, codes.time + shift, codes.pitch, codes.codes)


def _joined(found: list[Codes], seconds: float) -> Codes:
    none = np.zeros(0, np.float32)
    return Codes(
        seconds,
        np.concatenate([none, *(part.time for part in found)]),
        np.concatenate([none, *(part.pitch for part in found)]),
        np.concatenate([np.zeros((0, CODE_BYTES), np.uint8), *(part.codes for part in found)]),
    )

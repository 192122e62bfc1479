"""The client's side: a file goes to a confined process, its one channel of samples comes back.

What comes back is checked: a decoder that was taken over can at worst give false samples for its own file.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from marque.errors import InputRefused
from marque.works.audio.decoding import formats, messages, pipe
from marque.works.audio.model import Floats

MAX_BYTES = 8 << 30
CRASHED = "works.sound-crashed"
WORKER = pipe.Worker(
    "marque.works.audio.decoding.worker", 4 * messages.BLOCK, messages.PROBLEMS, "works.sound-too-costly", CRASHED
)

_TAIL = 1 << 16


@contextmanager
def decoded(descriptor: int, name: str) -> Iterator[tuple[int, Iterator[Floats]]]:
    """Rate of the sound in an open file, and its one channel in blocks. Raises InputRefused with the reason."""
    known = _recognised(descriptor, name)
    with pipe.heard(WORKER, [known.decoder, known.opened_as], descriptor, name) as words:
        rate = _rate(*next(words), name)
        yield rate, _sound(words, rate, name)


def _recognised(descriptor: int, name: str) -> formats.Format:
    size = os.fstat(descriptor).st_size
    if size > MAX_BYTES:
        raise InputRefused("works.sound-too-long", file=name)
    head = os.pread(descriptor, formats.HEAD, 0)
    known = formats.recognise(head)
    if known is None:
        raise InputRefused("works.sound-list" if formats.is_list(head) else "works.sound-unknown", file=name)
    if formats.cut_short(head, os.pread(descriptor, _TAIL, max(0, size - _TAIL)), size, known):
        raise InputRefused("works.sound-damaged", file=name)
    return known


def _rate(kind: int, body: bytes, name: str) -> int:
    rate = int.from_bytes(body, "little") if kind == messages.BEGIN and len(body) == messages.RATE.size else 0
    if not messages.LEAST_RATE <= rate <= messages.MAX_RATE:
        raise InputRefused(CRASHED, file=name)
    return rate


def _sound(words: Iterator[tuple[int, bytes]], rate: int, name: str) -> Iterator[Floats]:
    total = 0
    for kind, body in words:
        if kind == messages.END:
            return
        total += len(body) // 4
        if kind != messages.SOUND or len(body) % 4 or total > messages.MAX_SECONDS * rate:
            raise InputRefused(CRASHED, file=name)
        samples = np.frombuffer(body, "<f4").astype(np.float32)
        yield np.clip(np.nan_to_num(samples), -8.0, 8.0)

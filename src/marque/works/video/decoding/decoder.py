"""The client's side: a file goes to a confined process, the frames kept of it come back.

What comes back is checked: a decoder that was taken over can at worst give false frames for its own file.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from marque.errors import InputRefused
from marque.works.audio.decoding import pipe
from marque.works.video.decoding import formats, messages
from marque.works.video.model import Grey

MAX_BYTES = 64 << 30
CPU_SECONDS = 3_600  # a film of two hours takes a quarter of that
CRASHED = "works.film-crashed"
WORKER = pipe.Worker(
    "marque.works.video.decoding.worker", messages.ROOM, messages.PROBLEMS, "works.film-too-costly", CRASHED
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Milliseconds from the beginning, and grey pixels."""

    time: int
    grey: Grey


@dataclass(frozen=True, slots=True)
class End:
    """Milliseconds that were read; `cut` where the film goes on or says that it does."""

    time: int
    cut: bool


def decoded(descriptor: int, name: str, seconds: int = CPU_SECONDS) -> Iterator[Frame | End]:
    """The frames kept of an open file, then its end. Raises InputRefused with the reason."""
    opened_as = _recognised(descriptor, name)
    with pipe.heard(WORKER, [opened_as, str(seconds)], descriptor, name) as words:
        yield from checked(words, name)


def _recognised(descriptor: int, name: str) -> str:
    size = os.fstat(descriptor).st_size
    if size > MAX_BYTES:
        raise InputRefused("works.film-too-long", file=name)
    head = os.pread(descriptor, formats.HEAD, 0)
    known = formats.recognise(head)
    if known is None:
        raise InputRefused("works.film-list" if formats.is_list(head) else "works.film-unknown", file=name)
    refusal = formats.refusal(descriptor, size) if known == "mov" else None
    if refusal is not None:
        raise InputRefused(refusal, file=name)
    return known


def checked(words: Iterator[tuple[int, bytes]], name: str) -> Iterator[Frame | End]:
    """What the words say, up to the end; what no honest decoder says is refused."""
    last = -1
    for kind, body in words:
        if kind == messages.END and len(body) == messages.LAST.size:
            time, cut = messages.LAST.unpack(body)
            yield End(max(last, min(time, 1000 * messages.MAX_SECONDS)), cut)
            return
        frame = _frame(body) if kind == messages.FRAME else None
        if frame is None or not last < frame.time <= 1000 * messages.MAX_SECONDS:
            raise InputRefused(CRASHED, file=name)
        last = frame.time
        yield frame


def _frame(body: bytes) -> Frame | None:
    if len(body) < messages.PLACE.size:
        return None
    time, rows, columns = messages.PLACE.unpack_from(body)
    pixels = np.frombuffer(body, np.uint8, offset=messages.PLACE.size)
    if len(pixels) != rows * columns or min(rows, columns) < messages.LEAST_SIDE:
        return None
    return Frame(time, pixels.reshape(rows, columns))

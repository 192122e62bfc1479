"""The client's side: a file goes to a confined process as its standard input, frames come back through a pipe.

One process a file, so no file can touch another's fate. What comes back is checked: a decoder that was taken over can
at worst give false frames for its own file.
"""

import os
import select
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np

from marque.errors import InputRefused
from marque.works.video.decoding import formats, messages
from marque.works.video.model import Grey

MAX_BYTES = 64 << 30
CPU_SECONDS = 3_600  # a film of two hours takes a quarter of that
PATIENCE = 180.0  # seconds without a word, on a machine that does much else
COSTLY, CRASHED = "works.film-too-costly", "works.film-crashed"

_INHERITED = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")  # what finding Python and marque may take
_SET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


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
    os.lseek(descriptor, 0, os.SEEK_SET)
    process = _start(descriptor, opened_as, seconds)
    assert process.stdout is not None
    try:
        yield from _frames(process, process.stdout, name)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _recognised(descriptor: int, name: str) -> str:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise InputRefused("works.film-unreadable", file=name)
    if status.st_size > MAX_BYTES:
        raise InputRefused("works.film-too-long", file=name)
    head = os.pread(descriptor, formats.HEAD, 0)
    known = formats.recognise(head)
    if known is None:
        raise InputRefused("works.film-list" if formats.is_list(head) else "works.film-unknown", file=name)
    refusal = formats.refusal(descriptor, status.st_size) if known == "mov" else None
    if refusal is not None:
        raise InputRefused(refusal, file=name)
    return known


def _start(descriptor: int, opened_as: str, seconds: int) -> "subprocess.Popen[bytes]":
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-P", "-m", "marque.works.video.decoding.worker", opened_as, str(seconds)],
        stdin=descriptor,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, **_SET},
        bufsize=0,
        start_new_session=True,  # an interrupt at the terminal is the client's to handle
    )


def _frames(process: "subprocess.Popen[bytes]", pipe: IO[bytes], name: str) -> Iterator[Frame | End]:
    """What the process says up to its end; a problem it names, and any end without a word, is a refusal."""
    last = -1
    while True:
        kind, size = messages.HEAD.unpack(_read(process, pipe, messages.HEAD.size, name))
        if size > messages.ROOM:
            raise InputRefused(CRASHED, file=name)
        body = _read(process, pipe, size, name)
        if kind == messages.PROBLEM and len(body) == 1 and body[0] < len(messages.PROBLEMS):
            raise InputRefused(messages.PROBLEMS[body[0]], file=name)
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


def _read(process: "subprocess.Popen[bytes]", pipe: IO[bytes], size: int, name: str) -> bytes:
    held = bytearray()
    while len(held) < size:
        ready, _, _ = select.select([pipe], [], [], PATIENCE)
        if not ready:
            raise InputRefused(COSTLY, file=name)
        part = os.read(pipe.fileno(), size - len(held))
        if not part:
            costly = process.wait() in {-signal.SIGXCPU, -signal.SIGKILL}  # both are the limit on processor time
            raise InputRefused(COSTLY if costly else CRASHED, file=name)
        held += part
    return bytes(held)

"""The client's side: a file goes to a confined process as its standard input, samples come back through a pipe.

One process a file, so no file can touch another's fate. What comes back is checked: a decoder that was taken over can
at worst give false samples for its own file.
"""

import os
import select
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import numpy as np

from marque.errors import InputRefused
from marque.works.audio.decoding import formats, messages
from marque.works.audio.model import Floats

MAX_BYTES = 8 << 30
PATIENCE = 120.0  # seconds without a word, on a machine that does much else
COSTLY, CRASHED = "works.sound-too-costly", "works.sound-crashed"

_INHERITED = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")  # what finding Python and marque may take
_SET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_TAIL = 1 << 16


@contextmanager
def decoded(descriptor: int, name: str) -> Iterator[tuple[int, Iterator[Floats]]]:
    """Rate of the sound in an open file, and its one channel in blocks. Raises InputRefused with the reason."""
    known = _recognised(descriptor, name)
    os.lseek(descriptor, 0, os.SEEK_SET)
    process = _start(descriptor, known)
    assert process.stdout is not None
    try:
        words = _words(process, process.stdout, name)
        kind, body = next(words)
        if kind != messages.BEGIN:  # sound without a rate
            raise InputRefused(CRASHED, file=name)
        rate = int(messages.RATE.unpack(body)[0])
        if not messages.LEAST_RATE <= rate <= messages.MAX_RATE:
            raise InputRefused(CRASHED, file=name)
        yield rate, _sound(words, rate, name)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _recognised(descriptor: int, name: str) -> formats.Format:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise InputRefused("works.sound-unreadable", file=name)
    if status.st_size > MAX_BYTES:
        raise InputRefused("works.sound-too-long", file=name)
    head = os.pread(descriptor, formats.HEAD, 0)
    known = formats.recognise(head)
    if known is None:
        raise InputRefused("works.sound-list" if formats.is_list(head) else "works.sound-unknown", file=name)
    tail = os.pread(descriptor, _TAIL, max(0, status.st_size - _TAIL))
    if formats.cut_short(head, tail, status.st_size, known):
        raise InputRefused("works.sound-damaged", file=name)
    return known


def _start(descriptor: int, known: formats.Format) -> "subprocess.Popen[bytes]":
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-P", "-m", "marque.works.audio.decoding.worker", known.decoder, known.opened_as],
        stdin=descriptor,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, **_SET},
        bufsize=0,
        start_new_session=True,  # an interrupt at the terminal is the client's to handle
    )


def _words(process: "subprocess.Popen[bytes]", pipe: IO[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    """What the process says up to its end; a problem it names, and any end without a word, is a refusal."""
    while True:
        kind, size = messages.HEAD.unpack(_read(process, pipe, messages.HEAD.size, name))
        if size > 4 * messages.BLOCK or size % 4 * (kind == messages.SOUND):
            raise InputRefused(CRASHED, file=name)
        body = _read(process, pipe, size, name)
        if kind == messages.PROBLEM and len(body) == 1 and body[0] < len(messages.PROBLEMS):
            raise InputRefused(messages.PROBLEMS[body[0]], file=name)
        if kind not in {messages.BEGIN, messages.SOUND, messages.END}:
            raise InputRefused(CRASHED, file=name)
        yield kind, body


def _read(process: "subprocess.Popen[bytes]", pipe: IO[bytes], size: int, name: str) -> bytes:
    held = b""
    while len(held) < size:
        ready, _, _ = select.select([pipe], [], [], PATIENCE)
        if not ready:
            raise InputRefused(COSTLY, file=name)
        part = os.read(pipe.fileno(), size - len(held))
        if not part:
            costly = process.wait() in {-signal.SIGXCPU, -signal.SIGKILL}  # both are the limit on processor time
            raise InputRefused(COSTLY if costly else CRASHED, file=name)
        held += part
    return held


def _sound(words: Iterator[tuple[int, bytes]], rate: int, name: str) -> Iterator[Floats]:
    total = 0
    for kind, body in words:
        if kind == messages.END:
            return
        total += len(body) // 4
        if kind != messages.SOUND or total > messages.MAX_SECONDS * rate:
            raise InputRefused(CRASHED, file=name)
        samples = np.frombuffer(body, "<f4").astype(np.float32)
        yield np.clip(np.nan_to_num(samples), -8.0, 8.0)

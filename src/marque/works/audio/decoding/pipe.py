"""A file goes to a confined process as its standard input; what the process says comes back through a pipe.

Sound and film are decoded so, each by a module of its own. One process a file, so no file can touch another's fate.
The process says short heads, each followed by so many bytes. A problem that it names, silence, and an end without a
word are refusals; whether its words make sense is the caller's to check: a decoder that was taken over can at worst say
false things of its own file.
"""

import os
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from marque.errors import InputRefused

HEAD = struct.Struct("<II")  # what it is, bytes that follow
PROBLEM = 4  # the body counts the worker's problems
PATIENCE = 180.0  # seconds without a word, on a machine that does much else

_INHERITED = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")  # what finding Python and marque may take
_SET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Worker:
    """The module that a process runs, the most bytes of one of its words, and the codes of what goes wrong."""

    module: str
    room: int
    problems: tuple[str, ...]
    costly: str
    crashed: str


def say(kind: int, body: bytes) -> None:
    """In the process: one word to the client."""
    rest = memoryview(HEAD.pack(kind, len(body)) + body)
    while rest:
        rest = rest[os.write(1, rest) :]


@contextmanager
def heard(
    worker: Worker, arguments: Sequence[str], descriptor: int, name: str
) -> Iterator[Iterator[tuple[int, bytes]]]:
    """Kind and body of every word about an open file. Raises InputRefused with the reason; the process ends with it."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    process = _start(worker.module, arguments, descriptor)
    try:
        yield words(worker, process, name)
    finally:
        process.kill()
        assert process.stdout is not None
        process.stdout.close()
        process.wait()


def words(worker: Worker, process: "subprocess.Popen[bytes]", name: str) -> Iterator[tuple[int, bytes]]:
    """What a process says, without end: who listens knows the last word."""
    while True:
        kind, size = HEAD.unpack(_read(worker, process, HEAD.size, name))
        if size > worker.room:
            raise InputRefused(worker.crashed, file=name)
        body = _read(worker, process, size, name)
        if kind == PROBLEM:
            known = len(body) == 1 and body[0] < len(worker.problems)
            raise InputRefused(worker.problems[body[0]] if known else worker.crashed, file=name)
        yield kind, body


def _start(module: str, arguments: Sequence[str], descriptor: int) -> "subprocess.Popen[bytes]":
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=descriptor,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, **_SET},
        bufsize=0,
        start_new_session=True,  # an interrupt at the terminal is the client's to handle
    )


def _read(worker: Worker, process: "subprocess.Popen[bytes]", size: int, name: str) -> bytes:
    assert process.stdout is not None
    pipe, held = process.stdout.fileno(), bytearray()
    while len(held) < size:
        ready, _, _ = select.select([pipe], [], [], PATIENCE)
        if not ready:
            raise InputRefused(worker.costly, file=name)
        part = os.read(pipe, size - len(held))
        if not part:
            costly = process.wait() in {-signal.SIGXCPU, -signal.SIGKILL}  # both are the limit on processor time
            raise InputRefused(worker.costly if costly else worker.crashed, file=name)
        held += part
    return bytes(held)

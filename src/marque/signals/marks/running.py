"""Runs the program that reads text, in a process of its own, and takes what it says within limits.

It is given grey pixels that a confined decoder made, never the bytes of a captured picture. What it says is text to be
doubted: a program that was taken over can at worst say something false about its own picture.
"""

import os
import select
import subprocess
import sys
import time
from contextlib import suppress

from marque.signals.pictures.images import Grey

WALL_SECONDS = 120.0  # of a machine that does much else; processor time is limited to a quarter of it
MOST_OUTPUT = 4 << 20
_CHUNK = 1 << 16
_INHERITED = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")  # what finding Python and marque may take


def output(program: str, *arguments: str, pixels: Grey | None = None, seconds: float = WALL_SECONDS) -> bytes | None:
    """What the program prints, given a picture; None where it fails, is stopped, or says too much."""
    given = _file(pixels) if pixels is not None else os.open(os.devnull, os.O_RDONLY)
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module; the program is the operator's
            [sys.executable, "-P", "-m", "marque.signals.marks.launcher", program, *arguments],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept,
            bufsize=0,
            start_new_session=True,  # an interrupt at the terminal is ours to handle
        )
    finally:
        os.close(given)
    assert process.stdout is not None
    try:
        said = _said(process.stdout.fileno(), time.monotonic() + seconds)
        if said is None:
            return None
        return said if process.wait(timeout=WALL_SECONDS) == 0 else None
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.stdout.close()
        process.wait()


def _file(pixels: Grey) -> int:
    """The picture as a file that only the program sees, in the plainest of formats."""
    rows, columns = pixels.shape
    descriptor = os.memfd_create("marque")
    with os.fdopen(os.dup(descriptor), "wb") as stream:
        stream.write(b"P5\n%d %d\n255\n" % (columns, rows))
        stream.write(pixels.tobytes())
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _said(pipe: int, until: float) -> bytes | None:
    """All that is said before the end, None where it takes too long or is too much."""
    said = bytearray()
    while (left := until - time.monotonic()) > 0 and len(said) <= MOST_OUTPUT:
        if not select.select([pipe], [], [], left)[0]:
            return None
        chunk = os.read(pipe, _CHUNK)
        if not chunk:
            return bytes(said)
        said += chunk
    return None

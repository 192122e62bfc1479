"""A file, or a captured payload, as the open descriptor that a confined process is given."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marque.errors import InputRefused


@contextmanager
def opened(path: Path, name: str, unreadable: str) -> Iterator[int]:
    """A file on disk; what is no file is not waited for. Raises InputRefused with the code `unreadable`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as reason:
        raise InputRefused(unreadable, file=name) from reason
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise InputRefused(unreadable, file=name)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def held(data: bytes) -> Iterator[int]:
    """A payload, in memory."""
    descriptor = os.memfd_create("marque-payload", os.MFD_CLOEXEC)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        yield descriptor
    finally:
        os.close(descriptor)

"""One writer at a time: a file lock that says who holds it. The system lets go of it when the holder ends, even killed.

What the lock file says is for people; whether it is held is the system's knowledge alone.
"""

import contextlib
import fcntl
import getpass
import json
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from marque.clock import iso, now, to_microseconds
from marque.errors import StoreFailure

_MOST = 4_096


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes: a person at a machine, as the process number there, since when, doing what."""

    who: str
    pid: int
    since: str
    task: str


def person() -> str:
    """Who runs this process, as far as the system knows."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = f"uid {os.getuid()}"
    return f"{name}@{platform.node() or 'unknown'}"


Waiting = Callable[[Holder | None], None]


@contextlib.contextmanager
def hold(path: Path, task: str, waiting: Waiting | None = None, *, patient: bool = True) -> Iterator[None]:
    """Hold the lock. While someone else does: tell `waiting` who and wait, or refuse where not `patient`."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as reason:
        raise StoreFailure("runs.lock-unusable", path=str(path), reason=reason.strerror) from reason
    try:
        _take(file, path, waiting, patient)
        _say(file, Holder(person(), os.getpid(), iso(to_microseconds(now().replace(microsecond=0))), task))
        try:
            yield
        finally:
            os.ftruncate(file, 0)
    finally:
        os.close(file)


def _take(file: int, path: Path, waiting: Waiting | None, patient: bool) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = holder_of(path)
        if not patient:
            raise _busy(path, holder) from None
        if waiting:
            waiting(holder)
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError as reason:
        raise StoreFailure("runs.lock-unusable", path=str(path), reason=reason.strerror) from reason


def _busy(path: Path, holder: Holder | None) -> StoreFailure:
    if holder is None:
        return StoreFailure("runs.busy-unknown", path=str(path.parent))
    return StoreFailure("runs.busy", path=str(path.parent), **asdict(holder))


def _say(file: int, holder: Holder) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps(asdict(holder)).encode(), 0)


def holder_of(path: Path) -> Holder | None:
    """What the lock file says about its holder, None where it does not say (just taken, or foreign)."""
    try:
        return Holder(**json.loads(path.read_bytes()[:_MOST]))
    except (OSError, ValueError, TypeError):
        return None

"""The only steps by which marque changes a store: each one small, each one able to fail, none ever repeated.

After the first failed step this process changes nothing more. A failed fsync above all is never tried again: the
kernel may have dropped the pages it could not write, and a second fsync would then report success over lost data.
What a crash leaves behind is cleared by whoever opens the store for writing next.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from marque.digest import CHUNK
from marque.errors import StoreFailure

_CODES = {errno.ENOSPC: "evidence.disk-full", errno.EDQUOT: "evidence.disk-full", errno.EFBIG: "evidence.disk-full"}
READ_ONLY = 0o444


class Files:
    """Steps on one file system. Every method named after a system call makes exactly that call, once."""

    def __init__(self) -> None:
        self.failed: StoreFailure | None = None

    def create(self, path: Path) -> int:
        """A new file; one of that name must not exist."""
        with self._step("create", path):
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)

    def append(self, path: Path) -> int:
        """An existing file, for writing at its end."""
        with self._step("open", path):
            return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW)

    def write(self, file: int, data: bytes | bytearray, path: Path) -> None:
        """All of `data`: a short write is continued, and what cannot be written is a failure."""
        rest = memoryview(data)
        while rest:
            with self._step("write", path):
                written = self.write_some(file, rest)
            rest = rest[written:]

    def write_some(self, file: int, data: memoryview) -> int:
        """One system call; tests make it shorter than asked."""
        return os.write(file, data)

    def sync(self, file: int, path: Path) -> None:
        with self._step("sync", path):
            os.fsync(file)

    def seal(self, file: int, path: Path) -> None:
        """Nobody may write to it from now on."""
        with self._step("seal", path):
            os.fchmod(file, READ_ONLY)

    def close(self, file: int) -> None:
        """Not a step: everything that matters has been synced, and an error here says nothing about the data."""
        os.close(file)

    def link(self, old: Path, new: Path) -> None:
        with self._step("link", new):
            os.link(old, new, follow_symlinks=False)

    def rename(self, old: Path, new: Path) -> None:
        with self._step("rename", new):
            old.rename(new)

    def remove(self, path: Path) -> None:
        with self._step("remove", path):
            path.unlink(missing_ok=True)

    def cut(self, path: Path, length: int) -> None:
        with self._step("cut", path):
            os.truncate(path, length)

    def make_folder(self, path: Path) -> None:
        """A folder, if there is none."""
        if not path.is_dir():
            with self._step("make-folder", path):
                path.mkdir()

    def sync_folder(self, path: Path) -> None:
        """Make names in a folder as lasting as the files they name."""
        with self._step("sync-folder", path):
            file = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(file)
            finally:
                os.close(file)

    def before(self, step: str, path: Path) -> None:
        """Where tests make a step fail."""

    def _step(self, step: str, path: Path) -> "_Step":
        if self.failed is not None:
            raise self.failed
        return _Step(self, step, path)


class _Step:
    """One step: turns what the system reports into a failure with a name, and remembers it."""

    def __init__(self, files: Files, step: str, path: Path) -> None:
        self.files, self.step, self.path = files, step, path

    def __enter__(self) -> None:
        try:
            self.files.before(self.step, self.path)
        except OSError as reason:
            raise self._failure(reason) from reason

    def __exit__(self, kind: object, reason: BaseException | None, trace: object) -> None:
        if isinstance(reason, OSError):
            raise self._failure(reason) from reason

    def _failure(self, reason: OSError) -> StoreFailure:
        code = _CODES.get(reason.errno or 0, "evidence.disk-failed")
        if self.step.startswith("sync"):
            code = "evidence.sync-failed"
        self.files.failed = StoreFailure(
            code, step=self.step, path=str(self.path), reason=os.strerror(reason.errno or 0)
        )
        return self.files.failed


def regular(path: Path) -> BinaryIO:
    """A plain file for reading; a pipe or device in its place is not waited for."""
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(errno.EINVAL, "not a plain file", str(path))
    return os.fdopen(file, "rb")


def put_aside(files: Files, path: Path, data: bytes) -> None:
    """A small file whole or not at all: written aside, synced, renamed, and its folder synced."""
    aside = path.with_name(path.name + ".part")
    files.remove(aside)
    file = files.create(aside)
    try:
        files.write(file, data, aside)
        files.sync(file, aside)
    finally:
        files.close(file)
    files.rename(aside, path)
    files.sync_folder(path.parent)


class Writer:
    """A new file as a stream, for writers that want one (Parquet). Lasting only after `finish`."""

    closed = False

    def __init__(self, files: Files, path: Path) -> None:
        self.files, self.path = files, path
        self.file = files.create(path)
        self.held = bytearray()
        self.position = 0

    def write(self, data: bytes) -> int:
        piece = memoryview(data).cast("B")
        self.held += piece
        self.position += len(piece)
        if len(self.held) >= CHUNK:
            self._pass_on()
        return len(piece)

    def tell(self) -> int:
        return self.position

    def flush(self) -> None:
        """Held bytes go out in large pieces, the rest with `finish`."""

    def finish(self) -> None:
        self._pass_on()
        self.files.sync(self.file, self.path)

    def close(self) -> None:
        """What was not finished is not worth keeping."""
        if not self.closed:
            self.closed = True
            self.files.close(self.file)

    def _pass_on(self) -> None:
        self.files.write(self.file, self.held, self.path)
        self.held = bytearray()

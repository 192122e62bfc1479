"""A file layer whose i-th step fails: with an error, after a short write, or by ending the process on the spot."""

import errno
import os
import signal
from pathlib import Path

from marque.evidence.files import Files

ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC}
FAULTS = ("EIO", "ENOSPC", "short", "stop")  # `short` is an error where the step is no write


class FailingFiles(Files):
    """Counts steps; at step `at` does `fault`. `only` limits the count to steps whose name starts so."""

    def __init__(self, at: int = -1, fault: str = "EIO", only: str = "") -> None:
        super().__init__()
        self.at, self.fault, self.only = at, fault, only
        self.steps = 0
        self.failed_after: list[str] = []
        self._short = False

    def before(self, step: str, path: Path) -> None:
        if not step.startswith(self.only):
            return
        self.steps += 1
        if self.steps - 1 != self.at:
            return
        if self.fault == "stop":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fault == "short" and step == "write":
            self._short = True
            return
        number = ERRORS.get(self.fault, errno.EIO)
        raise OSError(number, os.strerror(number))

    def write_some(self, file: int, data: memoryview) -> int:
        if not self._short:
            return super().write_some(file, data)
        os.write(file, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

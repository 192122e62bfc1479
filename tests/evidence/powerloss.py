"""A file layer that forgets: at a chosen step the power goes, and what was not synced is gone, wholly or in part.

Data lasts from the sync of its file, a name (created, linked, renamed, removed) from the sync of its folder. Without
a seed all else is lost; with one, each change is lost or kept by chance and unsynced data is cut at a random place,
as file systems order writes as they like.
"""

import os
import random
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.evidence.faults import FailingFiles


class PowerLoss(BaseException):
    """The machine stops here."""


class ForgetfulFiles(FailingFiles):
    def __init__(self, at: int, seed: int | None) -> None:
        super().__init__(at, "power")
        self.chance = None if seed is None else random.Random(seed)
        self._names: list[tuple[Path, Callable[[], object]]] = []  # folder, how to undo
        self._data: dict[int, tuple[Path, bytes]] = {}  # inode: a path, what lasts
        self._lost = False

    def before(self, step: str, path: Path) -> None:
        self.steps += 1
        if self.steps - 1 == self.at:
            raise PowerLoss

    def create(self, path: Path) -> int:
        file = super().create(path)
        self._names.append((path.parent, lambda: path.unlink(missing_ok=True)))
        self._data[os.fstat(file).st_ino] = (path, b"")
        return file

    def append(self, path: Path) -> int:
        file = super().append(path)
        self._data.setdefault(os.fstat(file).st_ino, (path, path.read_bytes()))
        return file

    def sync(self, file: int, path: Path) -> None:
        super().sync(file, path)
        self._data.pop(os.fstat(file).st_ino, None)

    def link(self, old: Path, new: Path) -> None:
        super().link(old, new)
        self._names.append((new.parent, lambda: new.unlink(missing_ok=True)))

    def rename(self, old: Path, new: Path) -> None:
        before = new.read_bytes() if new.exists() else None
        moved = old.read_bytes()
        super().rename(old, new)

        def undo() -> None:
            old.write_bytes(moved)
            if before is None:
                new.unlink(missing_ok=True)
            else:
                new.unlink(missing_ok=True)
                new.write_bytes(before)

        self._names.append((new.parent, undo))

    def remove(self, path: Path) -> None:
        spare = None
        if path.exists():
            spare = path.parents[2] / f"spare-{secrets.token_hex(8)}"
            os.link(path, spare)
        super().remove(path)
        if spare is not None:
            self._names.append((path.parent, partial(_put_back, spare, path)))

    def cut(self, path: Path, length: int) -> None:
        before = path.read_bytes()
        super().cut(path, length)
        self._data[path.stat().st_ino] = (path, before)

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self._names = [(folder, undo) for folder, undo in self._names if folder != path]

    def lose(self) -> None:
        """Put the disk into a state that a loss of power may leave."""
        for path, lasting in list(self._data.values()):
            self._cut_back(path, lasting)
        for _, undo in reversed(self._names):
            if self.chance is None or self.chance.random() < 0.5:
                undo()

    def _cut_back(self, path: Path, lasting: bytes) -> None:
        if not path.exists():
            return
        data = path.read_bytes()
        kept = len(lasting) if self.chance is None else self.chance.randint(min(len(lasting), len(data)), len(data))
        path.chmod(0o644)
        path.write_bytes(lasting if kept <= len(lasting) else data[:kept])


def _put_back(spare: Path, path: Path) -> None:
    if not path.exists():
        os.link(spare, path)

"""An index in a folder: any number of readers, one writer at a time, also in other processes.

    current            which segments there are, and all votes; replaced whole by renaming
    <digest>.segment   codes and tables, never changed; named by what it holds

A reader maps `current` and what it names, and keeps that whatever happens later. A writer first writes segments, then
`current`, then removes what nothing names any longer; killed in between, it leaves the old index or the new one, and
perhaps files that the next writer removes.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marque.errors import InputRefused
from marque.works.index import Index, checked
from marque.works.segments import file, stored

_CURRENT, _LOCK = "current", "lock"
_SEGMENT = "segment"
_OURS = {".segment", ".part", ".idx"}
_TRIES = 20


def read(folder: Path) -> tuple[Index, str] | None:
    """The index and the state it was written for; nothing where there is none. Raises InputRefused for damage.

    One of an older version counts as none: whoever keeps it makes it anew.
    """
    for _ in range(_TRIES):
        try:
            return _mapped(folder)
        except InputRefused as reason:
            if _older(reason):
                return None
            raise
        except FileNotFoundError:  # a writer was quicker: what it wrote names other files
            if not (folder / _CURRENT).exists():
                return None
    raise InputRefused("works.index-damaged", path=str(folder / _CURRENT))


def _older(reason: InputRefused) -> bool:
    version = reason.params.get("version")
    return reason.code == "works.index-version" and isinstance(version, int) and 0 < version < file.VERSION


def _mapped(folder: Path) -> tuple[Index, str]:
    path = folder / _CURRENT
    found = file.read(path, _CURRENT)
    try:
        names, state = [str(name) for name in found.meta["segments"]], str(found.meta["state"])
        arrays = [found.arrays[name] for name in ("votes", "alive", "rough")]
    except (KeyError, TypeError) as reason:
        raise InputRefused("works.index-damaged", path=str(path)) from reason
    if any("/" in name for name in names):
        raise InputRefused("works.index-damaged", path=str(path))
    parts = tuple(stored.segment_of(file.read(folder / n, _SEGMENT).arrays, folder / n, n) for n in names)
    return checked(Index(parts, *arrays), path), state


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the writer's lock; a second writer waits. Raises OSError where the folder may not be written to."""
    folder.mkdir(exist_ok=True)
    with (folder / _LOCK).open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def commit(folder: Path, index: Index, state: str) -> Index:
    """Write what is not written yet and make it the current index. The caller holds the lock."""
    names = [part.name or file.write(folder, None, _SEGMENT, {}, stored.sections(part)) for part in index.segments]
    arrays = {"votes": index.votes, "alive": index.alive, "rough": index.rough}
    file.write(folder, _CURRENT, _CURRENT, {"segments": names, "state": state}, arrays)
    for old in folder.iterdir():
        if old.suffix in _OURS and old.name not in names:
            old.unlink()
    return _mapped(folder)[0]


def verify(folder: Path) -> None:
    """Check every byte of the index, and that each segment is what its name says. Raises InputRefused where not."""
    file.verify(folder / _CURRENT, _CURRENT)
    for name in file.read(folder / _CURRENT, _CURRENT).meta["segments"]:
        try:
            file.verify(folder / str(name), _SEGMENT)
            sound = file.read(folder / str(name), _SEGMENT).name == str(name).removesuffix(f".{_SEGMENT}")
        except FileNotFoundError:
            sound = False
        if not sound:
            raise InputRefused("works.index-damaged", path=str(folder / str(name)))

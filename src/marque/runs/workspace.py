"""A workspace: the folder that holds one agency's vault, log, results and runs. One writer, any number of readers."""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from marque.digest import canonical_json
from marque.errors import StoreDamaged, WrongUsage
from marque.evidence import log as logs
from marque.evidence.files import Files, put_aside, regular
from marque.evidence.log import Log, Recovered
from marque.evidence.vault import INCOMING, Vault
from marque.runs.lock import Waiting, hold

FORMAT = 1
IDENTITY = "workspace.json"
JUDGED = "judgements.parquet"  # what people decided on its pages; a run takes it in unless another file is named
_FOLDERS = ("vault", "derived", "runs", "cache")
_LARGEST = 4_096


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a stopped writer left, and what became of it: in the log, and objects taken back from the vault."""

    log: Recovered
    taken_back: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.log.cut or self.log.kept or self.taken_back)


class Workspace:
    """An existing workspace, open for reading. `writing` opens it for writing."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self.folder = folder
        self.recovered: Recovery | None = None
        self.files = files or Files()
        self.origin = read_origin(folder)
        self.log = Log(folder / "log", self.files)
        self.vault = Vault(folder / "vault", self.log, self.files)
        if self.log.checkpoint.origin != self.origin:
            raise StoreDamaged("runs.workspace-mixed", path=str(folder))

    @classmethod
    def init(cls, folder: Path, files: Files | None = None) -> "Workspace":
        """Make an empty workspace in a new or empty folder. Whoever is stopped half-way can call it again."""
        files = files or Files()
        _make_room(folder)
        origin = f"marque-log/{secrets.token_hex(16)}"
        for name in _FOLDERS:
            files.make_folder(folder / name)
        files.make_folder(folder / "vault" / INCOMING)
        logs.create(folder / "log", origin, files)
        put_aside(files, folder / IDENTITY, canonical_json({"format": FORMAT, "origin": origin}) + b"\n")
        files.sync_folder(folder.parent)
        return cls(folder, files)

    @classmethod
    def open(cls, folder: Path, files: Files | None = None) -> "Workspace":
        """Open for reading. Needs no lock and waits for nobody."""
        return cls(folder, files)

    @contextlib.contextmanager
    def lock(self, task: str, waiting: Waiting | None = None, *, patient: bool = True) -> Iterator[None]:
        """Be the only writer. While another is, tell `waiting` who and wait; refuse at once where not `patient`."""
        with hold(self.folder / "lock", task, waiting, patient=patient):
            yield

    @classmethod
    @contextlib.contextmanager
    def writing(
        cls,
        folder: Path,
        task: str,
        waiting: Waiting | None = None,
        *,
        patient: bool = True,
        files: Files | None = None,
    ) -> Iterator["Workspace"]:
        """Open for writing, as the only writer, after clearing up behind one that was stopped."""
        read_origin(folder)
        with hold(folder / "lock", task, waiting, patient=patient):
            workspace = cls(folder, files)
            for name in _FOLDERS:  # all but the vault may have been deleted to be worked out again
                workspace.files.make_folder(folder / name)
            workspace.recovered = Recovery(workspace.log.recover(), tuple(workspace.vault.recover()))
            yield workspace

    @property
    def derived(self) -> Path:
        return self.folder / "derived"

    @property
    def runs(self) -> Path:
        return self.folder / "runs"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"


def is_workspace(folder: Path) -> bool:
    return os.path.isfile(folder / IDENTITY)  # noqa: PTH113  unlike Path's it is False for any path that cannot be


def looks_like_workspace(folder: Path) -> bool:
    """Whether this is a workspace, perhaps one that has lost what it says about itself."""
    return is_workspace(folder) or all(os.path.isdir(folder / name) for name in ("vault", "log"))  # noqa: PTH112


def read_origin(folder: Path) -> str:
    """The name of the workspace's log, after making sure that this is a workspace this version can use."""
    path = folder / IDENTITY
    if not is_workspace(folder):
        raise WrongUsage("runs.no-workspace", path=str(folder))
    try:
        with regular(path) as stream:
            data = stream.read(_LARGEST)
        identity = json.loads(data)
        whole = set(identity) == {"format", "origin"} and canonical_json(identity) + b"\n" == data
    except (OSError, ValueError, TypeError, RecursionError) as reason:
        raise StoreDamaged("runs.workspace-unreadable", path=str(path)) from reason
    if not (whole and isinstance(identity["format"], int) and isinstance(identity["origin"], str)):
        raise StoreDamaged("runs.workspace-unreadable", path=str(path))
    if identity["format"] != FORMAT:
        raise WrongUsage("runs.workspace-format", path=str(folder), found=identity["format"], known=FORMAT)
    return str(identity["origin"])


def _make_room(folder: Path) -> None:
    if is_workspace(folder):
        raise WrongUsage("runs.workspace-exists", path=str(folder))
    try:
        folder.mkdir(exist_ok=True)
        leftovers = _of_stopped_init(folder)
        if leftovers is None:
            raise WrongUsage("runs.folder-not-empty", path=str(folder))
        for path in leftovers:
            path.unlink()
    except FileNotFoundError as reason:
        raise WrongUsage("runs.parent-missing", path=str(folder.parent)) from reason
    except OSError as reason:
        raise WrongUsage("runs.folder-unusable", path=str(folder), reason=reason.strerror) from reason


def _of_stopped_init(folder: Path) -> list[Path] | None:
    """The files that a stopped `init` left; None where anything else lies there."""
    files = [path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()]
    empty = {folder / "log" / logs.LEAVES, folder / "log" / logs.OPENINGS}
    small = {folder / IDENTITY, folder / "log" / logs.CHECKPOINT}
    ours = empty | small | {path.with_name(path.name + ".part") for path in small}
    foreign = {path.name for path in folder.iterdir()} - {*_FOLDERS, "log", IDENTITY + ".part"}
    whole = all(path in ours and not path.is_symlink() for path in files)
    return files if whole and not foreign and not any(path.stat().st_size for path in files if path in empty) else None

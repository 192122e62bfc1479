"""One append-only log per agency: leaves under a Merkle tree, their openings, and the checkpoint that acknowledges.

What the checkpoint on disk covers has been acknowledged: damage there is refused and named. What lies beyond it never
was: the next writer keeps whole leaves and cuts a torn one off. Readers see acknowledged leaves only.
`docs/reference/log.md` specifies every byte. An intact log proves that it agrees with its checkpoint, not who wrote it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from marque.clock import now, to_microseconds
from marque.errors import InputRefused, StoreDamaged
from marque.evidence import checkpoint as checkpoints
from marque.evidence.checkpoint import Checkpoint
from marque.evidence.events import (
    LARGEST_LEAF,
    LARGEST_OPENING,
    Event,
    Leaf,
    Secret,
    conceal,
    leaf_line,
    opening_line,
    opens,
    parse_leaf,
    parse_opening,
)
from marque.evidence.files import Files, put_aside, regular
from marque.evidence.merkle import Tree, leaf_hash

LEAVES, OPENINGS, CHECKPOINT = "leaves", "openings", "checkpoint"


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaf with what its opening says; `hidden` is None where that was erased."""

    index: int
    leaf: Leaf
    hidden: Mapping[str, Secret] | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a stopped writer left: bytes of torn leaves and openings cut off, whole leaves kept."""

    cut: int
    kept: int


class Log:
    """The log in one folder. Opening reads all of it; `append` and `recover` are for the one who holds the lock."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self.folder = folder
        self.files = files or Files()
        self.checkpoint = read_checkpoint(folder)
        self.tree = Tree()
        self.entries: list[Entry] = []
        self.ids: set[str] = set()
        self._load()

    def append(self, events: Sequence[Event]) -> list[Entry]:
        """Log events together; on return they are acknowledged. An event whose id is logged already is left out."""
        fresh = [event for event in events if event.id not in self.ids]
        if not fresh:
            return []
        time, start = to_microseconds(now()), len(self.tree)
        hidden = [conceal(event) for event in fresh]
        leaves = [leaf_line(event, secrets, time) for event, secrets in zip(fresh, hidden, strict=True)]
        openings = [opening_line(start + at, leaf_hash(leaf), hidden[at]) for at, leaf in enumerate(leaves)]
        self._extend(OPENINGS, openings)
        self._extend(LEAVES, leaves)
        for at, leaf in enumerate(leaves):
            self._take(Entry(start + at, parse_leaf(leaf), hidden[at]), leaf)
        self._acknowledge()
        return self.entries[start:]

    def recover(self) -> Recovered:
        """Clear up after a writer that was stopped."""
        lengths = [0, 0]
        for entry, leaf, opening in pairs(self.folder):
            if entry is None:
                break
            lengths = [lengths[0] + len(leaf), lengths[1] + len(opening)]
            if entry.index >= len(self.entries):
                self._take(entry, leaf[:-1])
        cut = sum(self._cut(name, length) for name, length in zip((LEAVES, OPENINGS), lengths, strict=True))
        kept = len(self.tree) - self.checkpoint.size
        if kept:
            self._acknowledge()
        return Recovered(cut, kept)

    def _load(self) -> None:
        size = self.checkpoint.size
        for entry, leaf, _ in islice(pairs(self.folder), size):
            if entry is None:
                raise StoreDamaged("evidence.log-entry-damaged", path=str(self.folder), index=len(self.entries))
            self._take(entry, leaf[:-1])
        if len(self.tree) < size:
            raise StoreDamaged("evidence.log-cut", path=str(self.folder), size=len(self.tree), wanted=size)
        if self.tree.root() != self.checkpoint.root:
            raise StoreDamaged("evidence.log-changed", path=str(self.folder), size=size)

    def _take(self, entry: Entry, leaf: bytes) -> None:
        self.entries.append(entry)
        self.ids.add(entry.leaf.id)
        self.tree.append(leaf_hash(leaf))

    def _extend(self, name: str, lines: Sequence[bytes]) -> None:
        path = self.folder / name
        file = self.files.append(path)
        try:
            self.files.write(file, b"".join(line + b"\n" for line in lines), path)
            self.files.sync(file, path)
        finally:
            self.files.close(file)

    def _acknowledge(self) -> None:
        reached = Checkpoint(self.checkpoint.origin, len(self.tree), self.tree.root())
        put_aside(self.files, self.folder / CHECKPOINT, reached.text())
        self.checkpoint = reached

    def _cut(self, name: str, length: int) -> int:
        path = self.folder / name
        surplus = path.stat().st_size - length
        if surplus:
            self.files.cut(path, length)
            self._extend(name, ())
        return surplus


def create(folder: Path, origin: str, files: Files) -> None:
    """An empty log."""
    files.make_folder(folder)
    for name in (LEAVES, OPENINGS):
        files.close(files.create(folder / name))
    put_aside(files, folder / CHECKPOINT, Checkpoint(origin, 0, Tree().root()).text())


def read_checkpoint(folder: Path) -> Checkpoint:
    """The checkpoint kept with the log."""
    path = folder / CHECKPOINT
    try:
        with regular(path) as stream:
            return checkpoints.parse(stream.read(checkpoints.LARGEST))
    except (OSError, InputRefused) as reason:
        raise StoreDamaged("evidence.checkpoint-lost", path=str(path)) from reason


def pairs(folder: Path) -> Iterator[tuple[Entry | None, bytes, bytes]]:
    """Each leaf line with its opening line; the entry is None, and the last, where the two are not whole."""
    openings = lines(folder / OPENINGS, LARGEST_OPENING)
    for index, leaf in enumerate(lines(folder / LEAVES, LARGEST_LEAF)):
        opening = next(openings, b"")
        entry = _entry(index, leaf, opening)
        yield entry, leaf, opening
        if entry is None:
            return


def _entry(index: int, leaf: bytes, opening: bytes) -> Entry | None:
    if not (leaf.endswith(b"\n") and opening.endswith(b"\n")):
        return None
    try:
        entry = Entry(index, parse_leaf(leaf[:-1]), parse_opening(opening[:-1], index, leaf_hash(leaf[:-1])))
    except ValueError:
        return None
    return entry if entry.hidden is None or opens(entry.leaf, entry.hidden) else None


def lines(path: Path, longest: int) -> Iterator[bytes]:
    """Lines with their line feed; one without it is torn or longer than any line of this log, and ends the reading."""
    try:
        with regular(path) as stream:
            while line := stream.readline(longest + 1):
                yield line
                if not line.endswith(b"\n"):
                    return
    except OSError as reason:
        raise StoreDamaged("evidence.log-unreadable", path=str(path)) from reason

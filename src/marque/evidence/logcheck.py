"""Prove a log from its files alone: every leaf, every opening, the tree, the checkpoint.

Nothing is taken from a running marque, nothing is mended. The checkpoint is read first and the openings last, so that
a log that is being written while it is checked is never found at fault for that.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from marque.errors import Parameter, StoreDamaged
from marque.evidence import log as logs
from marque.evidence import torn
from marque.evidence.checkpoint import Checkpoint
from marque.evidence.events import LARGEST_LEAF, LARGEST_OPENING, Leaf, opens, parse_leaf, parse_opening
from marque.evidence.findings import Finding
from marque.evidence.merkle import Tree, leaf_hash


@dataclass(slots=True)
class Proved:
    """What could be read of a log: its checkpoint, the tree over its leaf lines, and the leaves that are leaves."""

    checkpoint: Checkpoint | None = None
    tree: Tree = field(default_factory=Tree)
    leaves: dict[int, Leaf] = field(default_factory=dict)

    def acknowledged(self, index: int) -> bool:
        """Whether a leaf has been acknowledged; all are taken to be where the checkpoint is lost."""
        return self.checkpoint is None or index < self.checkpoint.size


def prove(folder: Path, origin: str | None, proved: Proved) -> Iterator[Finding]:
    """Check the log in `folder`, filling `proved`."""
    try:
        proved.checkpoint = logs.read_checkpoint(folder)
    except StoreDamaged as damage:
        yield Finding("log", "fault" if (folder / logs.CHECKPOINT).is_file() else "missing", damage.code, damage.params)
    try:
        yield from _leaves(folder, proved)
    except StoreDamaged as damage:
        yield Finding("log", "missing", damage.code, damage.params)
    if proved.checkpoint:
        yield from _tree(proved.checkpoint, origin, proved)
    try:
        yield from _openings(folder, proved)
    except StoreDamaged as damage:
        yield Finding("openings", "missing", damage.code, damage.params)
    yield from _strangers(folder)


def _leaves(folder: Path, proved: Proved) -> Iterator[Finding]:
    ids: dict[str, int] = {}
    for index, line in enumerate(logs.lines(folder / logs.LEAVES, LARGEST_LEAF)):
        whole = line.endswith(b"\n")
        if whole:
            proved.tree.append(leaf_hash(line[:-1]))
        elif not proved.acknowledged(index):
            yield _unfinished(logs.LEAVES, line, torn.of_leaf(line))
            return
        try:
            leaf = parse_leaf(line[:-1] if whole else b"")
        except ValueError:
            yield Finding("log", "fault", "evidence.leaf-damaged", {"index": index})
            continue
        proved.leaves[index] = leaf
        if ids.setdefault(leaf.id, index) != index:
            yield Finding("log", "fault", "evidence.event-doubled", {"index": index, "first": ids[leaf.id]})


def _tree(checkpoint: Checkpoint, origin: str | None, proved: Proved) -> Iterator[Finding]:
    if origin is not None and checkpoint.origin != origin:
        yield Finding("log", "fault", "evidence.origin-differs", {"found": checkpoint.origin, "wanted": origin})
    size = len(proved.tree)
    if size < checkpoint.size:
        yield Finding("log", "fault", "evidence.entries-cut", {"size": size, "wanted": checkpoint.size})
    elif proved.tree.root(checkpoint.size) != checkpoint.root:
        yield Finding("log", "fault", "evidence.root-differs", {"size": checkpoint.size})
    elif size > checkpoint.size:
        yield Finding("log", "note", "evidence.entries-in-flight", {"count": size - checkpoint.size})


def _openings(folder: Path, proved: Proved) -> Iterator[Finding]:
    erased = {leaf.parent for leaf in proved.leaves.values() if leaf.type == "erased" and leaf.parent}
    reached = 0
    for index, line in enumerate(logs.lines(folder / logs.OPENINGS, LARGEST_OPENING)):
        reached = index + 1
        hashed = proved.tree.leaf(index) if index < len(proved.tree) else None
        if not line.endswith(b"\n") and not proved.acknowledged(index):
            yield _unfinished(logs.OPENINGS, line, torn.of_opening(line, index, hashed))
            reached = index
            break
        if hashed is None:
            grade = "note" if not proved.acknowledged(index) and _ahead(line, index) else "fault"
            yield Finding("openings", grade, "evidence.opening-stray", {"index": index})
            continue
        try:
            hidden = parse_opening(line.removesuffix(b"\n"), index, hashed)
        except ValueError:
            yield Finding("openings", "fault", "evidence.opening-damaged", {"index": index})
            continue
        leaf = proved.leaves.get(index)
        if not line.endswith(b"\n") or (leaf and hidden and not opens(leaf, hidden)):
            yield Finding("openings", "fault", "evidence.opening-damaged", {"index": index})
        elif leaf and hidden is None and not erased & _subjects(leaf):
            yield Finding("openings", "missing", "evidence.opening-erased", {"index": index})
    for index in range(reached, len(proved.tree)):
        yield Finding("openings", "missing", "evidence.opening-missing", {"index": index})


def _ahead(line: bytes, index: int) -> bool:
    """Whether a whole line is the opening of a leaf that was still to be written."""
    try:
        parse_opening(line[:-1], index, bytes.fromhex(json.loads(line)["leaf"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return True


def _unfinished(name: str, line: bytes, possible: bool) -> Finding:
    """Bytes behind the last whole line: a write that never ended, or what no writer of ours leaves."""
    check = "log" if name == logs.LEAVES else "openings"
    params: dict[str, Parameter] = {"file": name, "count": len(line)}
    return Finding(check, *(("note", "evidence.unfinished") if possible else ("fault", "evidence.appended")), params)


def _subjects(leaf: Leaf) -> set[str | None]:
    return {leaf.parent, leaf.object.sha256 if leaf.object else None} - {None}


def _strangers(folder: Path) -> Iterator[Finding]:
    known = {logs.LEAVES, logs.OPENINGS, logs.CHECKPOINT, logs.CHECKPOINT + ".part"}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known or path.is_symlink():
            yield Finding("log", "fault", "evidence.stranger", {"path": str(path)})

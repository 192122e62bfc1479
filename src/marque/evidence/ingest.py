"""Seal captures: every path becomes rows, one a file, each yielded only after what it says has been acknowledged.

A damaged capture is sealed as it is, and its damage is named: the bytes are the evidence, also the broken ones.
Small captures are sealed in groups, so that the disk is asked to confirm once for many.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from marque.errors import InputRefused, WrongUsage
from marque.evidence import captures, objects
from marque.evidence.captures import Found
from marque.evidence.derive import Shelf
from marque.evidence.events import LONGEST_TEXT, Event, Stored
from marque.evidence.manifest import Listed, write_manifest
from marque.evidence.model import Capture, Part, Problem
from marque.evidence.results import Result, Trouble
from marque.evidence.vault import MANIFESTS, Staged, Vault

GROUP_FILES, GROUP_BYTES = 64, 64 << 20
Moved = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file. `status`: `sealed`, `known`, `damaged`, `refused`; in a folder also `skipped`."""

    path: str
    status: str
    digest: str | None = None
    kind: str | None = None
    result: Result = field(default_factory=lambda: Result(0, 0, ()))


@dataclass(frozen=True, slots=True)
class Sealer:
    """One ingest: where to, by whom, under which authority, and who is told how many bytes have moved."""

    vault: Vault
    shelf: Shelf
    who: str
    why: str
    moved: Moved = lambda count: None


@dataclass(slots=True)
class _Group:
    """Captures staged together, and rows that wait for them so that the order of files is kept."""

    waiting: list[tuple[Path, Capture] | Row] = field(default_factory=list)
    staged: list[Staged] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)

    def full(self) -> bool:
        size = sum(each.stored.length for each in self.staged)
        return max(len(self.waiting), len(self.staged)) >= GROUP_FILES or size >= GROUP_BYTES


def ingest(sealer: Sealer, paths: Sequence[Path]) -> Iterator[Row]:
    """Seal every capture in `paths` and yield a row for each file looked at, in their order."""
    _make_sure(sealer, paths)
    group, derived = _Group(), list[Event]()
    for found in (found for path in paths for found in _walk(path)):
        capture = found.capture
        if capture is None:
            group.waiting.append(_not_taken(found))
        elif capture.digest in group.digests or sealer.vault.has(capture.digest):
            yield from _flush(sealer, group, derived)
            group = _Group()
            yield _known(sealer, found.path, capture, derived)
        else:
            _stage(sealer, group, found.path, capture)
        if group.full():
            yield from _flush(sealer, group, derived)
            group = _Group()
    yield from _flush(sealer, group, derived)
    sealer.vault.log.append(derived)


def _make_sure(sealer: Sealer, paths: Sequence[Path]) -> None:
    """Refuse a call that cannot be carried out whole, before anything is sealed."""
    if max(len(sealer.who), len(sealer.why)) > LONGEST_TEXT:
        raise WrongUsage("evidence.authority-too-long", most=LONGEST_TEXT)
    for path in paths:
        try:
            path.stat()
        except OSError as reason:
            raise WrongUsage("evidence.no-such-file", path=str(path), reason=reason.strerror) from reason


def _walk(path: Path) -> Iterator[Found]:
    """What lies at a path; a folder that cannot be read on ends there, by name."""
    try:
        yield from captures.walk(path)
    except OSError as reason:
        place = Path(os.fsdecode(reason.filename)) if reason.filename else path
        yield Found(place, None, Problem("read.unreadable"), named=True)


def _not_taken(found: Found) -> Row:
    """A file that is no capture is passed over in a folder; one that could not be read is refused there too."""
    problems = () if found.problem is None else (Trouble(found.problem),)
    unread = found.problem is not None and found.problem.code == "read.unreadable"
    return Row(str(found.path), "refused" if found.named or unread else "skipped", result=Result(0, 0, problems))


def _refused(path: Path, error: InputRefused) -> Row:
    params = tuple((name, str(value)) for name, value in error.params.items())
    return Row(str(path), "refused", result=Result(0, 0, (Trouble(Problem(error.code, params=params)),)))


def _known(sealer: Sealer, path: Path, capture: Capture, derived: list[Event]) -> Row:
    """The row of a capture sealed before: its bytes are checked, what was found at first ingest is repeated."""
    sealer.vault.check(capture.digest)
    sealer.moved(size(capture))
    result = sealer.shelf.result(capture.digest) or _read(sealer, capture.digest, derived)
    return Row(str(path), "known", capture.digest, sealer.vault.capture(capture.digest).kind, result)


def _read(sealer: Sealer, digest: str, derived: list[Event]) -> Result:
    capture = sealer.vault.capture(digest)
    result, event = sealer.shelf.work_out(capture, sealer.who, sealer.why)
    derived += [each for each in (event, sealer.shelf.copy(capture, sealer.who, sealer.why)) if each]
    return result


def _stage(sealer: Sealer, group: _Group, path: Path, capture: Capture) -> None:
    """Write a capture aside; it is sealed with its group. What cannot be read is refused and leaves nothing."""
    staged: list[Staged] = []
    try:
        if capture.kind in MANIFESTS:
            _stage_page(sealer, capture, staged)
        else:
            staged.append(sealer.vault.stage(_content(capture.parts[""], sealer.moved), capture.kind))
        arrived = _as_announced(staged[-1].stored, capture)
    except InputRefused as error:
        sealer.vault.discard(staged)
        group.waiting.append(_refused(path, error))
        return
    group.waiting.append((path, capture))
    group.staged += staged
    group.digests.add(capture.digest)
    group.events.append(Event("ingested", arrived, sealer.who, capture.name, sealer.why))


def _as_announced(stored: Stored, capture: Capture) -> Stored:
    if stored.sha256 != capture.digest:
        raise InputRefused("evidence.changed-while-read")
    return stored


def _stage_page(sealer: Sealer, capture: Capture, staged: list[Staged]) -> None:
    """Every file of a saved page, then the manifest that lists them and whose digest names the capture."""
    listed = []
    for name, part in sorted(capture.parts.items()):
        staged.append(sealer.vault.stage(_content(part, sealer.moved), "page-file"))
        listed.append(Listed(name, staged[-1].stored.sha256, staged[-1].stored.length))
    staged.append(sealer.vault.stage([write_manifest(listed)], capture.kind))


def _flush(sealer: Sealer, group: _Group, derived: list[Event]) -> Iterator[Row]:
    """Seal a group, then read what was sealed and yield its rows in order."""
    sealer.vault.seal(group.staged, [*group.events, *derived])
    derived.clear()
    for each in group.waiting:
        if isinstance(each, Row):
            yield each
        else:
            path, capture = each
            result = _read(sealer, capture.digest, derived)
            status = "damaged" if result.damaged else "sealed"
            yield Row(str(path), status, capture.digest, capture.kind, result)


def size(capture: Capture) -> int:
    return sum(part.length for part in capture.parts.values())


def _content(part: Part, moved: Moved) -> Iterator[bytes]:
    """The bytes of a part outside the vault, counted as they are read."""
    with part.path.open("rb") as stream:
        stream.seek(part.skip)
        for chunk in objects.chunks(stream):
            moved(len(chunk))
            yield chunk

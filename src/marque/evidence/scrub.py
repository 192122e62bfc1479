"""Re-hash everything stored; make sure that the log accounts for all of it, and that all the log names is there."""

import json
import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from pathlib import Path

from marque.errors import StoreDamaged
from marque.evidence import objects
from marque.evidence.events import Leaf, Stored
from marque.evidence.findings import Finding
from marque.evidence.manifest import LARGEST_MANIFEST, parse_manifest
from marque.evidence.vault import ARRIVALS, INCOMING, MANIFESTS, held

Moved = Callable[[int], None]
RUN = "run"  # the kind of the object that a run's entry names: the list of its files
RUN_FILES, RUN_NAMED = "files.json", "current"


def wanted(vault: Path, leaves: Mapping[int, Leaf]) -> dict[str, Stored]:
    """Every object that the log says is in the vault, by SHA-256. Files of a page are known by digest and length."""
    arrived: dict[str, Stored] = {}
    for _, leaf in sorted(leaves.items()):
        if leaf.type in ARRIVALS and leaf.object:
            arrived.setdefault(leaf.object.sha256, leaf.object)
        elif leaf.type == "erased" and leaf.parent:
            arrived.pop(leaf.parent, None)
    pages = [stored.sha256 for stored in arrived.values() if stored.kind in MANIFESTS]
    for digest in pages:
        for file in _listed(vault, digest):
            arrived.setdefault(file.sha256, file)
    return arrived


def _listed(vault: Path, digest: str) -> Iterator[Stored]:
    """A page's files; none where its manifest is damaged, which its own re-hash names."""
    try:
        manifest = parse_manifest(objects.content(vault / digest[:2] / digest, LARGEST_MANIFEST))
    except (OSError, StoreDamaged):
        return
    for file in manifest:
        yield Stored("page-file", file.length, file.sha256, "")


def check_objects(vault: Path, stored: Mapping[str, Stored], moved: Moved) -> Iterator[Finding]:
    """Every object the log names is there and is what was sealed."""
    for digest, expected in sorted(stored.items()):
        path = vault / digest[:2] / digest
        if not path.is_file():
            yield Finding("objects", "missing", "evidence.object-gone", {"digest": digest})
            continue
        if path.is_symlink():
            yield Finding("objects", "fault", "evidence.stranger", {"path": str(path)})
        try:
            found = objects.measure(path)
        except StoreDamaged as damage:
            grade = "missing" if damage.code == "evidence.object-unreadable" else "fault"
            yield Finding("objects", grade, damage.code, damage.params)
            continue
        moved(found.length)
        same = (found.sha256, found.length) == (expected.sha256, expected.length)
        if not same or expected.sha512 not in {"", found.sha512}:
            yield Finding("objects", "fault", "evidence.object-changed", {"digest": digest, "kind": expected.kind})


def strangers(vault: Path, known: Container[str], later: Callable[[], Container[str]]) -> Iterator[Finding]:
    """What lies in the vault without being accounted for.

    A writer at work is not mistaken for a stranger: an object it has just put in place has its aside copy beside it,
    until the log names it. So objects are listed first, then the aside copies, and then the log is read again
    (`later`).
    """
    loose: list[Path] = []
    for path in _entries(vault):
        if path.name == INCOMING:
            continue
        if len(path.name) != 2 or not path.is_dir() or path.is_symlink():
            yield Finding("objects", "fault", "evidence.stranger", {"path": str(path)})
            continue
        loose += [each for each in _entries(path) if each.name[:2] != path.name or each.name not in known]
    asides = [path for path in _entries(vault / INCOMING) if path.is_file() and not path.is_symlink()]
    in_flight = {held(aside) for aside in asides} if loose else set()
    since = later() if loose else ()
    for path in loose:
        if path.name in in_flight:
            yield Finding("objects", "note", "evidence.object-in-flight", {"digest": path.name})
        elif path.is_symlink() or (path.exists() and path.name not in since):
            yield Finding("objects", "fault", "evidence.stranger", {"path": str(path)})
    if asides:
        yield Finding("objects", "note", "evidence.asides", {"count": len(asides)})


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def check_derived(folder: Path, leaves: Mapping[int, Leaf], moved: Moved) -> Iterator[Finding]:
    """Every logged result that is still kept is the one that was logged. A deleted one is worked out again.

    Of a run the list of its files is logged, with their digests.
    """
    logged: dict[tuple[str, str], Stored] = {}
    for _, leaf in sorted(leaves.items()):
        if leaf.type == "derived" and leaf.object:
            name = leaf.object.kind, leaf.parent or leaf.object.sha256
            logged.pop(name, None)  # the order is that of the last entries
            logged[name] = leaf.object
    gone = 0
    for (stage, digest), expected in sorted(logged.items()):
        found = next((path for path in _kept(folder, stage, digest) if path.is_file()), None)
        if found is None:
            gone += 1
            yield from _unlisted(folder, stage, digest)
            continue
        try:
            measured = objects.digests_of(found, 0, stage)
        except OSError as reason:
            params = {"path": str(found), "reason": reason.strerror}
            yield Finding("derived", "missing", "evidence.object-unreadable", params)
            continue
        moved(measured.length)
        if measured != expected:
            yield Finding("derived", "fault", "evidence.derived-changed", {"path": str(found)})
        elif stage == RUN:
            yield from _check_run(found)
    if gone:
        yield Finding("derived", "note", "evidence.derived-gone", {"count": gone})
    yield from _check_named(folder / "runs", [digest for stage, digest in logged if stage == RUN])


def _unlisted(folder: Path, stage: str, digest: str) -> Iterator[Finding]:
    """A run whose tables are kept while the list that vouches for them is not."""
    run = folder / "runs" / digest
    if stage == RUN and run.is_dir():
        yield Finding("derived", "fault", "evidence.derived-changed", {"path": str(run / RUN_FILES)})


def _check_run(files: Path) -> Iterator[Finding]:
    """Every file of a run is the one its list names, and there is no other."""
    listed: dict[str, str] = json.loads(files.read_bytes())
    there = {path.name for path in files.parent.iterdir()} - {RUN_FILES}
    for name in sorted(there | set(listed)):
        path = files.parent / name
        same = path.is_file() and objects.digests_of(path, 0, RUN).sha256 == listed.get(name)
        if not same:
            yield Finding("derived", "fault", "evidence.derived-changed", {"path": str(path)})


def _check_named(runs: Path, known: Sequence[str]) -> Iterator[Finding]:
    """The current run is the last one the log knows. A writer stopped at the end leaves the one before it, or none."""
    path = runs / RUN_NAMED
    if not path.is_file():
        if any((runs / digest).is_dir() for digest in known):
            yield Finding("derived", "missing", "evidence.run-unnamed", {"path": str(path), "last": known[-1]})
        return
    named = path.read_bytes().decode("ascii", "replace")
    if named not in {f"{digest}\n" for digest in known}:
        yield Finding("derived", "fault", "evidence.derived-changed", {"path": str(path)})
    elif named != f"{known[-1]}\n":
        grade = "missing" if named == f"{known[-2]}\n" else "fault"
        yield Finding("derived", grade, "evidence.run-not-last", {"path": str(path), "last": known[-1]})


def _kept(folder: Path, stage: str, digest: str) -> Iterator[Path]:
    """Where a result may lie. The stage comes from a leaf, so it must not lead out of the folder."""
    if stage == RUN:
        yield folder / "runs" / digest / RUN_FILES
    elif os.sep not in stage and stage not in {"", ".", ".."}:
        yield folder / "derived" / stage / f"{digest}.parquet"
        yield folder / "derived" / stage / digest

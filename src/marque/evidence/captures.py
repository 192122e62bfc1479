"""Captures outside the vault: found in folders, given their digest and their parts.

A saved page is an HTML file with its folder of parts and its sidecar; its digest is that of a canonical manifest, so
that the same page saved the same way is the same capture wherever it lies.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from marque.digest import sha256, sha256_stream
from marque.errors import InputRefused, WrongUsage
from marque.evidence import limits
from marque.evidence.manifest import Listed, write_manifest
from marque.evidence.model import Capture, Part, Problem
from marque.evidence.pagefiles import FOLDERS, MAINS, SIDECARS
from marque.evidence.recognise import recognise


class Found(NamedTuple):
    """One file met: a capture, or why it is none. `named` where the operator named it, else met in a folder."""

    path: Path
    capture: Capture | None
    problem: Problem | None
    named: bool


def outside(path: Path) -> Capture:
    """A capture of a file, or of a saved page with its folder."""
    if not path.exists():
        raise WrongUsage("read.path-missing", path=str(path))
    kind = recognise(path)
    if kind is None:
        raise InputRefused(refusal(path).code, path=str(path))
    if kind == "saved-page":
        return _of_files(path, kind, dict(_page_files(path)))
    beside = _beside(path) if kind == "har" else {}
    if beside:
        return _of_files(path, "har-files", {path.name: path, **beside})
    digest, length = _digest(path)
    return Capture(digest, kind, path.name, {"": Part(path, 0, length)})


def refusal(path: Path) -> Problem:
    """Why a file is not a capture."""
    empty = path.is_file() and path.stat().st_size == 0
    return Problem("read.empty" if empty else "read.not-a-capture")


def walk(path: Path) -> Iterator[Found]:
    """The captures at a path, a folder in name order. Links are not followed."""
    if not path.exists():
        raise WrongUsage("read.path-missing", path=str(path))
    if path.is_dir():
        yield from _folder(path)
    else:
        yield _found(path, named=True)


def _folder(folder: Path) -> Iterator[Found]:
    entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    names = {entry.name for entry in entries}
    bodies = {name for entry in entries for name in _bodies(entry)}
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            yield Found(path, None, Problem("read.link"), named=False)
        elif entry.is_dir():
            if not _parts_of(entry.name, names):
                yield from _folder(path)
        elif not entry.is_file():
            yield Found(path, None, Problem("read.not-a-file"), named=False)
        elif entry.name not in bodies and not _sidecar_of(path, names):
            yield _found(path, named=False)


def _bodies(entry: "os.DirEntry[str]") -> set[str]:
    """The names of the files that belong to a HAR in the folder."""
    if not entry.name.lower().endswith((".har", ".json")) or entry.is_symlink() or not entry.is_file():
        return set()
    try:
        return set(_beside(Path(entry.path))) if recognise(Path(entry.path)) == "har" else set()
    except OSError:
        return set()


def _parts_of(name: str, names: set[str]) -> bool:
    """Whether a folder holds the parts of a page saved beside it."""
    bases = (name.removesuffix(end) for end in FOLDERS if name.endswith(end))
    return any(f"{base}{end}" in names for base in bases for end in MAINS)


def _sidecar_of(path: Path, names: set[str]) -> bool:
    return path.suffix in SIDECARS and path.stem in names and path.stem.lower().endswith(MAINS)


def _found(path: Path, *, named: bool) -> Found:
    try:
        return Found(path, outside(path), None, named)
    except InputRefused as refused:
        return Found(path, None, Problem(refused.code), named)
    except OSError:
        return Found(path, None, Problem("read.unreadable"), named)


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as stream:
        return sha256_stream(stream)


def _of_files(path: Path, kind: str, files: dict[str, Path]) -> Capture:
    """A capture of several files, named by the digest of the manifest that lists them."""
    files = dict(sorted(files.items(), key=lambda item: os.fsencode(item[0])))
    if len(files) > limits.FILES:
        raise InputRefused("read.too-many-files", path=str(path), limit=limits.FILES)
    measured = {name: _digest(file) for name, file in files.items()}
    parts = {name: Part(files[name], 0, length) for name, (_, length) in measured.items()}
    manifest = write_manifest(Listed(name, digest, length) for name, (digest, length) in measured.items())
    return Capture(sha256(manifest), kind, path.name, parts)


def _beside(path: Path) -> dict[str, Path]:
    """The files beside a HAR that it keeps bodies in."""
    from marque.evidence.readers.harsource import named_files

    return {file.name: file for file in named_files(path)}


def _page_files(path: Path) -> Iterator[tuple[str, Path]]:
    yield path.name, path
    for end in SIDECARS:
        beside = path.with_name(path.name + end)
        if beside.is_file() and not beside.is_symlink():
            yield beside.name, beside
    for end in FOLDERS:
        folder = path.with_name(path.stem + end)
        if folder.is_dir() and not folder.is_symlink():
            yield from _below(folder, folder.name)


def _below(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    for entry in os.scandir(folder):
        if entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _below(Path(entry.path), f"{name}/{entry.name}")
        elif entry.is_file():
            yield f"{name}/{entry.name}", Path(entry.path)

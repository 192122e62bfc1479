"""Sealed captures, addressed by the SHA-256 of their bytes. What the log has acknowledged is here, whole, for good.

Order of sealing: write aside, sync, link into place, sync the folders, log, sync, acknowledge; only then is the aside
copy removed. So a stopped writer always leaves the aside copy of what was not acknowledged, and the next writer knows
by it what to take back. An object that neither the log nor an aside copy accounts for was put there by someone else.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from marque.errors import StoreDamaged, WrongUsage
from marque.evidence import objects
from marque.evidence.events import Event, Stored
from marque.evidence.files import Files
from marque.evidence.log import Entry, Log
from marque.evidence.manifest import LARGEST_MANIFEST, Listed, parse_manifest
from marque.evidence.model import Capture, Part

INCOMING = "incoming"
# kinds of several files: what is sealed under the capture's digest is the manifest that lists them
MANIFESTS = ("saved-page", "har-files")
SEEKABLE = "seekable-1"  # the stage of copies that can be seeked, under derived/
# The events that bring a capture into the vault.
ARRIVALS = ("ingested", "collected", "received")


@dataclass(frozen=True, slots=True)
class Staged:
    """Bytes written aside, whole and synced, not yet in their place."""

    aside: Path
    stored: Stored


class Vault:
    """The vault in one folder; its log lies beside it. Writing is for the one who holds the workspace's lock."""

    def __init__(self, folder: Path, log: Log | None = None, files: Files | None = None) -> None:
        self.folder = folder
        self.files = files or (log.files if log else Files())
        self.log = log or Log(folder.parent / "log", self.files)
        self._arrivals: dict[str, Entry] = {}
        self._seen = 0

    def has(self, digest: str) -> bool:
        """Whether a capture with this digest has been sealed."""
        return digest in self._index()

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def part(self, digest: str) -> Part:
        """Where the sealed bytes of an object lie."""
        path, skip = self.path(digest), len(objects.HEADER)
        try:
            return Part(path, skip, path.stat().st_size - skip)
        except OSError as reason:
            raise StoreDamaged("evidence.object-missing", digest=digest) from reason

    def capture(self, digest: str) -> Capture:
        """A sealed capture, for readers."""
        entry = self._index().get(digest)
        if entry is None:
            raise WrongUsage("evidence.capture-unknown", digest=digest)
        stored = entry.leaf.object
        assert stored is not None, "an arrival names what arrived"
        name = entry.hidden["what"].text if entry.hidden else digest
        if stored.kind not in MANIFESTS:
            return Capture(digest, stored.kind, name, {"": self._expected(stored)}, self._copy(digest))
        parts = {file.path: self.part(file.sha256) for file in self.listed(digest)}
        return Capture(digest, stored.kind, name, parts)

    def captures(self) -> list[Capture]:
        """Everything sealed, in the order of sealing."""
        return [self.capture(digest) for digest in self._index()]

    def digests(self) -> list[str]:
        """The digests of everything sealed, in the order of sealing."""
        return list(self._index())

    def listed(self, digest: str) -> tuple[Listed, ...]:
        """The files of a sealed saved page."""
        return parse_manifest(objects.content(self.path(digest), LARGEST_MANIFEST))

    def check(self, digest: str) -> None:
        """Make sure that a sealed capture is still what was sealed; StoreDamaged where it is not."""
        wanted = [digest]
        if self.capture(digest).kind in MANIFESTS:
            wanted += [file.sha256 for file in self.listed(digest)]
        for each in wanted:
            if objects.measure(self.path(each)).sha256 != each:
                raise StoreDamaged("evidence.object-damaged", digest=each)

    def stage(self, source: Iterable[bytes], kind: str) -> Staged:
        """Write bytes aside. Nothing of them is visible yet."""
        aside = self.folder / INCOMING / secrets.token_hex(16)
        return Staged(aside, objects.write(self.files, aside, source, kind))

    def seal(self, staged: Sequence[Staged], events: Sequence[Event]) -> list[Entry]:
        """Put staged objects in their places and log the events; on return all of it is acknowledged."""
        if staged:
            self.files.sync_folder(self.folder / INCOMING)
        touched = {self._place(each) for each in staged}
        for folder in sorted(touched - {None}, key=str):
            assert folder is not None
            self.files.sync_folder(folder)
        entries = self.log.append(events)
        self.discard(staged)
        return entries

    def discard(self, staged: Iterable[Staged]) -> None:
        """Remove aside copies."""
        for each in staged:
            self.files.remove(each.aside)

    def put(self, source: BinaryIO | Path, kind: str, *, name: str, who: str, why: str) -> str:
        """Seal one file as a capture of a kind and return its digest; known bytes change nothing."""
        if isinstance(source, Path):
            with source.open("rb") as stream:
                return self.put(stream, kind, name=name, who=who, why=why)
        staged = self.stage(objects.chunks(source), kind)
        if self.has(staged.stored.sha256):
            self.discard([staged])
        else:
            self.seal([staged], [Event("ingested", staged.stored, who, name, why)])
        return staged.stored.sha256

    def recover(self) -> list[str]:
        """Take back what a stopped writer put in place but never acknowledged; returns the digests taken back."""
        incoming, back = self.folder / INCOMING, []
        self.files.make_folder(incoming)
        asides = sorted(incoming.iterdir())
        known = set(self.accounted()) if asides else set()
        for aside in asides:
            digest = held(aside)
            place = self.path(digest or "-")
            if digest and digest not in known and place.exists():
                self.files.remove(place)
                self.files.sync_folder(place.parent)
                back.append(digest)
            self.files.remove(aside)
        return back

    def accounted(self) -> Iterator[str]:
        """The digest of every object that the log accounts for, files of saved pages included."""
        for digest, entry in self._index().items():
            yield digest
            if entry.leaf.object and entry.leaf.object.kind in MANIFESTS:
                yield from (file.sha256 for file in self.listed(digest))

    def _place(self, staged: Staged) -> Path | None:
        """Link into place; returns the folder that now has to be synced, None where the object lay there already."""
        place = self.path(staged.stored.sha256)
        if place.exists():
            if objects.measure(place).sha256 != staged.stored.sha256:
                raise StoreDamaged("evidence.object-damaged", digest=staged.stored.sha256)
            return place.parent
        if not place.parent.exists():
            self.files.make_folder(place.parent)
            self.files.sync_folder(self.folder)
        self.files.link(staged.aside, place)
        return place.parent

    def _expected(self, stored: Stored) -> Part:
        return Part(self.path(stored.sha256), len(objects.HEADER), stored.length)

    def _copy(self, digest: str) -> Part | None:
        path = self.folder.parent / "derived" / SEEKABLE / digest
        return Part(path, 0, path.stat().st_size) if path.is_file() else None

    def _index(self) -> dict[str, Entry]:
        for entry in self.log.entries[self._seen :]:
            stored = entry.leaf.object
            if entry.leaf.type in ARRIVALS and stored:
                self._arrivals.setdefault(stored.sha256, entry)
            elif entry.leaf.type == "erased" and entry.leaf.parent:
                self._arrivals.pop(entry.leaf.parent, None)
        self._seen = len(self.log.entries)
        return self._arrivals


def held(aside: Path) -> str | None:
    """Digest of what an aside copy holds, None where it was stopped before its header was whole."""
    try:
        return objects.measure(aside).sha256
    except StoreDamaged:
        return None

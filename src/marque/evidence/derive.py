"""What reading a sealed capture gave: its `records` table and what is wrong with it, worked out once and logged.

The result lies in `derived/records-<version>/<digest>.parquet`. It can be deleted: it is worked out again from the
sealed bytes. A result that the log does not name, or that is no longer what was logged, is never used.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from marque.digest import sha256
from marque.evidence import notes, read, seekable
from marque.evidence.events import Event, Stored
from marque.evidence.files import Writer
from marque.evidence.model import RECORDS, SCHEMA_VERSION, Capture, Exchange, Problem, Record
from marque.evidence.objects import digests_of
from marque.evidence.results import Result, Tally, Trouble, as_text, parse
from marque.evidence.rows import row
from marque.evidence.vault import SEEKABLE, Vault

_DATA = sorted(path for path in (Path(__file__).parent / "data").iterdir() if path.is_file())
# A changed reader, table or data file (verdict patterns, published ranges) makes a stage of its own.
STAGE = f"records-{SCHEMA_VERSION}-{read.VERSION}-{sha256(b''.join(path.read_bytes() for path in _DATA))[:8]}"
_ROWS = 500
_FAULTS = (ArithmeticError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError)
_RESULT = b"marque.result"
_FAILED = "evidence.reader-failed"  # our own fault: such a reading is tried again


class Shelf:
    """The results of one vault's captures. Writing is for the one who holds the workspace's lock."""

    def __init__(self, vault: Vault, folder: Path) -> None:
        self.vault = vault
        self.folder = folder
        self._logged: dict[tuple[str, str], Stored] = {}
        self._seen = 0
        self._streaming: set[str] = set()  # captures worked out here whose records can be reached only from the start

    def path(self, digest: str) -> Path:
        return self.folder / STAGE / f"{digest}.parquet"

    def logged(self, stage: str, digest: str) -> Stored | None:
        """What the log says of a capture's result."""
        entries = self.vault.log.entries
        for entry in entries[self._seen :]:
            stored, parent = entry.leaf.object, entry.leaf.parent
            if entry.leaf.type == "derived" and stored and parent:
                self._logged[stored.kind, parent] = stored
        self._seen = len(entries)
        return self._logged.get((stage, digest))

    def result(self, digest: str) -> Result | None:
        """The result of an earlier reading, None where there is none that can be relied on."""
        path, logged = self.path(digest), self.logged(STAGE, digest)
        if logged is None or not path.is_file() or digests_of(path, 0, STAGE) != logged:
            return None
        result = parse(pq.read_metadata(path).metadata[_RESULT])
        return None if any(trouble.problem.code == _FAILED for trouble in result.problems) else result

    def work_out(self, capture: Capture, who: str, why: str) -> tuple[Result, Event | None]:
        """Read a capture and keep the result; the event is still to be logged, None where the log has it already."""
        path = self.path(capture.digest)
        aside, files = self._begin(path), self.vault.files
        writer = Writer(files, aside)
        try:
            tally = _write(writer, capture)
            writer.finish()
        finally:
            writer.close()
        files.rename(aside, path)  # a name lost with the power is a result worked out again; no need to sync it
        stored = digests_of(path, 0, STAGE)
        if tally.streamed:
            self._streaming.add(capture.digest)
        if self.logged(STAGE, capture.digest) == stored:
            return tally.result(), None
        return tally.result(), Event("derived", stored, who, capture.name, why, parent=capture.digest)

    def copy(self, capture: Capture, who: str, why: str) -> Event | None:
        """Keep a copy that can be seeked, of a capture just worked out that cannot be; None where there is no need."""
        possible = capture.digest in self._streaming or capture.kind == "wacz"
        if not possible or self.logged(SEEKABLE, capture.digest):
            return None
        path = self.folder / SEEKABLE / capture.digest
        aside = self._begin(path)
        writer = Writer(self.vault.files, aside)
        try:
            made = seekable.make(capture, cast("BinaryIO", writer))
            writer.finish()
        except _FAULTS:  # the capture is sealed and read; it only stays slow to look things up in
            made = False
        finally:
            writer.close()
        if not made:
            self.vault.files.remove(aside)
            return None
        self.vault.files.rename(aside, path)
        return Event("derived", digests_of(path, 0, SEEKABLE), who, capture.name, why, parent=capture.digest)

    def _begin(self, path: Path) -> Path:
        """Where to write a result before it is whole."""
        files, aside = self.vault.files, path.with_name(path.name + ".part")
        if not path.parent.exists():
            files.make_folder(path.parent)
            files.sync_folder(self.folder)
        files.remove(aside)
        return aside


def _write(stream: Writer, capture: Capture) -> Tally:
    tally, rows = Tally(notes=notes.of(capture)), list[dict[str, object]]()
    with pq.ParquetWriter(stream, RECORDS, compression="zstd") as table:
        for item in _readings(capture):
            if isinstance(item, Problem):
                tally.note([Trouble(item)])
                continue
            tally.take(item)
            rows.append(row(item))
            if len(rows) == _ROWS:
                table.write_table(pa.Table.from_pylist(rows, schema=RECORDS))
                rows.clear()
        if rows:
            table.write_table(pa.Table.from_pylist(rows, schema=RECORDS))
        table.add_key_value_metadata({_RESULT: as_text(tally.result())})
    return tally


def _readings(capture: Capture) -> Iterable[Record | Problem]:
    """A capture read to its end, whatever it holds. A reader's own failure is named with the file, the run goes on."""
    try:
        for item in read.read(capture):
            yield item.record if isinstance(item, Exchange) else item
    except _FAULTS as reason:
        yield Problem(_FAILED, params=(("error", type(reason).__name__),))

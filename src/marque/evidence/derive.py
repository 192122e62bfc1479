"""What reading a sealed capture gave: its `records` table and what is wrong with it, worked out once and logged.

The result lies in `derived/records-<version>/<digest>.parquet`. It can be deleted: it is worked out again from the
sealed bytes. A result that the log does not name, or that is no longer what was logged, is never used.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from marque.digest import canonical_json, sha256
from marque.evidence import read, seekable
from marque.evidence.events import Event, Stored
from marque.evidence.files import Writer
from marque.evidence.model import CONTENT, RECORDS, SCHEMA_VERSION, Capture, Exchange, Problem, Record
from marque.evidence.objects import digests_of
from marque.evidence.vault import SEEKABLE, Vault

_DATA = sorted(path for path in (Path(__file__).parent / "data").iterdir() if path.is_file())
# A changed reader, table or data file (verdict patterns, published ranges) makes a stage of its own.
STAGE = f"records-{SCHEMA_VERSION}-{read.VERSION}-{sha256(b''.join(path.read_bytes() for path in _DATA))[:8]}"
MOST_PROBLEMS = 1_000  # shown with a file; all of a record's problems stand in the table
_ROWS = 500
_FAULTS = (ArithmeticError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError)
_RESULT = b"marque.result"
_FAILED = "evidence.reader-failed"  # our own fault: such a reading is tried again
_LARGEST = {"status": 2**31 - 1, "time": 2**63 - 1}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem with the record it is in, None for the capture as a whole."""

    problem: Problem
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """How a reading ended: exchanges read, sites their pages belong to, what is wrong, how much more is wrong."""

    records: int
    sites: int
    problems: tuple[Trouble, ...]
    left_out: int = 0


@dataclass(slots=True)
class _Tally:
    records: int = 0
    left_out: int = 0
    sites: set[str] = field(default_factory=set)
    problems: list[Trouble] = field(default_factory=list)

    def note(self, troubles: Iterable[Trouble]) -> None:
        for trouble in troubles:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(trouble)
            else:
                self.left_out += 1

    def take(self, record: Record) -> None:
        self.records += 1
        if record.site is not None and record.verdict == CONTENT and record.page == record.record:
            self.sites.add(record.site)
        self.note(Trouble(problem, record.record) for problem in record.problems)

    def result(self) -> Result:
        return Result(self.records, len(self.sites), tuple(self.problems), self.left_out)


class Shelf:
    """The results of one vault's captures. Writing is for the one who holds the workspace's lock."""

    def __init__(self, vault: Vault, folder: Path) -> None:
        self.vault = vault
        self.folder = folder
        self._logged: dict[tuple[str, str], Stored] = {}
        self._seen = 0

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
        result = _parse(pq.read_metadata(path).metadata[_RESULT])
        return None if any(trouble.problem.code == _FAILED for trouble in result.problems) else result

    def work_out(self, capture: Capture, who: str, why: str) -> tuple[Result, Event | None]:
        """Read a capture and keep the result; the event is still to be logged, None where the log has it already."""
        path = self.path(capture.digest)
        aside, files = self._begin(path), self.vault.files
        writer = Writer(files, aside)
        try:
            result = _write(writer, capture)
            writer.finish()
        finally:
            writer.close()
        files.rename(aside, path)
        files.sync_folder(path.parent)
        stored = digests_of(path, 0, STAGE)
        if self.logged(STAGE, capture.digest) == stored:
            return result, None
        return result, Event("derived", stored, who, capture.name, why, parent=capture.digest)

    def copy(self, capture: Capture, who: str, why: str) -> Event | None:
        """Keep a copy that can be seeked, of a capture that cannot be; None where there is no need, or no way."""
        if not self._streamed(capture) or self.logged(SEEKABLE, capture.digest):
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
        self.vault.files.sync_folder(path.parent)
        return Event("derived", digests_of(path, 0, SEEKABLE), who, capture.name, why, parent=capture.digest)

    def _streamed(self, capture: Capture) -> bool:
        """Whether any record can be reached only from the start; in a WACZ its members' packing decides."""
        codings = pq.read_table(self.path(capture.digest), columns=["locator"])["locator"].combine_chunks()
        return capture.kind == "wacz" or "gzip-stream" in codings.field("coding").unique().to_pylist()

    def _begin(self, path: Path) -> Path:
        """Where to write a result before it is whole."""
        files, aside = self.vault.files, path.with_name(path.name + ".part")
        if not path.parent.exists():
            files.make_folder(path.parent)
            files.sync_folder(self.folder)
        files.remove(aside)
        return aside


def _write(stream: Writer, capture: Capture) -> Result:
    tally, rows = _Tally(), list[dict[str, object]]()
    with pq.ParquetWriter(stream, RECORDS, compression="zstd") as table:
        for item in _readings(capture):
            if isinstance(item, Problem):
                tally.note([Trouble(item)])
                continue
            tally.take(item)
            rows.append(_row(item))
            if len(rows) == _ROWS:
                table.write_table(pa.Table.from_pylist(rows, schema=RECORDS))
                rows.clear()
        table.write_table(pa.Table.from_pylist(rows, schema=RECORDS))
        table.add_key_value_metadata({_RESULT: _text(tally.result())})
    return tally.result()


def _readings(capture: Capture) -> Iterable[Record | Problem]:
    """A capture read to its end, whatever it holds. A reader's own failure is named with the file, the run goes on."""
    try:
        for item in read.read(capture):
            yield item.record if isinstance(item, Exchange) else item
    except _FAULTS as reason:
        yield Problem(_FAILED, params=(("error", type(reason).__name__),))


def _row(record: Record) -> dict[str, object]:
    locator = record.locator
    return {
        "record": record.record,
        "page": record.page,
        "source": record.source,
        "uri": _plain(record.uri),
        "site": _plain(record.site),
        "host": _plain(record.host),
        "time": _bounded("time", record.time),
        "status": _bounded("status", record.status),
        "media_type": _plain(record.media_type),
        "payload_digest": record.payload_digest,
        "locator": {
            "member": _plain(locator.member),
            "offset": locator.offset,
            "length": locator.length,
            "coding": locator.coding,
        },
        "verdict": record.verdict,
        "problems": [
            {
                "code": problem.code,
                "offset": problem.offset,
                "member": _plain(problem.member),
                "params": [{"name": name, "value": _plain(value)} for name, value in problem.params],
            }
            for problem in record.problems
        ],
    }


def _plain(text: str | None) -> str | None:
    """Text a table can hold: a lone surrogate is spelt out."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()


def _bounded(name: str, value: int | None) -> int | None:
    return value if value is not None and abs(value) <= _LARGEST[name] else None


def _text(result: Result) -> bytes:
    problems = [
        {
            "code": trouble.problem.code,
            "member": trouble.problem.member,
            "offset": trouble.problem.offset,
            "params": dict(trouble.problem.params),
            "record": trouble.record,
        }
        for trouble in result.problems
    ]
    counts = {"left_out": result.left_out, "records": result.records, "sites": result.sites}
    return canonical_json({"problems": problems, **counts})


def _parse(text: bytes) -> Result:
    value = json.loads(text.decode("utf-8", "surrogatepass"))
    troubles = tuple(Trouble(_problem(row), row["record"]) for row in value["problems"])
    return Result(value["records"], value["sites"], troubles, value["left_out"])


def _problem(row: Mapping[str, object]) -> Problem:
    code, offset, member, params = row["code"], row["offset"], row["member"], row["params"]
    assert isinstance(code, str)
    assert isinstance(member, str)
    assert isinstance(params, dict)
    return Problem(code, offset if isinstance(offset, int) else None, member, tuple(params.items()))

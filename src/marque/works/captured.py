"""Sound, film, text and covers that a capture's pages show, as fingerprints: once a capture, in the media asked for.

As with pictures, only records with the verdict `content` and a known page count. A page's own document is read as text;
so is a book that a page loads or links within the capture. What could not be read has a row that names its problem;
what could be read in part has its fingerprints in rows that name it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType

import pyarrow as pa

from marque.errors import InputRefused
from marque.evidence.model import CONTENT, TIME, Exchange
from marque.works.mediums import LEAST_ROWS, SILENT, Medium, OfBytes, asked, cut
from marque.works.recognise import medium_of

VERSION = 3  # of what is read and kept, beside that of the medium
MOST_SIZE = 512 << 20
_WHERE = (
    ("site", pa.string()),
    ("page", pa.string()),
    ("time", TIME),
    ("record", pa.string()),
    ("problem", pa.string()),
)


def schema(medium: Medium) -> pa.Schema:
    """The table of a capture's fingerprints in one medium: where each stands, and the medium's own columns."""
    metadata = {b"marque.table": f"captured-{medium.name}".encode(), b"marque.version": str(medium.version).encode()}
    taken = {name for name, _ in _WHERE}  # a film's codes have times of their own
    own = [each.with_name(f"{medium.name}_{each.name}") if each.name in taken else each for each in medium.table]
    return pa.schema([*_WHERE, *own], metadata=metadata)


class Collector:
    """Fingerprints of what streams by. A payload that many pages show is fingerprinted once.

    Used as a context: a medium's session is opened for its first payload and ends with the capture.
    """

    def __init__(self, media: Sequence[Medium]) -> None:
        self._media = {medium.name: medium for medium in media}
        self._seen: dict[str, pa.Table | str] = {}
        self._parts: dict[str, list[pa.Table]] = {medium.name: [] for medium in media}
        self._open, self._sessions = ExitStack(), dict[str, OfBytes]()

    def __enter__(self) -> "Collector":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._sessions.clear()
        self._open.__exit__(kind, error, at)

    def take(self, exchange: Exchange) -> None:
        """Look at one record."""
        record = exchange.record
        if record.page is None or record.site is None or record.verdict != CONTENT or not exchange.payload:
            return
        known = medium_of(exchange.payload, record.media_type)
        if known is None or len(exchange.payload) > MOST_SIZE:
            return
        for name in asked(known):
            if name in self._media:
                self._keep(self._media[name], exchange, alone=name == known)

    def _keep(self, medium: Medium, exchange: Exchange, *, alone: bool) -> None:
        record, found = exchange.record, self._fingerprint(medium, exchange)
        problem = found if isinstance(found, str) else cut(medium, found)
        if problem is None and isinstance(found, pa.Table) and found.num_rows < LEAST_ROWS:
            return
        if problem in SILENT and not alone:
            return
        table = medium.table.empty_table() if isinstance(found, str) else found
        where = {
            "site": record.site,
            "page": record.page,
            "time": record.time,
            "record": record.record,
            "problem": problem,
        }
        self._parts[medium.name].append(_placed(table, where, schema(medium)))

    def _fingerprint(self, medium: Medium, exchange: Exchange) -> "pa.Table | str":
        key = f"{medium.name} {exchange.record.payload_digest}"
        if key not in self._seen:
            try:
                self._seen[key] = self._session(medium)(exchange.payload, exchange.record.record)
            except InputRefused as reason:
                self._seen[key] = reason.code
        return self._seen[key]

    def _session(self, medium: Medium) -> OfBytes:
        if medium.session is None:
            return medium.of_bytes
        if medium.name not in self._sessions:
            self._sessions[medium.name] = self._open.enter_context(medium.session())
        return self._sessions[medium.name]

    def tables(self) -> Iterator[tuple[Medium, pa.Table]]:
        """What was found, a table for each medium asked for."""
        for name, medium in self._media.items():
            yield medium, pa.concat_tables([schema(medium).empty_table(), *self._parts[name]])


def _placed(table: pa.Table, where: Mapping[str, object], wanted: pa.Schema) -> pa.Table:
    rows = max(1, table.num_rows)  # what could not be read has one row, of its place alone
    columns = [pa.array([where[name]] * rows, kind) for name, kind in _WHERE]
    own = table.columns if table.num_rows else [pa.nulls(rows, field.type) for field in table.schema]
    return pa.Table.from_arrays([*columns, *own], schema=wanted)


def queries(captured: pa.Table, medium: Medium) -> Iterator[tuple[dict[str, object], pa.Table]]:
    """Where each fingerprint stands, and the fingerprint as it is asked with; by page and record."""
    at = captured.column_names.index("problem") + 1
    names, start = captured["record"].to_pylist(), 0
    for end in range(1, len(names) + 1):
        if end == len(names) or names[end] != names[start]:
            rows = captured.slice(start, end - start)
            if rows.column(at)[0].is_valid:  # what could not be read at all has nothing of its own
                own = pa.Table.from_arrays(rows.columns[at:], schema=medium.table)
                yield {name: rows[name][0].as_py() for name, _ in _WHERE}, own
            start = end


def problems_of(captured: Iterable[pa.Table]) -> dict[str, str]:
    """Records that could not be read, or in part only, with the problem's code."""
    found: dict[str, str] = {}
    for table in captured:
        for record, problem in zip(table["record"].to_pylist(), table["problem"].to_pylist(), strict=True):
            if problem is not None:
                found[record] = problem
    return found

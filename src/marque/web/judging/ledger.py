"""The judgements of a workspace: one Parquet table, added to and never changed, written whole or not at all.

A judgement is taken back by a later one, so that who thought what, and when, stays readable.
"""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from marque import clock
from marque.errors import MarqueError, StoreFailure
from marque.evidence import tables
from marque.networks.model import JUDGEMENTS
from marque.runs.lock import hold
from marque.runs.workspace import JUDGED
from marque.web.judging.model import COLUMNS, Judgement

_LOCK = "judgements.lock"
_KNOWN: dict[Path, tuple[tuple[int, int, int], tuple[Judgement, ...]]] = {}


def read(workspace: Path) -> tuple[Judgement, ...]:
    """All judgements in the order in which they were given. Raises where the file is not what marque wrote."""
    path = workspace / JUDGED
    try:
        stamp = path.stat()
    except OSError:
        return ()
    seen = stamp.st_ino, stamp.st_mtime_ns, stamp.st_size
    kept = _KNOWN.get(path)
    if kept is None or kept[0] != seen:
        kept = seen, tuple(_judgement(row) for row in _table(path).to_pylist())
        _KNOWN[path] = kept
    return kept[1]


def add(workspace: Path, given: Judgement) -> Judgement:
    """Keep one more judgement, and give it as it was kept: blind only where it is the person's first on the pair."""
    try:
        with hold(workspace / _LOCK, "judge"):
            before = read(workspace)
            seen = any(row.pair == given.pair and row.by == given.by for row in before)
            kept = Judgement(**asdict(given) | {"blind": given.blind and not seen})
            rows = [_row(row) for row in (*before, kept)]
            tables.write(workspace / JUDGED, pa.Table.from_pylist(rows, schema=COLUMNS), sort=False)
    except OSError as reason:
        raise StoreFailure("web.judgements-unwritable", path=str(workspace / JUDGED), reason=str(reason)) from reason
    return kept


def is_damaged(workspace: Path) -> bool:
    """Whether there is a file of judgements that cannot be read: then nothing is added to it."""
    try:
        read(workspace)
    except MarqueError:
        return True
    return False


def _table(path: Path) -> pa.Table:
    table = tables.read(path, JUDGEMENTS)
    for name in COLUMNS.names:
        if name not in table.column_names:  # written by other hands: the contract's columns without ours
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    return table


def _judgement(row: dict[str, object]) -> Judgement:
    moment = row["time"]
    time = moment if isinstance(moment, datetime) else None
    words = {name: str(row[name] or "") for name in ("kind", "a", "b", "judgement", "by", "reason", "run")}
    return Judgement(
        **words,
        time=clock.to_microseconds(time if time.tzinfo else time.replace(tzinfo=UTC)) if time else -1,
        blind=bool(row["blind"]),
        sampled=bool(row["sampled"]),
    )


def _row(given: Judgement) -> dict[str, object]:
    return asdict(given) | {"time": None if given.time < 0 else clock.from_microseconds(given.time)}

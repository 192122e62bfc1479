"""Rows of a run's tables as the embedded file stores them. A bystander's value is masked here, before it is kept."""

import json
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from marque.networks.operators import Account
from marque.web.judging import blind

MASK = "•••"
Row = tuple[object, ...]


def columns(table: pa.Table, *names: str) -> Iterator[Row]:
    """The named columns as row tuples: times as microseconds, nested values as JSON text."""
    for batch in table.select(list(names)).to_batches(max_chunksize=50_000):
        yield from zip(*(_plain(batch.column(place)) for place in range(len(names))), strict=True)


def _plain(column: pa.Array) -> list[object]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", tz=column.type.tz)).cast(pa.int64())
    values: list[object] = column.to_pylist()
    if pa.types.is_nested(column.type):
        return [_json(value) for value in values]
    return values


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_microseconds)


def _microseconds(value: object) -> object:
    from datetime import datetime

    from marque.clock import to_microseconds

    if isinstance(value, datetime):
        return to_microseconds(value)
    raise TypeError(type(value).__name__)


def records(table: pa.Table) -> Iterator[Row]:
    """Record rows with capture and ordinal split out of the name."""
    wanted = (
        "record", "page", "source", "uri", "site", "host", "time", "status", "media_type", "payload_digest", "locator",
        "verdict", "problems",
    )  # fmt: skip
    for row in columns(table, *wanted):
        capture, _, ordinal = str(row[0]).rpartition(":")
        yield (row[0], capture, int(ordinal), *row[1:], False)


def sightings(table: pa.Table) -> Iterator[Row]:
    """Sighting rows, numbered in the order of the table; values of bystanders masked."""
    masked = pc.if_else(pc.equal(table["role"], "bystander"), MASK, table["value"])
    table = table.set_column(table.schema.get_field_index("value"), "value", masked)
    wanted = (
        "site", "host", "page", "kind", "family", "value", "role", "record", "part", "start", "end", "extractor",
        "version", "time",
    )  # fmt: skip
    return numbered(columns(table, *wanted))


def numbered(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows with a number in front."""
    for number, row in enumerate(rows, start=1):
        yield (number, *row)


def covers(table: pa.Table) -> Iterator[Row]:
    """Site, work and on how many pages, of the rows of covers."""
    shown = table.filter(pc.is_valid(table["site"])).group_by(["site", "work"], use_threads=False)
    yield from sorted(columns(shown.aggregate([("page", "count_distinct")]), "site", "work", "page_count_distinct"))


def accounts(found: Sequence[Account]) -> Iterator[Row]:
    """Accounts in the order of their networks."""
    return numbered(
        (
            row.network, row.kind, row.value, row.account, row.family, row.sites, row.core, row.of, row.core_of,
            row.since, row.until, _json(row.records), row.outside, _json(row.abroad), row.rivals, _json(row.doubts),
            row.group,
        )
        for row in found
    )  # fmt: skip


def links(table: pa.Table) -> Iterator[Row]:
    """Link rows; a table that does not say what was accepted holds accepted links only."""
    if "accepted" not in table.column_names:
        table = table.append_column("accepted", pa.array([True] * table.num_rows))
    wanted = ("site_a", "site_b", "score", "probability", "low", "high", "accepted", "reasons")
    return numbered(_turns(columns(table, *wanted)))


def _turns(found: Iterator[Row]) -> Iterator[Row]:
    for row in found:
        turn = blind.turn(str(row[0]), str(row[1]))
        yield (*row, turn, blind.is_blind(turn), False)

"""Rows that hostile captures make must still be rows."""

import pyarrow as pa
import pytest

from marque.evidence.model import RECORDS, Locator, Problem, Record
from marque.evidence.rows import row


def record(uri: str = "https://a.example/", status: int | None = 200, time: int | None = 0) -> Record:
    problem = Problem("read.garbage", 3, "\udcff", (("found", "\ud800"),))
    locator = Locator("\udc80.warc", 0, 10, "identity")
    return Record("d:0", None, "", uri, "a.example", None, time, status, "", "", locator, "content", (problem,))


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(record(uri="https://a.example/\ud800\x00"), id="lone surrogate and NUL"),
        pytest.param(record(status=10**40), id="status of forty digits"),
        pytest.param(record(status=-(10**40)), id="negative status"),
        pytest.param(record(time=2**80), id="time beyond the calendar"),
        pytest.param(record(time=None, status=None), id="nothing known"),
    ],
)
def test_every_record_fits_the_table(hostile: Record) -> None:
    table = pa.Table.from_pylist([row(hostile)], schema=RECORDS)
    table.validate(full=True)
    assert table.num_rows == 1


def test_what_does_not_fit_is_unknown_not_wrong() -> None:
    (kept,) = pa.Table.from_pylist([row(record(status=10**40))], schema=RECORDS).to_pylist()
    assert kept["status"] is None
    assert kept["problems"][0]["params"] == [{"name": "found", "value": "\\ud800"}]

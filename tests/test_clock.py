"""Times as they are written by others, and as we keep them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque import clock


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        pytest.param("2026-03-01T10:20:30Z", "2026-03-01T10:20:30Z", id="WARC 1.0"),
        pytest.param("2026-03-01T10:20:30.123456789Z", "2026-03-01T10:20:30.123456Z", id="WARC 1.1, nine decimals"),
        pytest.param("2026-03-01T19:20:30+09:00", "2026-03-01T10:20:30Z", id="with an offset"),
        pytest.param("2026-03-01T10:20:30", "2026-03-01T10:20:30Z", id="no zone is UTC"),
        pytest.param(" 2026-03-01T10:20:30Z ", "2026-03-01T10:20:30Z", id="white space around"),
    ],
)
def test_reads_iso_times(text: str, iso: str) -> None:
    value = clock.parse_iso(text)
    assert value is not None
    assert clock.iso(value) == iso


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00:00Z", "9999999999", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_time_is_unknown(text: str) -> None:
    assert clock.parse_iso(text) is None


@pytest.mark.parametrize(
    ("text", "iso"), [("20260301102030", "2026-03-01T10:20:30Z"), ("2026", None), ("x" * 14, None)]
)
def test_reads_fourteen_digits(text: str, iso: str | None) -> None:
    value = clock.parse_digits(text)
    assert (clock.iso(value) if value is not None else None) == iso


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_are_exact(moment: datetime) -> None:
    assert clock.from_microseconds(clock.to_microseconds(moment)) == moment

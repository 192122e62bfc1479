"""Captures in the dialects of several recorders: what is read is what was served, and parts know their page."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.evidence.making import reading
from tests.producers.dialects import DIALECTS, HTML, JS, PAGE, PANEL, SCRIPT, WEBP, message, record, with_extra

SERVED = {PAGE: HTML, PANEL: WEBP, SCRIPT: JS}
WRAPPINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "members": lambda records: b"".join(gzip.compress(each, mtime=0) for each in records),
    "extra fields": lambda records: b"".join(map(with_extra, records)),
    "one gzip": lambda records: gzip.compress(b"".join(records), mtime=0),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_dialect(tmp_path: Path, dialect: str, wrapping: str) -> None:
    found = reading(tmp_path / "x", WRAPPINGS[wrapping](DIALECTS[dialect]()))
    assert found.codes == []
    for each in found.exchanges:
        if each.record.uri in SERVED:
            assert each.payload == SERVED[each.record.uri]
            assert (each.record.status, each.record.verdict) == (200, "content")
            assert found.page(each.record.uri) == PAGE
            assert each.record.site == "toon.example"
        else:  # notes of the recorder, and what it repeats
            assert each.record.site in (None, "toon.example")
            assert each.record.page != each.record.record


@pytest.mark.parametrize("reason", ["length", "time", "disconnect", "unspecified"])
def test_a_record_that_was_cut_short_says_so(tmp_path: Path, reason: str) -> None:
    cut = record("response", PAGE, message(HTML, "text/html"), [("WARC-Truncated", reason)])
    assert reading(tmp_path / "x", cut).codes == ["read.capture-truncated"]


@pytest.mark.parametrize("status", [204, 304, 200])
def test_an_empty_body_is_empty(tmp_path: Path, status: int) -> None:
    block = message(b"", "text/html", "Content-Length: 0", status=f"HTTP/1.1 {status}")
    found = reading(tmp_path / "x", record("response", PAGE, block))
    assert (found.codes, found.exchanges[0].payload, found.exchanges[0].record.status) == ([], b"", status)


def test_files_put_together(tmp_path: Path) -> None:
    """Plain WARCs of several recorders joined into one, also plain behind compressed."""
    parts = [b"".join(make()) for make in DIALECTS.values()]
    found = reading(tmp_path / "x", b"".join(parts))
    assert found.codes == []
    assert sum(each.record.uri == PAGE for each in found.exchanges) >= len(parts)
    joined = reading(tmp_path / "y", b"".join(gzip.compress(part, mtime=0) for part in parts))
    assert joined.codes == []
    assert len(joined.exchanges) == len(found.exchanges)


def test_a_revisit_names_what_it_repeats(tmp_path: Path) -> None:
    found = reading(tmp_path / "x", b"".join(DIALECTS["extension"]()))
    again = next(each for each in found.exchanges if each.record.uri.endswith("?again"))
    assert (again.payload, found.page(again.record.uri)) == (b"", PAGE)

"""A record's bytes again by its locator, also from a capture that cannot be seeked, and from its derived copy."""

import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from marque.evidence import seekable
from marque.evidence.captures import outside
from marque.evidence.fetch import fetch
from marque.evidence.model import Capture, Locator, Part
from tests.evidence.making import arc, entry, har, members, reading_of, record, response, wacz

INFO = record("warcinfo", "", b"software: x\r\n")
ROWS = [INFO, *(response(f"https://a.example/{n}", f"<p>{n}</p>".encode() * 9_000) for n in range(40))]
PAGES = [(f"http://a.example/{n}", f"<p>{n}</p>".encode() * 9_000) for n in range(9)]
FILES = {
    "plain.warc": b"".join(ROWS),
    "members.warc.gz": members(*ROWS),
    "one.warc.gz": gzip.compress(b"".join(ROWS)),
    "plain.arc": arc(*PAGES),
    "one.arc.gz": gzip.compress(arc(*PAGES)),
    "x.har": har(*(entry(f"https://a.example/{n}", f"<p>{n}</p>") for n in range(9))),
    "stored.wacz": wacz(
        {"a.warc.gz": members(*ROWS), "b.warc": b"".join(ROWS), "c.warc.gz": gzip.compress(b"".join(ROWS))}
    ),
    "deflated.wacz": wacz(
        {"a.warc.gz": members(*ROWS), "b.warc": b"".join(ROWS), "c.warc.gz": gzip.compress(b"".join(ROWS))},
        method=zipfile.ZIP_DEFLATED,
    ),
    "page.html": b"<!doctype html><p>text",
}
UNSEEKABLE = ["one.warc.gz", "one.arc.gz", "stored.wacz", "deflated.wacz"]


def put(folder: Path, name: str) -> Capture:
    (folder / name).write_bytes(FILES[name])
    return outside(folder / name)


def with_copy(capture: Capture, folder: Path) -> Capture:
    out = folder / "copy"
    with out.open("wb") as stream:
        stream.write(b"head of an object")
        assert seekable.make(capture, stream)
    return replace(capture, seekable=Part(out, 17, out.stat().st_size - 17))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("copied", [False, True])
def test_the_same_bytes_again(tmp_path: Path, name: str, copied: bool) -> None:
    if copied and name not in UNSEEKABLE:
        pytest.skip("this capture can be seeked")
    capture = put(tmp_path, name)
    capture = with_copy(capture, tmp_path) if copied else capture
    for exchange in reading_of(tmp_path / name).exchanges[:: 1 if copied else 5]:
        again = fetch(capture, exchange.record.record, exchange.record.locator)
        assert again is not None
        assert (again.payload, again.http_header, again.record_header) == (
            exchange.payload,
            exchange.http_header,
            exchange.record_header,
        )
        assert again.record.payload_digest == exchange.record.payload_digest
        assert again.record.problems == ()


@pytest.mark.parametrize("name", FILES)
def test_a_copy_is_made_only_where_there_is_need(tmp_path: Path, name: str) -> None:
    capture, out = put(tmp_path, name), io.BytesIO()
    assert seekable.needed(capture) == (name in UNSEEKABLE)
    assert seekable.make(capture, out) == (name in UNSEEKABLE)
    assert bool(out.getvalue()) == (name in UNSEEKABLE)


def test_the_copy_decompresses_to_what_the_capture_holds(tmp_path: Path) -> None:
    out = io.BytesIO()
    seekable.make(put(tmp_path, "one.warc.gz"), out)
    data = out.getvalue()
    index = int.from_bytes(data[-28:-20], "little")
    assert gzip.decompress(data[:index]) == b"".join(ROWS)


@pytest.mark.parametrize(
    "locator",
    [
        pytest.param(Locator("", 10**9, 5, "identity"), id="behind-the-end"),
        pytest.param(Locator("", -1, 5, "identity"), id="negative"),
        pytest.param(Locator("", 3, 50, "identity"), id="no-record-there"),
        pytest.param(Locator("nothing", 0, 50, "identity"), id="no-such-member"),
        pytest.param(Locator("", 10**9, 50, "gzip-stream"), id="behind-the-stream"),
        pytest.param(Locator("", 0, 5, "har"), id="other-kind"),
        pytest.param(Locator("x", 0, 5, "file"), id="no-saved-page"),
    ],
)
def test_a_wrong_locator_finds_nothing(tmp_path: Path, locator: Locator) -> None:
    capture = put(tmp_path, "plain.warc")
    assert fetch(capture, f"{capture.digest}:1", locator) is None
    assert fetch(capture, "nonsense", locator) is None

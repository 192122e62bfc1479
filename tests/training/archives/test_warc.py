"""Captures that warcio and marque's own checks call sound."""

import io

import pytest

from marque.training.archives.warc import write
from marque.training.model import Reply

TIME = 1_788_790_957_000_000
REPLIES = [
    Reply(
        "https://toon.example/", TIME, "<p>안녕</p>".encode(), coding=coding, title="toon", headers=(("Server", "x"),)
    )
    for coding in ("identity", "br", "gzip", "chunked")
]


def test_warcio_finds_nothing_wrong() -> None:
    archiveiterator = pytest.importorskip("warcio.archiveiterator")
    data, entries = write(REPLIES, "a.warc.gz", TIME)
    kinds, bodies = [], []
    for record in archiveiterator.ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        kinds.append(record.rec_type)
        brotli = record.rec_type == "response" and record.http_headers.get_header("Content-Encoding") == "br"
        # warcio's own Brotli reader does not fit the released library; its digest check reads the raw stream.
        body = record.raw_stream.read() if brotli else record.content_stream().read()
        bodies += [body] if record.rec_type == "response" and not brotli else []
        assert record.digest_checker.passed is not False
    assert kinds == ["warcinfo", *["response", "request"] * 4]
    assert bodies == [REPLIES[0].body] * 3
    assert len(entries) == 4


def test_each_entry_says_where_its_member_stands() -> None:
    data, entries = write(REPLIES, "a.warc.gz", TIME)
    for entry in entries:
        assert data[entry.offset : entry.offset + 2] == b"\x1f\x8b"
        assert data[entry.offset + entry.length :][:2] == b"\x1f\x8b"


def test_the_request_names_the_page_it_was_made_for() -> None:
    asset = Reply("https://cdn.example/1.jpg", TIME, b"x", "image/jpeg", page="https://toon.example/1/")
    data, _ = write([asset], "a.warc.gz", TIME)
    assert b"Referer: https://toon.example/1/\r\n" in data
    assert b"WARC-Concurrent-To: <urn:uuid:" in data

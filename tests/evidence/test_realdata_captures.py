"""Captures that other people's programs made: read to the end, counted as warcio counts, damage named."""

import hashlib
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from marque.evidence.captures import outside, walk
from marque.evidence.fetch import fetch
from marque.evidence.readers.formats import open_capture
from marque.evidence.readers.item import Item
from tests.evidence.making import reading_of

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
CAPTURES = sorted(found for found in (DATA / "captures").rglob("*") if found.is_file()) if DATA.is_dir() else []
STREAMS = [path for path in CAPTURES if ".warc" in path.name or ".arc" in path.name]
# what their makers broke on purpose, or shipped broken
DAMAGED = {
    "example-trunc.warc",
    "example-wrong-chunks.warc.gz",
    "example-bad-non-chunked.warc.gz",
    "example-extra.warc",
    "missing-status-text.warc",
    "netpreserve-twitter.warc",
    "example-space-in-url.arc",
    "bad.arc",
    "corrupted_gzip_body.har",
    "invalid_example_1.wacz",
}
pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not CAPTURES, reason="the shared captures are not here")]


def name(path: Path) -> str:
    return f"{path.parts[-2]}-{path.name}"


def their_payload(row: ArcWarcRecord) -> bytes | None:
    """The decoded payload; None where warcio cannot undo a coding (brotli, with the package used here)."""
    try:
        content: bytes = row.content_stream().read()
    except AttributeError:
        return None
    return content


def theirs(path: Path) -> list[tuple[str, str]] | None:
    """Type of every record and SHA-256 of its decoded payload (empty where unknown), as warcio reads them."""
    rows = []
    try:
        with path.open("rb") as stream:
            for row in ArchiveIterator(stream, arc2warc=False):
                content = their_payload(row) if row.rec_type in ("response", "resource") else b""
                rows.append((row.rec_type, hashlib.sha256(content).hexdigest() if content else ""))
    except ArchiveLoadFailed:
        return None
    return rows


@pytest.mark.parametrize("path", STREAMS, ids=name)
def test_records_and_payloads_agree_with_warcio(path: Path) -> None:
    rows = theirs(path)
    if rows is None or path.name in DAMAGED:
        pytest.skip("warcio does not read it either" if rows is None else "damaged")
    items = [item for item in open_capture(outside(path)).items if isinstance(item, Item)]
    assert len(items) == len(rows)
    for item, (kind, digest) in zip(items, rows, strict=True):
        assert item.kind in (kind, "warcinfo", "response")
        assert not digest or item.body.digest == digest or not item.body.plain


@pytest.mark.parametrize("path", CAPTURES, ids=name)
def test_everything_is_read_and_what_is_damaged_is_named(path: Path) -> None:
    (found,) = walk(path)
    if found.capture is None:
        assert found.problem is not None
        return
    result = reading_of(path)
    if path.name in DAMAGED:
        assert result.codes
    for exchange in result.exchanges[:40:7]:
        again = fetch(found.capture, exchange.record.record, exchange.record.locator)
        assert again is not None
        assert again.payload == exchange.payload


def test_sound_captures_are_not_called_damaged() -> None:
    """Of the WARC, ARC and WACZ files nobody broke, none has a problem, but for one whose record ends were edited."""
    named = {}
    for path in CAPTURES:
        if path.name in DAMAGED or path.suffix == ".har" or walk(path).__next__().capture is None:
            continue
        if codes := reading_of(path).codes:
            named[name(path)] = codes
    assert named == {"warcs-example.warc": ["read.garbage", "read.record-end"]}


def test_lawful_pages_are_content_and_each_its_own_site(tmp_path: Path) -> None:
    with tarfile.open(DATA / "html" / "lawful-control-pages.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    verdicts: Counter[str] = Counter()
    for found in walk(tmp_path):
        assert found.capture is not None, found.path
        verdicts.update(exchange.record.verdict for exchange in reading_of(found.path).exchanges)
    assert verdicts == {"content": 258}

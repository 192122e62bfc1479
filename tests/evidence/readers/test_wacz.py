"""WACZ and the zip around it: digests compared, disagreements and tricks refused by name, what is sound kept."""

import gzip
import hashlib
import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from tests.evidence.making import HTML, members, reading, record, response, wacz, zipped

A, B = "https://a.example/1", "https://b.example/2"
INFO = record("warcinfo", "", b"software: x\r\n", {"Content-Type": "application/warc-fields"}.items())
FIRST, SECOND = members(INFO, response(A)), INFO + response(B)
SOUND = wacz({"b.warc": SECOND, "a.warc.gz": FIRST}, pages=[A, B])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_by_name_and_ordinals_count_on(tmp_path: Path, method: int) -> None:
    found = reading(tmp_path / "x", wacz({"b.warc": SECOND, "a.warc.gz": FIRST}, method=method, pages=[A, B]))
    assert (found.codes, found.uris) == ([], [A, B])
    assert [e.record.record.rpartition(":")[2] for e in found.exchanges] == ["1", "3"]
    places = [(e.record.locator.member, e.record.locator.coding) for e in found.exchanges]
    assert places == [("archive/a.warc.gz", "gzip"), ("archive/b.warc", "identity")]


def test_every_cut_is_named(tmp_path: Path) -> None:
    for cut in range(60, len(SOUND), 7):
        found = reading(tmp_path / "x", SOUND[:cut])
        assert found.codes, cut


def test_every_flipped_byte_is_named_where_a_checksum_covers_it(tmp_path: Path) -> None:
    unnamed = 0
    for at in range(0, len(SOUND), 7):
        data = SOUND[:at] + bytes([SOUND[at] ^ 0x55]) + SOUND[at + 1 :]
        unnamed += not reading(tmp_path / "x", data).codes
    # zip leaves its own times, versions and attributes unprotected: some 30 bytes a member
    assert unnamed <= 30 * 5 / 7


def rewritten(**changes: bytes | None) -> bytes:
    """The sound WACZ with files replaced, or left out; names are written with `_` for the slash."""
    files = {}
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        for name in archive.namelist():
            data = changes.pop(name.replace("/", "_").replace(".", "_").replace("-", "_"), archive.read(name))
            if data is not None:
                files[name] = data
    return zipped(files)


DAMAGED = {
    "no-datapackage": (rewritten(datapackage_json=None), "read.wacz-no-datapackage"),
    "broken-datapackage": (rewritten(datapackage_json=b"{"), "read.wacz-datapackage"),
    "deep-datapackage": (rewritten(datapackage_json=b"[" * 100_000), "read.wacz-datapackage"),
    "other-seal": (rewritten(datapackage_digest_json=b'{"hash": "sha256:00"}'), "read.wacz-seal"),
    "changed-pages": (rewritten(pages_pages_jsonl=b'{"url": "https://a.example/"}'), "read.wacz-digest"),
    "changed-records": (rewritten(archive_b_warc=SECOND + response(A)), "read.wacz-digest"),
    "lost-records": (rewritten(archive_b_warc=None), "read.wacz-missing"),
    "broken-page-list": (rewritten(pages_pages_jsonl=b"{nonsense\n"), "read.pages-line"),
    "unlisted": (
        zipped({"archive/a.warc.gz": FIRST, "datapackage.json": b'{"resources": [{"path": "x"}]}'}),
        "read.wacz-unlisted",
    ),
    "no-archive": (zipped({"datapackage.json": b'{"resources": []}'}), "read.wacz-no-archive"),
    "nested": (zipped({"archive/a.warc.gz": FIRST, "archive/inner.wacz": SOUND}), "read.wacz-nested"),
    "no-records": (zipped({"archive/a.warc.gz": b"PK\x03\x04 other"}), "read.wacz-not-records"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damage_is_named(tmp_path: Path, damage: str) -> None:
    data, code = DAMAGED[damage]
    assert code in reading(tmp_path / "x", data).codes


def entry(data: bytes, name: bytes, *, central: bool) -> int:
    """Where a member's header begins."""
    mark, skip = (b"PK\x01\x02", 46) if central else (b"PK\x03\x04", 30)
    at = data.find(mark)
    while data[at + skip : at + skip + len(name)] != name:
        at = data.index(mark, at + 1)
    return at


def patched(offset: int, value: bytes, *, central: bool, name: bytes = b"archive/b.warc") -> bytes:
    at = entry(SOUND, name, central=central) + offset
    return SOUND[:at] + value + SOUND[at + len(value) :]


def named(name: str) -> bytes:
    """A WACZ with one more member, of that name."""
    out = io.BytesIO(SOUND)
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("x" * len(name), (2026, 3, 1, 10, 0, 0))
        archive.writestr(info, SECOND)
    return out.getvalue().replace(b"x" * len(name), name.encode())


TRICKS = {
    "local-name-differs": (patched(30, b"archive/c.warc", central=False), "read.zip-disagree"),
    "local-size-differs": (patched(22, struct.pack("<L", 5), central=False), "read.zip-disagree"),
    "central-size-lies": (patched(24, struct.pack("<L", 5), central=True), "read.zip-disagree"),
    "encrypted": (patched(8, b"\x01\x00", central=True), "read.zip-encrypted"),
    "method": (patched(10, b"\x63\x00", central=True), "read.zip-method"),
    "link": (patched(38, struct.pack("<L", 0o120777 << 16), central=True), "read.zip-link"),
    "checksum": (patched(16, b"\1\2\3\4", central=True), "read.zip-disagree"),
    "zip64-without-field": (patched(20, b"\xff" * 8, central=True), "read.zip-64"),
    "parent-folder": (named("archive/../../x.warc"), "read.zip-name"),
    "absolute": (named("/archive/x.warc"), "read.zip-name"),
    "drive": (named("C:/archive/x.warc"), "read.zip-name"),
    "backslash": (named("archive\\x.warc"), "read.zip-name"),
    "same-name": (named("archive/b.warc"), "read.zip-twice"),
    "same-name-folded": (named("ARCHIVE/B.warc"), "read.zip-twice"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_are_refused_and_the_rest_is_read(tmp_path: Path, trick: str) -> None:
    data, code = TRICKS[trick]
    found = reading(tmp_path / "x", data)
    assert code in found.codes
    assert A in found.uris


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    """Two entries over the same bytes: the 33 KB zip that declares gigabytes works so."""
    other = patched(42, struct.pack("<L", entry(SOUND, b"archive/a.warc.gz", central=False)), central=True)
    assert {"read.zip-disagree", "read.zip-overlap"} & set(reading(tmp_path / "x", other).codes)


def test_a_zip_that_is_no_wacz_is_none(tmp_path: Path) -> None:
    assert reading(tmp_path / "x", zipped({"word/document.xml": b"<x/>"})).codes == ["read.not-a-capture"]


def test_version_1_0_lists_digests_under_stats(tmp_path: Path) -> None:
    digest = hashlib.sha256(FIRST).hexdigest()
    row = {"path": "archive/a.warc.gz", "stats": {"hash": digest, "bytes": len(FIRST)}, "hashing": "sha256"}
    data = zipped({"archive/a.warc.gz": FIRST, "datapackage.json": json.dumps({"resources": [row]}).encode()})
    assert reading(tmp_path / "x", data).codes == []


def test_one_gzip_inside_a_wacz(tmp_path: Path) -> None:
    found = reading(tmp_path / "x", wacz({"a.warc.gz": gzip.compress(INFO + response(A) + response(B), mtime=0)}))
    assert (found.codes, found.uris) == ([], [A, B])
    assert {e.record.locator.coding for e in found.exchanges} == {"gzip-stream"}
    assert {e.payload for e in found.exchanges} == {HTML}

"""WARC records: sound ones in every wrapping, damaged ones named, sound ones around damage kept."""

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.making import HTML, http, members, reading, record, request, response

A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"
INFO = record("warcinfo", "", b"software: x\r\n", {"Content-Type": "application/warc-fields"}.items())
RECORDS = (INFO, request(A), response(A), response(B), record("metadata", B, b"k: v\r\n"), response(C))
PLAIN = b"".join(RECORDS)
WRAPPINGS = {"plain": PLAIN, "gzip-a-record": members(*RECORDS), "one-gzip": gzip.compress(PLAIN, mtime=0)}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_the_same_records_in_every_wrapping(tmp_path: Path, wrapping: str) -> None:
    found = reading(tmp_path / "x", WRAPPINGS[wrapping])
    assert found.codes == []
    assert found.uris == [A, B, C]
    assert [e.record.record.rpartition(":")[2] for e in found.exchanges] == ["2", "3", "5"]
    assert {e.payload for e in found.exchanges} == {HTML}
    assert {e.record.payload_digest for e in found.exchanges} == {hashlib.sha256(HTML).hexdigest()}
    assert found.exchanges[0].request_header.startswith(b"GET / HTTP/1.1\r\n")
    assert found.exchanges[0].http_header.endswith(b"text/html\r\n\r\n")


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_file_cut_anywhere_is_named(tmp_path: Path, wrapping: str) -> None:
    """Only a cut that leaves a shorter sound file cannot be seen: between two records."""
    data, path = WRAPPINGS[wrapping], tmp_path / "x"
    edges = set()
    if wrapping != "one-gzip":
        parts = RECORDS if wrapping == "plain" else [members(each) for each in RECORDS]
        edges = {sum(len(part) for part in parts[:count]) for count in range(len(parts) + 1)}
    for cut in range(30 if wrapping == "plain" else 60, len(data)):
        found = reading(path, data[:cut])
        assert found.codes or cut in edges, cut


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_no_flipped_byte_makes_reading_fail(tmp_path: Path, wrapping: str) -> None:
    data, path, unnamed = WRAPPINGS[wrapping], tmp_path / "x", 0
    for at in range(30, len(data), 4):
        found = reading(path, data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        unnamed += not found.codes
    if wrapping != "plain":
        # only the time, system and flag bytes of gzip headers are covered by no checksum
        assert unnamed <= 3 * len(RECORDS)


DAMAGES = {
    "too-long": (response(A, Content_Length="999999"), "read.length-wrong"),
    "far-too-long": (response(A, Content_Length="9" * 15), "read.length-wrong"),
    "forty-digits": (response(A, Content_Length="9" * 40), "read.length-invalid"),
    "negative": (response(A, Content_Length="-1"), "read.length-invalid"),
    "hexadecimal": (response(A, Content_Length="0x40"), "read.length-invalid"),
    "missing-length": (response(A, Content_Length=""), "read.length-missing"),
    "too-short": (response(A, Content_Length="60"), "read.record-end"),
    "doubled": (
        response(A).replace(b"Content-Length", b"Content-Length: 1\r\nContent-Length", 1),
        "read.field-twice",
    ),
    "block-digest": (response(A, WARC_Block_Digest="sha1:" + "A" * 32), "read.block-digest"),
    "payload-digest": (response(A, WARC_Payload_Digest="sha1:" + "A" * 32), "read.payload-digest"),
    "hex-digest-wrong": (response(A, WARC_Block_Digest="sha256:" + "0" * 64), "read.block-digest"),
    "unknown-digest": (response(A, WARC_Block_Digest="blake9:abc"), "read.digest-unknown"),
    "malformed-digest": (response(A, WARC_Block_Digest="sha1:xyz"), "read.digest-malformed"),
    "digest-without-colon": (response(A, WARC_Block_Digest="sha1" + "A" * 32), "read.digest-malformed"),
    "garbage-before": (b"\x00garbage\r\n" * 20 + response(A), "read.garbage"),
    "version": (response(A).replace(b"WARC/1.1", b"WARC/9.9", 1), "read.warc-version"),
    "no-type": (response(A, WARC_Type=""), "read.type-missing"),
    "no-id": (response(A, WARC_Record_ID=""), "read.record-id-missing"),
    "no-address": (response(A, WARC_Target_URI=""), "read.uri-missing"),
    "year-9999": (response(A, WARC_Date="9999-12-31T23:59:59Z"), "read.time-implausible"),
    "no-time": (response(A, WARC_Date=""), "read.time-missing"),
    "bad-time": (response(A, WARC_Date="yesterday"), "read.time-invalid"),
    "control-in-address": (response("https://a.example/\x07"), "read.uri-invalid"),
    "truncated-by-capture": (response(A, WARC_Truncated="length"), "read.capture-truncated"),
    "response-cut": (response(A, HTML, (("Content-Length", "999"),)), "read.http-cut"),
    "segment": (response(A, WARC_Segment_Number="1"), "read.segmented"),
    "five-megabyte-header": (response(A, X=5_000_000 * "y"), "read.header-long"),
    "many-fields": (response(A).replace(b"\r\n", b"\r\n" + b"X: y\r\n" * 9_000, 1), "read.header-fields"),
    "not-http": (record("response", A, b"<html>no head</html>"), "read.http-absent"),
    "revisit-of-itself": (
        record("revisit", A, http(b""), {"WARC-Record-ID": "<urn:x>", "WARC-Refers-To": "<urn:x>"}.items()),
        "read.revisit-self",
    ),
    "revisit-of-nothing": (record("revisit", A, http(b"")), "read.revisit-nowhere"),
}


@pytest.mark.parametrize("wrapping", ["plain", "gzip-a-record", "one-gzip"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_named_and_its_neighbours_are_kept(tmp_path: Path, damage: str, wrapping: str) -> None:
    bad, code = DAMAGES[damage]
    parts = (response(B), bad, response(C))
    data = members(*parts) if wrapping == "gzip-a-record" else b"".join(parts)
    found = reading(tmp_path / "x", gzip.compress(data, mtime=0) if wrapping == "one-gzip" else data)
    assert code in found.codes
    assert {B, C} <= set(found.uris)
    sound = [e for e in found.exchanges if e.record.uri in (B, C)]
    assert [e.record.problems for e in sound] == [(), ()]
    assert {e.payload for e in sound} == {HTML}


def test_a_revisit_that_says_it_leaves_the_payload_out_is_sound(tmp_path: Path) -> None:
    """wget and others mark it as truncated and digest the block as it was with its payload."""
    whole = {"WARC-Truncated": "length", "WARC-Refers-To": "<urn:y>", "WARC-Block-Digest": "sha1:" + "A" * 32}
    assert reading(tmp_path / "x", record("revisit", A, http(b""), whole.items())).codes == []
    cut = {"WARC-Truncated": "disconnect", "WARC-Refers-To": "<urn:y>"}
    assert reading(tmp_path / "x", record("revisit", A, http(b""), cut.items())).codes == ["read.capture-truncated"]


def test_a_revisit_has_a_row_and_no_payload(tmp_path: Path) -> None:
    fields = {"WARC-Refers-To-Target-URI": A, "WARC-Payload-Digest": "sha1:" + "A" * 32}
    found = reading(tmp_path / "x", record("revisit", A, http(b""), fields.items()))
    (exchange,) = found.exchanges
    assert (exchange.payload, exchange.record.payload_digest, exchange.record.status) == (b"", "", 200)
    assert found.codes == []


def test_a_resource_is_its_own_payload(tmp_path: Path) -> None:
    found = reading(tmp_path / "x", record("resource", A, b"plain text"))
    (exchange,) = found.exchanges
    assert (exchange.payload, exchange.record.media_type, exchange.record.status) == (b"plain text", "text/plain", None)


@pytest.mark.parametrize(
    ("told", "time"),
    [
        pytest.param("2026-03-01T10:00:00Z", 1772359200000000, id="second"),
        pytest.param("2026-03-01T10:00:00.123456789Z", 1772359200123456, id="nanosecond"),
        pytest.param("2026-03-01T12:00:00+02:00", 1772359200000000, id="offset"),
    ],
)
def test_times(tmp_path: Path, told: str, time: int) -> None:
    assert reading(tmp_path / "x", response(A, WARC_Date=told)).exchanges[0].record.time == time


def test_bare_line_feeds_and_angle_brackets(tmp_path: Path) -> None:
    block = b"HTTP/1.0 200\nContent-Type: text/html\n\n" + HTML
    head = (
        f"WARC/1.0\nWARC-Type: response\nWARC-Record-ID: <a>\nWARC-Target-URI: <{A}>\nWARC-Date: 2026-03-01T10:00:00Z\n"
    )
    data = f"{head}Content-Length: {len(block)}\n\n".encode() + block + b"\n\n"
    found = reading(tmp_path / "x", data * 2)
    assert found.codes == []
    assert [(e.record.uri, e.record.status, e.payload) for e in found.exchanges] == [(A, 200, HTML)] * 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), cut=st.integers(0, len(PLAIN)), zipped=st.booleans())
def test_any_bytes_in_between_are_read_to_the_end(tmp_path: Path, data: bytes, cut: int, zipped: bool) -> None:
    mixed = PLAIN[:cut] + data + PLAIN[cut:]
    found = reading(tmp_path / "x", gzip.compress(b"WARC/1.1\r\n" + mixed) if zipped else b"WARC/1.1\r\n" + mixed)
    assert len(found.exchanges) <= 4

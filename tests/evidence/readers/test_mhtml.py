"""MHTML: Chromium's single file, and what others write; damage named, everything in bounded memory."""

import base64
import quopri
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marque.evidence.captures import outside
from marque.evidence.fetch import fetch
from tests.evidence.making import Reading, reading, reading_of

PAGE, PICTURE, SCRIPT = "https://toon.example/ko/1", "https://img.cdn.example/1.png", "https://cdn.example/a.js"
HTML = "<!doctype html><title>\u1102화</title><p>=3D 한국어, " + "long line " * 20 + "</p>"
BYTES = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
MARK = "----MultipartBoundary--x1Zq----"
Given = tuple[str, str, str, bytes]
PARTS: list[Given] = [
    (PAGE, "text/html", "quoted-printable", HTML.encode()),
    (PICTURE, "image/png", "base64", BYTES),
    (SCRIPT, "text/javascript", "binary", b"one\r\n--two\r\n\r\nthree"),
    ("cid:css-1@mhtml.blink", "text/css", "8bit", b""),
]


def coded(coding: str, data: bytes) -> bytes:
    if coding == "base64":
        return base64.encodebytes(data).replace(b"\n", b"\r\n")
    return quopri.encodestring(data).replace(b"\n", b"\r\n") if coding == "quoted-printable" else data


def mhtml(parts: list[Given] = PARTS, *, head: str = "", mark: str = MARK, start: str = "") -> bytes:
    top = head or (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {PAGE}\r\nSubject: x\r\n"
        "Date: Sun, 1 Mar 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";{start}\r\n\tboundary="{mark}"\r\n\r\n\r\n'
    )
    out = top.encode()
    for number, (uri, kind, coding, data) in enumerate(parts):
        out += f"--{mark}\r\nContent-Type: {kind}\r\nContent-ID: <p{number}@x>\r\n".encode()
        out += f"Content-Transfer-Encoding: {coding}\r\nContent-Location: {uri}\r\n\r\n".encode()
        out += coded(coding, data) + b"\r\n"
    return out + f"--{mark}--\r\n".encode()


def judged(found: Reading) -> None:
    assert found.codes == []
    assert found.uris == [uri for uri, _, _, _ in PARTS]
    assert [each.payload for each in found.exchanges] == [data for _, _, _, data in PARTS]
    assert [each.record.media_type for each in found.exchanges] == [kind for _, kind, _, _ in PARTS]
    assert {each.record.site for each in found.exchanges} == {"toon.example"}
    assert found.page(PICTURE) == PAGE
    assert found.exchanges[0].record.time == 1_772_359_200_000_000


def test_sound(tmp_path: Path) -> None:
    judged(reading(tmp_path / "x", mhtml()))
    assert outside(tmp_path / "x").kind == "mhtml"


def test_line_feeds_alone(tmp_path: Path) -> None:
    parts = [each for each in PARTS if each[2] != "binary"]
    found = reading(tmp_path / "x", mhtml(parts).replace(b"\r\n", b"\n"))
    assert found.codes == []
    assert [each.payload for each in found.exchanges][1:] == [BYTES, b""]


def test_the_page_is_the_part_that_start_names(tmp_path: Path) -> None:
    found = reading(tmp_path / "x", mhtml(PARTS[1:] + PARTS[:1], start=' start="<p3@x>";'))
    assert found.page(PICTURE) == PAGE


def test_a_part_is_found_again_by_its_locator(tmp_path: Path) -> None:
    for data in (mhtml(), mhtml().replace(b"\r\n", b"\n")):
        found = reading(tmp_path / "x", data)
        capture = outside(tmp_path / "x")
        for each in found.exchanges:
            again = fetch(capture, each.record.record, each.record.locator)
            assert again is not None
            assert (again.payload, again.record.uri) == (each.payload, each.record.uri)


def test_a_file_cut_anywhere_is_named(tmp_path: Path) -> None:
    data, path = mhtml(), tmp_path / "x"
    for cut in range(300, len(data) - 4, 97):
        assert reading(path, data[:cut]).codes, cut


DAMAGES = [
    pytest.param(mhtml().replace(f'boundary="{MARK}"'.encode(), b""), "read.mhtml-boundary", id="no boundary"),
    pytest.param(mhtml().replace(b"base64", b"uuencode"), "read.mhtml-encoding", id="unknown encoding"),
    pytest.param(mhtml().replace(b"iVBO", b"!!!!"), "read.mhtml-base64", id="no base64"),
    pytest.param(mhtml([]), "read.mhtml-cut", id="no parts"),
]


@pytest.mark.parametrize(("data", "code"), DAMAGES)
def test_damage_is_named(tmp_path: Path, data: bytes, code: str) -> None:
    assert code in reading(tmp_path / "x", data).codes or not PARTS


def test_a_letter_is_no_capture(tmp_path: Path) -> None:
    letter = b"From: a@a.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello"
    assert reading(tmp_path / "x", letter).codes == ["read.not-a-capture"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_nothing_makes_reading_fail(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(mhtml())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    reading(tmp_path / "x", bytes(whole))


def test_parts_across_reads(tmp_path: Path) -> None:
    """Delimiters and lines that fall across the steps in which a file is read."""
    large: list[Given] = [(PAGE, "text/html", "quoted-printable", HTML.encode())]
    large += [
        (f"https://a.example/{n}", "image/png", c, BYTES * 103 + bytes(n))
        for n, c in enumerate(["base64", "binary"] * 3)
    ]
    path = tmp_path / "x"
    path.write_bytes(mhtml(large))
    found = reading_of(path)
    assert found.codes == []
    assert [each.payload for each in found.exchanges] == [data for _, _, _, data in large]


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"])
def test_time_grows_with_the_number_of_parts(tmp_path: Path, ends: bytes) -> None:
    part: Given = ("https://a.example/1", "text/plain", "7bit", b"x")
    spent = []
    for count in (1_000, 4_000):
        path = tmp_path / str(count)
        path.write_bytes(mhtml([part] * count).replace(b"\r\n", ends))
        start = time.process_time()
        assert len(reading_of(path).exchanges) == count
        spent.append(time.process_time() - start)
    assert spent[1] < 10 * spent[0] + 0.2

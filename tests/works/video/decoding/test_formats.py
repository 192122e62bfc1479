"""What a film file is by its content; lists and files that point elsewhere are refused by name."""

import os
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.video.decoding import formats


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def within(*kinds: bytes, body: bytes) -> bytes:
    for kind in reversed(kinds):
        body = box(kind, body)
    return box(b"ftyp", b"qt  ") + body


def reference(flags: int, to: bytes = b"file:///etc/passwd") -> bytes:
    return struct.pack(">II", 0, 1) + struct.pack(">I4sI", 12 + len(to), b"url ", flags) + to


@pytest.mark.parametrize(
    ("head", "known"),
    [
        pytest.param(b"\0\0\0\x18ftypisom", "mov", id="mp4"),
        pytest.param(b"\0\0\0\x08wide\0\0\0\0mdat", "mov", id="old-quicktime"),
        pytest.param(b"\x1a\x45\xdf\xa3" + bytes(20), "matroska", id="webm"),
        pytest.param(b"RIFF\0\0\0\0AVI LIST", "avi", id="avi"),
        pytest.param(b"RIFF\0\0\0\0WAVEfmt ", None, id="sound"),
        pytest.param((b"G" + bytes(187)) * 4, "mpegts", id="transport-stream"),
        pytest.param((bytes(4) + b"G" + bytes(187)) * 4, "mpegts", id="disc"),
        pytest.param(b"GIF89a", "gif", id="gif"),
        pytest.param(b"G" + bytes(600), None, id="one-sync-byte"),
        pytest.param(b"", None, id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n", None, id="picture"),
    ],
)
def test_a_file_is_what_it_begins_like(head: bytes, known: str | None) -> None:
    assert formats.recognise(head) == known


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"#EXTM3U\n#EXT-X-VERSION:3\nhttps://films.example/1.ts", id="hls"),
        pytest.param(b"\xef\xbb\xbf\n#EXTM3U\n", id="hls-with-mark"),
        pytest.param("#EXTM3U".encode("utf-16"), id="hls-in-sixteen-bits"),
        pytest.param(b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011">', id="dash"),
        pytest.param(b"<MPD>", id="dash-bare"),
        pytest.param(b"ffconcat version 1.0\nfile /etc/passwd", id="ffconcat"),
        pytest.param(b"file '/etc/passwd'\n", id="concat"),
        pytest.param(b"<smil><video src='rtsp://films.example/'/></smil>", id="smil"),
        pytest.param(b"<ASX version='3.0'>", id="asx"),
        pytest.param(b"[Reference]\nRef1=http://films.example/a.asf", id="asf-reference"),
        pytest.param(b"[playlist]\nFile1=a.mp4", id="pls"),
        pytest.param(b"rtsp://films.example/live", id="address"),
    ],
)
def test_lists_are_known_as_lists(head: bytes) -> None:
    assert formats.recognise(head) is None
    assert formats.is_list(head)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(within(b"moov", b"rmra", b"rmda", body=b""), "works.film-elsewhere", id="reference-movie"),
        pytest.param(
            within(b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref", body=reference(0)),
            "works.film-elsewhere",
            id="pictures-in-another-file",
        ),
        pytest.param(
            within(b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref", body=reference(1)), None, id="pictures-here"
        ),
        pytest.param(
            within(b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsz", body=struct.pack(">III", 0, 1, 10**9)),
            "works.film-too-long",
            id="a-thousand-million-samples",
        ),
        pytest.param(within(b"moov", body=box(b"free") * 20_000), "works.film-damaged", id="boxes-without-end"),
        pytest.param(within(*[b"moov"] * 50, body=b""), "works.film-damaged", id="boxes-in-boxes"),
        pytest.param(within(b"moov", body=b"\0\0\0\x01trak" + b"\xff" * 8), None, id="a-box-larger-than-the-file"),
    ],
)
def test_quicktime_that_is_no_film_of_its_own_is_refused(tmp_path: Path, data: bytes, code: str | None) -> None:
    assert refusal(tmp_path, data) == code


def refusal(folder: Path, data: bytes) -> str | None:
    path = folder / "film"
    path.write_bytes(data)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return formats.refusal(descriptor, len(data))
    finally:
        os.close(descriptor)


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    formats.recognise(data)
    formats.is_list(data)
    descriptor = os.memfd_create("film")
    try:
        os.write(descriptor, data)
        formats.refusal(descriptor, len(data))
    finally:
        os.close(descriptor)

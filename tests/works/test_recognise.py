"""Which medium bytes are: by what they begin with, whatever they are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.entries import MEDIA
from marque.works.recognise import medium_of

EPUB = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip"


@pytest.mark.parametrize(
    ("data", "media_type", "expected"),
    [
        pytest.param(b"\xff\xd8\xff\xe0", "", "strip", id="JPEG"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "text/html", "strip", id="PNG served as a page"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 ", "", "strip", id="WebP"),
        pytest.param(b"\0\0\0\x1cftypavif", "", "strip", id="AVIF"),
        pytest.param(b"\0\0\0\x1cftypisom", "", "video", id="MP4"),
        pytest.param(b"\0\0\0\x1cftypM4A ", "", "audio", id="M4A"),
        pytest.param(b"\x1aE\xdf\xa3", "", "video", id="Matroska"),
        pytest.param(b"RIFF\0\0\0\0AVI ", "", "video", id="AVI"),
        pytest.param(b"G" + bytes(187) + b"G", "", "video", id="transport stream"),
        pytest.param(b"RIFF\0\0\0\0WAVE", "", "audio", id="WAV"),
        pytest.param(b"ID3\x04", "", "audio", id="MP3 with tags"),
        pytest.param(b"\xff\xfb\x90", "", "audio", id="MP3"),
        pytest.param(b"fLaC", "", "audio", id="FLAC"),
        pytest.param(b"OggS" + bytes(24) + b"\x01vorbis", "", "audio", id="Ogg sound"),
        pytest.param(b"OggS" + bytes(24) + b"\x80theora", "", "video", id="Ogg film"),
        pytest.param(b"Once upon a time", "", "text", id="text"),
        pytest.param("옛날 옛적에".encode("euc-kr"), "", "text", id="Korean text"),
        pytest.param("<!doctype html>".encode("utf-16"), "", "text", id="UTF-16"),
        pytest.param(b"<html>", "text/html; charset=utf-8", "text", id="page"),
        pytest.param(EPUB, "", "text", id="EPUB"),
        pytest.param(b"PK\x03\x04 other", "", None, id="another zip"),
        pytest.param(b"{}", "application/json", None, id="JSON"),
        pytest.param(b"a{}", "text/css", None, id="style"),
        pytest.param(b"<svg xmlns='x'>", "", None, id="drawing"),
        pytest.param(b"\x00\x01\x02", "", None, id="junk"),
        pytest.param(b"", "", None, id="nothing"),
    ],
)
def test_tells(data: bytes, media_type: str, expected: str | None) -> None:
    assert medium_of(data, media_type) == expected


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_are_told_or_not(data: bytes, media_type: str) -> None:
    assert medium_of(data, media_type) in (*MEDIA, None)

"""What a file is, by its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.audio.decoding import formats


@pytest.mark.parametrize(
    ("head", "name"),
    [
        pytest.param(b"RIFF\x24\x00\x00\x00WAVEfmt ", "WAV", id="WAV"),
        pytest.param(b"RF64\xff\xff\xff\xffWAVEds64", "WAV", id="WAV beyond 4 GB"),
        pytest.param(b"RIFF\x24\x00\x00\x00AVI LIST", "AVI", id="AVI"),
        pytest.param(b"RIFF\x24\x00\x00\x00WEBPVP8 ", None, id="a picture"),
        pytest.param(b"fLaC\x00", "FLAC", id="FLAC"),
        pytest.param(b"OggS\x00\x02", "Ogg", id="Ogg"),
        pytest.param(b"ID3\x04\x00", "MP3", id="MP3 with tags"),
        pytest.param(b"\xff\xfb\x90\x00", "MP3", id="MP3"),
        pytest.param(b"\xff\xf3\x40\x00", "MP3", id="MP3, lower rate"),
        pytest.param(b"\xff\xf1\x50\x80", "AAC", id="AAC"),
        pytest.param(b"\x00\x00\x00\x20ftypM4A ", "MP4", id="M4A"),
        pytest.param(b"\x1a\x45\xdf\xa3", "Matroska or WebM", id="WebM"),
        pytest.param((b"G" + bytes(187)) * 3, "MPEG-TS", id="MPEG-TS"),
        pytest.param(b"\xff\xd8\xff\xe0", None, id="a JPEG"),
        pytest.param(b"", None, id="nothing"),
        pytest.param(b"x" * 20 + b"WAVE", None, id="a word further on"),
    ],
)
def test_formats(head: bytes, name: str | None) -> None:
    known = formats.recognise(head)
    assert (known and known.name) == name


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"#EXTM3U\n#EXT-X-VERSION:3\nhttps://video.example/1.ts\n", id="HLS"),
        pytest.param(b"\xef\xbb\xbf#EXTM3U\n", id="HLS behind a byte order mark"),
        pytest.param("#EXTM3U\n".encode("utf-16"), id="HLS in sixteen bits"),
        pytest.param(b"ffconcat version 1.0\nfile '/etc/passwd'\n", id="ffconcat"),
        pytest.param(b"file 'other.mp3'\n", id="concat"),
        pytest.param(b"[playlist]\nFile1=http://radio.example/\n", id="PLS"),
        pytest.param(b"<?xml version='1.0'?><MPD>", id="DASH"),
        pytest.param(b"  <ASX version='3.0'>", id="ASX"),
        pytest.param(b"http://radio.example/stream", id="an address"),
        pytest.param(b"rtmp://radio.example/stream", id="another protocol"),
    ],
)
def test_lists_are_known(head: bytes) -> None:
    assert formats.recognise(head) is None
    assert formats.is_list(head)


@pytest.mark.parametrize("head", [b"hello", b"", b"\x89PNG\r\n", b"<html>"])
def test_other_text_is_no_list(head: bytes) -> None:
    assert not formats.is_list(head)


@given(st.binary(max_size=600))
def test_any_bytes(head: bytes) -> None:
    known = formats.recognise(head)
    formats.is_list(head)
    if known is not None:
        formats.cut_short(head, head, len(head), known)

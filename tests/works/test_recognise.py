"""Which medium bytes are: by what they begin with, whatever they are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.entries import MEDIA
from marque.works.recognise import medium_of

EPUB = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip"
SVG = b"\xef\xbb\xbf <?xml version='1.0'?><!-- a --><!DOCTYPE svg [<!ENTITY a 'b'>]>\n<s:svg xmlns:s='x'>"
STORY = b"Nobody came that night, and the lamp burned until the oil was gone. " * 80
PAGE = b"<!doctype html><html><head>%s</head><body><p>" + STORY
DRAWN = b"<style>a{background:url('data:image/svg+xml,<svg xmlns=1><path/></svg>')}</style>"


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
        pytest.param((b"G" + bytes(187)) * 4, "", "video", id="transport stream"),
        pytest.param(b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "", "strip", id="BMP"),
        pytest.param(b"FORM\0\0\x10\0AIFF", "", "audio", id="AIFF"),
        pytest.param(b"MAC \x96\x0f", "", "audio", id="Monkey's Audio"),
        pytest.param(b".snd\0\0\0\x18", "", "audio", id="AU"),
        pytest.param(b"RIFF\0\0\0\0WAVE", "", "audio", id="WAV"),
        pytest.param(b"ID3\x04", "", "audio", id="MP3 with tags"),
        pytest.param(b"\xff\xfb\x90" + bytes(9), "", "audio", id="MP3"),
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
        pytest.param(SVG, "text/plain", None, id="drawing after declaration, comment and document type"),
        pytest.param(b"<!--" * 1_000, "", "text", id="comments without end"),
        pytest.param(b"\x00\x01\x02", "", None, id="junk"),
        pytest.param(b"", "", None, id="nothing"),
    ],
)
def test_tells(data: bytes, media_type: str, expected: str | None) -> None:
    assert medium_of(data, media_type) == expected


@pytest.mark.parametrize("media_type", ["", "text/html", "text/plain", "application/octet-stream"])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PAGE % b'<meta content="\0">', id="a zero in the head"),
        pytest.param(PAGE % (b'<meta content="' + b"\0\1" * 900 + b'">'), id="zeros in the head"),
        pytest.param(bytes(9_000) + PAGE % b"", id="zeros before the page"),
        pytest.param(PAGE % DRAWN, id="a drawing in a style"),
        pytest.param(PAGE % b"<svg><path/></svg>", id="a drawing in the head"),
        pytest.param(STORY[:500] + b"\0" + STORY, id="a zero in a story"),
        pytest.param(STORY.decode().encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(b"FORMERLY " + STORY, id="as AIFF begins"),
        pytest.param(b"BMW " + STORY, id="as BMP begins"),
        pytest.param(b"MAC Donald " + STORY, id="as Monkey's Audio begins"),
        pytest.param(b"ID3 " + STORY, id="as MP3 begins"),
        pytest.param("ящик и ясно, что нет. ".encode("cp1251") * 40, id="as AAC begins"),
        pytest.param("яуза, река. ".encode("cp1251") * 40, id="as MP3 frames begin"),
        pytest.param(b"OggS " + STORY, id="as Ogg begins"),
        pytest.param(b"RIFFLE " + STORY, id="as RIFF begins"),
        pytest.param(b"fLaC " + STORY, id="as FLAC begins"),
        pytest.param(b".snd " + STORY, id="as AU begins"),
        pytest.param(b"Old ftyp " + STORY, id="as MP4 begins"),
        pytest.param((b"G" + STORY[:187]) * 4 + STORY, id="as transport packets begin"),
    ],
)
def test_a_text_is_text_whatever_stands_in_it(data: bytes, media_type: str) -> None:
    assert medium_of(data, media_type) == "text"


def test_a_page_that_begins_with_a_drawing_is_a_page() -> None:
    assert medium_of(b"<svg></svg><p>" + STORY, "text/html") == "text"


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_are_told_or_not(data: bytes, media_type: str) -> None:
    assert medium_of(data, media_type) in (*MEDIA, None)

"""The text of any file that holds one; everything else is refused by name, in bounded time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.errors import InputRefused
from marque.works.text import extract as extracting
from marque.works.text.extract import extract

STORY = "Nobody came that night, and the lamp burned until the oil was gone."


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(STORY.encode(), id="plain"),
        pytest.param(f"<!doctype html><p>{STORY}".encode(), id="HTML"),
        pytest.param(f'<?xml version="1.0"?><html><body><p>{STORY}</p></body></html>'.encode(), id="XHTML"),
        pytest.param(json.dumps({"data": [{"id": 7, "content": f"<p>{STORY}</p>"}]}).encode(), id="JSON of a reader"),
        pytest.param(f"<FictionBook><body><p>{STORY}</p></body><binary>QUJD</binary></FictionBook>".encode(), id="FB2"),
        pytest.param(STORY.encode("utf-16"), id="UTF-16"),
        pytest.param(f"{STORY[:9]}\0{STORY[9:]}".encode(), id="a zero in the text"),
        pytest.param(f'<html><meta content="{chr(0) * 900}"><p>{STORY}</p>'.encode(), id="zeros in a page"),
        pytest.param(bytes(9_000) + f"<html><p>{STORY}</p>".encode(), id="zeros before a page"),
    ],
)
def test_the_text_of_a_file(data: bytes) -> None:
    assert extract(data, "file").text.strip() == STORY


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "works.text-empty", id="nothing"),
        pytest.param(b" \n\t", "works.text-empty", id="spaces"),
        pytest.param(b"<html><script>var a</script></html>", "works.text-empty", id="a page without text"),
        pytest.param(b"%PDF-1.7\n" + STORY.encode(), "works.text-unreadable", id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "works.text-unreadable", id="a picture"),
        pytest.param(bytes(5_000), "works.text-unreadable", id="zeros"),
        pytest.param(b"PK\x03\x04 cut", "works.text-book-damaged", id="a cut zip file"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        extract(data, "some.txt")
    assert refusal.value.code == code
    assert refusal.value.params["file"] == "some.txt"


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "MOST_BYTES", 100)
    with pytest.raises(InputRefused) as refusal:
        extract(b"a" * 101, "long.txt")
    assert refusal.value.code == "works.text-too-large"


def test_json_nested_without_end_is_text() -> None:
    assert extract(b"[" * 200_000 + STORY.encode(), "deep.json").text.endswith(STORY)


@given(st.one_of(st.binary(max_size=2_000), st.binary(max_size=500).map(lambda data: b"PK\x03\x04" + data)))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert extract(data, "any").text.strip()
    except InputRefused as refusal:
        assert refusal.code.startswith("works.text-")

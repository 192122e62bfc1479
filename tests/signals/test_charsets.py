"""Spans lead back to the bytes as captured, whatever the charset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.signals.charsets import charset_of, transcode
from tests.signals.captured import exchange, sightings

PAGE = "<html><head><meta charset={name}></head><p>{text} <a href='https://t.me/toon_news'>t.me</a></p>"
TEXTS = {
    "euc-kr": "접속이 안 될 때 새 주소",
    "shift_jis": "サイトに繋がらない場合",
    "gb18030": "最新地址发布",
    "big5": "最新網址",
    "windows-1251": "новый адрес",
    "iso-2022-jp": "新しいアドレス",
    "utf-16-le": "새 주소",
    "utf-8": "새 주소",
}


@pytest.mark.parametrize("name", TEXTS)
def test_spans_count_captured_bytes(name: str) -> None:
    text = PAGE.format(name=name, text=TEXTS[name])
    raw = (b"\xff\xfe" if name == "utf-16-le" else b"") + text.encode(name)
    (found,) = sightings(raw, "chat-handle")
    assert raw[found.start : found.end].decode(name) == "t.me/toon_news"


@pytest.mark.parametrize("name", ["euc-kr", "utf-16-le", "utf-8"])
def test_words_are_read_in_every_charset(name: str) -> None:
    text = f"<meta charset={name}><p>접속이 안 될 때 새 주소는 채널에서 안내합니다 <a href='https://t.me/toon_news'>"
    raw = (b"\xff\xfe" if name == "utf-16-le" else b"") + text.encode(name)
    assert [s.value for s in sightings(raw, "announcement-channel")] == ["telegram:toon_news"]


def test_header_wins_over_declaration() -> None:
    assert charset_of(b"<meta charset=euc-kr>", "text/html; charset=utf-8") == "utf-8"
    assert charset_of(b"<meta charset=utf-16>") == "utf-8"
    assert charset_of(b"<meta charset=no-such>") == "utf-8"
    assert charset_of(exchange("<p>").payload) == "utf-8"


@given(st.text(st.characters(codec="cp949"), max_size=900), st.text(st.characters(codec="cp949"), max_size=900))
def test_offsets_lead_back(before: str, after: str) -> None:
    raw = before.encode("cp949") + b"t.me/abcdef" + after.encode("cp949")
    transcoded = transcode(raw, "cp949")
    if transcoded is None:
        assert raw.isascii()
        return
    start = transcoded.text.index(b"t.me/abcdef", len(before.encode()))
    assert transcoded.raw_offset(start) == len(before.encode("cp949"))
    assert raw[transcoded.raw_offset(start) : transcoded.raw_offset(start + 11)] == b"t.me/abcdef"


@given(st.binary(min_size=1, max_size=1200), st.sampled_from(["cp1252", "cp1251", "koi8-r", "iso8859-2", "cp874"]))
def test_one_byte_is_one_character(raw: bytes, codec: str) -> None:
    transcoded = transcode(raw, codec)
    if transcoded is None:
        assert raw.decode(codec).encode() == raw
        return
    assert transcoded.text == raw.decode(codec, "replace").encode()
    for place in range(len(raw) + 1):
        assert transcoded.raw_offset(len(raw[:place].decode(codec, "replace").encode())) == place


@given(st.binary(max_size=1200))
def test_damaged_text_never_fails(raw: bytes) -> None:
    for codec in ("cp949", "cp932", "gb18030", "utf-16-le", "iso2022_jp"):
        transcoded = transcode(raw, codec)
        if transcoded is None:
            assert raw.isascii()
            continue
        assert transcoded.raw_offset(len(transcoded.text)) <= len(raw)

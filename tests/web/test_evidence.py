"""A window on bytes: the span is exactly its bytes, bystanders are masked, nothing acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.evidence.model import Exchange, Locator, Record
from marque.web import evidence


def exchange(content_type: str) -> Exchange:
    record = Record(
        "a:0", None, "", "http://a.example/", None, None, None, 200, "", "", Locator("", 0, 0, ""), "content"
    )
    return Exchange(record, b"", headers=(("content-type", content_type),))


@given(st.binary(min_size=1, max_size=6000), st.data())
def test_the_marked_piece_is_the_span(data: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(data) - 1))
    end = draw.draw(st.integers(start + 1, len(data)))
    shown = evidence.window(data, (start, end), None, ())
    marked = "".join(piece.text for piece in evidence.text(shown, "latin-1") if piece.proving)
    visible_end = min(end, shown.high)
    assert marked == evidence.visible(data[start:visible_end].decode("latin-1"))
    assert shown.low % 16 == 0


@given(st.binary(min_size=1, max_size=3000), st.integers(-5, 5000) | st.none())
def test_any_window_is_bounded(data: bytes, at: int | None) -> None:
    shown = evidence.window(data, None, at, ())
    assert 0 <= shown.low <= shown.high <= len(data)
    assert len(evidence.lines(shown)) <= 2 * evidence.AROUND // evidence.WIDTH + 1


@given(st.integers(0, 400), st.integers(1, 60))
def test_a_bystander_is_masked_in_text_and_hex(start: int, length: int) -> None:
    data = bytes(range(0x41, 0x5B)) * 30
    secret = data[start : start + length]
    shown = evidence.window(data, (500, 510), None, [(start, start + length)])
    assert shown.data[start:][:length].count(0) == length or start < shown.low
    assert secret not in shown.data[max(start - shown.low, 0) : start + length - shown.low]
    cells = [byte for line in evidence.lines(shown) for byte, _ in line.cells]
    assert "00" not in cells


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x00b", "a␀b"), ("a\u202eb", "a⟨U+202E⟩b"), ("a\ud800b", "a⟨U+D800⟩b"), ("a\tb\r\n", "a\tb\n"),
     ("\x7f", "⟨U+007F⟩"), ("\ufeff<b>", "⟨U+FEFF⟩<b>"), ("달빛", "달빛")],
)  # fmt: skip
def test_nothing_acts(text: str, shown: str) -> None:
    assert evidence.visible(text) == shown


@pytest.mark.parametrize(
    ("declared", "used"),
    [("text/html; charset=euc-kr", "euc_kr"), ("text/html", "utf-8"), ("text/html; charset=utf-7", "utf-8"),
     ("text/html; charset=zlib", "utf-8"), ("text/html; charset=iso-2022-kr", "utf-8"), ("\x00;charset=\"", "utf-8"),
     ("text/html; charset=rot13", "utf-8"), ("text/html; charset=nonsense", "utf-8")],
)  # fmt: skip
def test_only_character_sets_that_keep_ascii(declared: str, used: str) -> None:
    assert evidence.charset(exchange(declared)).replace("-", "_") == used.replace("-", "_")

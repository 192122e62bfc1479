"""The program's table to rows of words, whatever it prints."""

from hypothesis import given
from hypothesis import strategies as st

from marque.signals.marks.lines import rows, single

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table(*words: tuple[str, float, int, int, int, int], level: int = 5) -> bytes:
    printed = [f"{level}\t1\t1\t1\t1\t1\t{x}\t{y}\t{w}\t{h}\t{sure}\t{text}" for text, sure, x, y, w, h in words]
    return "\n".join([HEAD, *printed]).encode()


def test_words_of_one_row_are_one_line_in_reading_order() -> None:
    found = rows(table(("Scans", 91, 200, 12, 80, 20), ("by", 92, 160, 10, 30, 22), ("below", 90, 160, 60, 60, 20)))
    assert [line.text for line in found] == ["by Scans", "below"]
    assert found[0].box == (160, 10, 280, 32)


def test_words_far_apart_are_two_lines() -> None:
    assert [line.text for line in rows(table(("left", 90, 0, 0, 40, 20), ("right", 90, 500, 0, 40, 20)))] == [
        "left",
        "right",
    ]


def test_a_single_line_keeps_the_program_s_order() -> None:
    """Boxes of letters without spaces between them overlap, so places say nothing."""
    assert (
        single(table(("翻訳", 90, 50, 0, 500, 40), (":", 90, 10, 0, 8, 40), ("月", 90, 5, 0, 9, 40))).text
        == "翻訳 : 月"
    )


def test_what_is_no_word_is_passed_over() -> None:
    assert rows(table(("text", 95, 0, 0, 10, 10), level=4)) == []
    assert rows(HEAD.encode() + b"\n5\t1\t1\n5\t1\t1\t1\t1\t1\tx\t0\t1\t1\t90\tword") == []
    assert rows(b"") == []
    assert single(b"").text == ""


def test_a_stretch_is_as_sure_as_its_least_sure_word() -> None:
    line = single(table(("Scans", 30, 0, 0, 40, 20), ("by", 92, 50, 0, 20, 20), ("Aurora", 77, 80, 0, 60, 20)))
    assert (line.confidence(0, 20), line.confidence(6, 20), line.confidence(6, 8)) == (30, 77, 92)


def test_a_flood_of_words_is_cut() -> None:
    flood = table(*[("word", 90.0, at % 900, at, 30, 12) for at in range(5_000)])
    assert sum(len(line.words) for line in rows(flood)) <= 1_000


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(said: bytes) -> None:
    assert rows(said) == []
    assert single(said).words == ()

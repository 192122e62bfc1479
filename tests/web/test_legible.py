"""Text of strangers: nothing in it acts, nothing in it grows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.web.legible import acts, cut, legible, middle


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("gpj.\u202eexe", "gpj.⟨U+202E⟩exe", id="override"),
        pytest.param("pay\u200bpal", "pay⟨U+200B⟩pal", id="no width"),
        pytest.param("a\x00b\x1bc", "a␀b␛c", id="control"),
        pytest.param("a\r\n\tb", "a   b", id="lines"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="Persian joiner"),
        pytest.param("z" + "\u0301" * 500, "z\u0301\u0301\u0301", id="climbing marks"),
        pytest.param("달빛 검사", "달빛 검사", id="Korean"),
        pytest.param("a\U000e0041b", "a⟨U+E0041⟩b", id="tag"),
    ],
)
def test_what_acts_is_shown(text: str, shown: str) -> None:
    assert legible(text) == shown


@given(st.text())
def test_nothing_left_acts(text: str) -> None:
    assert not any(acts(character) for character in legible(text) if character not in "\u200c\u200d")


@given(st.text(max_size=200), st.integers(8, 60))
def test_names_are_cut_in_the_middle(name: str, most: int) -> None:
    shown = middle(name, most)
    assert len(shown) <= most
    assert shown == legible(name) or (shown[-4:] == legible(name)[-4:] and "…" in shown)


def test_a_huge_text_is_cut() -> None:
    assert len(middle("x" * 1_000_000 + ".example", 40)) == 40
    assert middle("x" * 1_000_000 + ".example", 40).endswith(".example")
    assert cut("abc" * 9, 5) == "abca…"

"""Names: both forms of an international name, a warning for mixed scripts, and one folding for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.web.loading.names import display, fold, scripts


@pytest.mark.parametrize(
    ("site", "shown"),
    [("a.example", "a.example"), ("xn--9t4b11yi5a.example", "테스트.example"),
     ("xn--zzzzzz!!.example", "xn--zzzzzz!!.example"), ("file:abc", "file:abc"),
     ("xn--9t4b11yi5a.example/user/x", "테스트.example/user/x")],
)  # fmt: skip
def test_display(site: str, shown: str) -> None:
    assert display(site) == shown


@pytest.mark.parametrize(
    ("name", "mixed"),
    [("toon.example", ""), ("테스트.example", ""), ("まんがの国.example", ""), ("аpple.example", "Cyrillic + Latin"),
     ("한글漢字.example", ""), ("latin-кир.example", "Cyrillic + Latin")],
)  # fmt: skip
def test_mixed_scripts(name: str, mixed: str) -> None:
    assert scripts(name) == mixed


@given(st.text(max_size=80))
def test_any_name_is_bounded_and_folding_is_stable(text: str) -> None:
    display(text)
    scripts(text)
    assert fold(fold(text)) == fold(text) or fold(fold(fold(text))) == fold(fold(text))


def test_folding_meets_other_widths_and_cases() -> None:
    assert fold("ＴＯＯＮ　Moon") == "toon moon"


@pytest.mark.parametrize(
    ("site", "odd"),
    [
        pytest.param("xn--80ak6aa92e.example", "Cyrillic ≈ Latin", id="whole label"),
        pytest.param("xn--pypal-4ve.example", "Cyrillic + Latin", id="one letter"),
        pytest.param("xn--oi2b11vp1o.example", "", id="Hangul"),
        pytest.param("xn--80akhbyknj4f.example", "", id="honest Cyrillic"),
        pytest.param("plain-1.example", "", id="plain"),
        pytest.param("xn--" + "z" * 70 + ".example", "", id="no label"),
    ],
)
def test_names_that_read_as_others_are_marked(site: str, odd: str) -> None:
    assert scripts(display(site)) == odd

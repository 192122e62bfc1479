"""Tags: addresses that survive any name, times that say UTC, weights that can be added."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.web.templatetags.figures import short, to, utc, weight
from marque.web.templatetags.parts import MARKS, mark
from marque.web.templatetags.words import GROUPS, family_mark


@given(
    st.text(min_size=1, max_size=40).filter(lambda text: text.encode("utf-8", "ignore").decode() == text),
    st.text(max_size=20),
)
def test_a_name_comes_back_out_of_its_address(name: str, query: str) -> None:
    if "\ud800" <= max(query, default="") <= "\udfff":
        return
    parts = urlsplit(to("sites", name, q=query))
    assert unquote(parts.path.removeprefix("/sites/")) == name
    assert parse_qs(parts.query, keep_blank_values=True).get("q", [""])[0] == query


@pytest.mark.parametrize(("value", "shown"), [(0, "+0"), (7300, "+7,300"), (-800, "−800")])
def test_weight(value: int, shown: str) -> None:
    assert weight(value) == shown


def test_every_level_and_verdict_has_a_sign() -> None:
    assert {*GROUPS["level"], *GROUPS["verdict"]} <= MARKS.keys()
    assert mark("something-new") == mark(None) == "hollow"


def test_small_things() -> None:
    assert utc(0) == '<bdi dir="ltr">1970-01-01 00:00:00 UTC</bdi>'
    assert utc(None) == ""
    assert short("ab" * 32 + ":7") == "abababababab:7"
    assert family_mark("nonsense") == "··"

"""Search in any script, short and long, and nothing in a query is an instruction."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marque.web.queries.find import find
from tests.web import world


@pytest.mark.parametrize(
    ("query", "field"),
    [("toon-moon2", "site"), ("TOON-MOON2", "site"), ("달빛", "work"), ("달", "work"), ("月光", "work"),
     ("أمين", "work"), ("swordsman", "work"), ("UA-5512345", "signal"), ("5512345", "signal"), ("n-moon", "network"),
     ("s-moon", "service"), ("un", "site"), ("UA", "signal")],
)  # fmt: skip
def test_finds(shown: world.World, query: str, field: str) -> None:
    assert field in {hits.field for hits in find(query)}


@pytest.mark.parametrize(
    "query", ["", "   ", "reader77", "•••", '"', "' OR 1=1 --", "a" * 10_000, "NEAR(a b)", "folded:x", "\x00"]
)
def test_finds_nothing_and_breaks_nothing(shown: world.World, query: str) -> None:
    assert find(query) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(query=st.text(max_size=30))
def test_any_text_is_just_text(shown: world.World, query: str) -> None:
    find(query)


def test_one_field_goes_on_where_it_stopped(shown: world.World) -> None:
    first = find("example", "site")[0]
    again = find("example", "site", first.entries[0].pk)[0]
    assert again.entries[0].pk > first.entries[0].pk

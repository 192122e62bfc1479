"""Digests and the canonical form."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.digest import CHUNK, canonical_json, sha256, sha256_stream

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=12,
)


def test_sha256_is_the_published_one() -> None:
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1])
def test_a_stream_digests_as_its_bytes(size: int) -> None:
    data = bytes(i % 251 for i in range(size))
    assert sha256_stream(io.BytesIO(data)) == (sha256(data), size)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}', id="sorted and tight"),
        pytest.param(
            {"€": 1, "\ufb33": 2, "😀": 3}, '{"€":1,"😀":3,"\ufb33":2}', id="by UTF-16 code unit, as RFC 8785 3.2.3"
        ),
        pytest.param("é\n", '"é\\n"', id="UTF-8, control characters escaped"),
    ],
)
def test_canonical_form(value: object, text: str) -> None:
    assert canonical_json(value) == text.encode()


@pytest.mark.parametrize("value", [1.5, {"a": 0.0}, {1: "a"}, b"x", {"a": {2}}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@given(JSON)
def test_canonical_json_is_json(value: object) -> None:
    assert json.loads(canonical_json(value)) == value

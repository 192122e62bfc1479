"""Bits are counted, and beginning to read what is not there does no harm."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marque.works.segments.instructions import compiled, fetch, ones


@compiled
def _counted(word: Any) -> Any:
    return ones(np.uint64(word))


@compiled
def _fetched(array: Any, at: Any) -> Any:
    fetch(array, np.uint64(at))
    return array.sum()


@given(st.integers(0, 2**64 - 1))
def test_bits_are_counted(word: int) -> None:
    assert _counted(np.uint64(word)) == word.bit_count()


@given(st.integers(0, 2**63 - 1))
def test_beginning_to_read_beyond_an_array_does_no_harm(at: int) -> None:
    assert _fetched(np.arange(5, dtype=np.uint64), np.uint64(at)) == 10

"""Stored gzip is gzip."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.training.archives import pressed


@given(st.binary(max_size=3000))
def test_any_bytes_come_back(data: bytes) -> None:
    assert gzip.decompress(pressed.gzip(data)) == data


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 200_000])
def test_block_limits(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    assert gzip.decompress(pressed.gzip(data[:size])) == data[:size]

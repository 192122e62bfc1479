"""The answers of all parts together are those of the whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.works import index as indexes
from marque.works import index_growth, index_parts
from marque.works.segments import words
from tests.works.test_index import family


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 300), st.integers(0, 3))
def test_the_union_of_the_parts_is_the_whole(seed: int, size: int, bits: int) -> None:
    codes = family(seed, size)
    whole = indexes.build(codes, np.arange(size).astype(np.uint8))
    parts = [index_parts.part(whole, number, bits) for number in range(1 << bits)]
    assert sum(len(part) for part in parts) == size
    queries = np.concatenate([family(seed, 30), codes[:10]])
    answers = [index_parts.search(part, queries) for part in parts]
    for one, other in zip(index_parts.united(answers), whole.search(queries), strict=True):
        assert one.tolist() == other.tolist()
    for part in parts:
        assert part.votes.tolist() == whole.votes[part.column("number")[np.arange(len(part))].astype(int)].tolist()


def test_what_was_removed_is_in_no_part() -> None:
    owners = np.arange(2, dtype=np.uint8).repeat(32).reshape(2, 32)
    index = index_growth.added(index_growth.empty(), owners, np.array([5, 7], np.uint32), family(1, 12), {})
    left = index_growth.removed(index, np.array([True, False]))
    assert sum(len(index_parts.part(left, number, 1)) for number in range(2)) == 7


@pytest.mark.parametrize("bias", [0.5, 0.2], ids=["even bits", "leaning bits"])
def test_parts_are_of_nearly_the_same_size(bias: float) -> None:
    codes = np.packbits(np.random.default_rng(1).random((20_000, 256)) < bias, axis=1)
    sizes = np.bincount(index_parts.prefix(words.spread(codes), 4), minlength=16)
    assert sizes.min() > 1_100 and sizes.max() < 1_400

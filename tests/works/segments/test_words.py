"""The cut of a code into words: the sum that makes the search exact, the shuffle, and what lies near a key."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.works.segments import words


@pytest.mark.parametrize("count", words.CUTS)
def test_words_take_every_bit_once_and_their_radii_suffice(count: int) -> None:
    cut = words.layout(count)
    bits = [64 * (3 - word.lane) + word.shift + bit for word in cut.words for bit in range(word.width)]
    assert sorted(bits) == list(range(256))
    assert sum(word.radius + 1 for word in cut.words) == words.RADIUS + 1


@pytest.mark.parametrize("count", words.CUTS)
@given(st.integers(0, 2**256 - 1))
def test_a_key_is_the_word_cut_out_of_the_whole_code(count: int, code: int) -> None:
    lanes = np.array([[code >> 64 * (3 - lane) & (2**64 - 1) for lane in range(4)]], np.uint64)
    for word in words.layout(count).words:
        whole = code >> 64 * (3 - word.lane) + word.shift
        assert words.keys_of(lanes, word).tolist() == [whole & ((1 << word.width) - 1)]


@pytest.mark.parametrize("count", words.CUTS)
@given(key=st.integers(0, 2**16 - 1))
def test_columns_and_balls_hold_all_near_keys_and_no_others(count: int, key: int) -> None:
    cut = words.layout(count)
    word = cut.words[-1]
    mine = cut.column == len(cut.words) - 1
    found = set()
    for flip, ball in zip(cut.flips[mine].tolist(), cut.balls[mine].tolist(), strict=True):
        lows = int(words.BALLS[ball, key & 63])
        found |= {((key >> 6) ^ flip) << 6 | low for low in range(64) if lows >> low & 1}
    every = np.arange(1 << word.width)
    assert found == set(every[np.bitwise_count(every ^ key) <= word.radius].tolist())


@given(st.integers(0, 2**32 - 1))
def test_spreading_keeps_distances_and_can_be_undone(seed: int) -> None:
    codes = np.random.default_rng(seed).integers(0, 256, (9, 32), np.uint8)
    lanes = words.spread(codes)
    assert words.gathered(lanes).tolist() == codes.tolist()
    away = np.bitwise_count(codes[:, None] ^ codes[None]).sum(axis=2)
    assert np.bitwise_count(lanes[:, None] ^ lanes[None]).sum(axis=2).tolist() == away.tolist()

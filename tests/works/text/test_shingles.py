"""Texts that share a stretch share a shingle, whatever stands around it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marque.works.text.folding import fold
from marque.works.text.shingles import LENGTHS, LONGEST, WINDOW, select

GUARANTEED = WINDOW + LONGEST - 1
WORDS = st.text(alphabet="abcdeghk한국어말語文章本かなカ", max_size=60)


@given(WORDS, WORDS, st.text(alphabet="abcdeghk한국어말語文章本かなカ", min_size=GUARANTEED, max_size=80), WORDS, WORDS)
def test_a_shared_stretch_shares_a_shingle(a: str, b: str, shared: str, c: str, d: str) -> None:
    one, other = (set(select(fold(text)).hashes.tolist()) for text in (a + shared + b, c + shared + d))
    assert one & other


@given(st.text(alphabet="ab漢か ", max_size=300))
def test_shingles_are_whole_and_in_order(text: str) -> None:
    folded = fold(text)
    kept = select(folded)
    assert (np.diff(kept.first) > 0).all()
    assert (kept.last < len(folded)).all()
    lengths = [LENGTHS[script] for script in kept.script.tolist()]
    assert (kept.last - kept.first + 1).tolist() == lengths


def test_selection_thins() -> None:
    dice = np.random.default_rng(1)
    text = "".join("abcdefghkmnopqrstuvwxyz"[at] for at in dice.integers(0, 23, 100_000))
    share = len(select(fold(text)).hashes) / len(text)
    assert abs(share - 2 / (WINDOW + 1)) < 0.005


def test_a_run_of_one_letter_is_one_shingle() -> None:
    assert len(select(fold("a" * 100_000)).hashes) == 1


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    assert len(select(fold("abc")).hashes) == 0
    assert len(select(fold("")).hashes) == 0

"""One pair in five is judged blind, whoever asks, whenever, and whichever way round the pair is named."""

from hypothesis import given
from hypothesis import strategies as st

from marque.web.judging import blind

NAMES = st.text(min_size=1, max_size=12)


@given(NAMES, NAMES)
def test_a_pair_is_the_same_pair_either_way_round(one: str, other: str) -> None:
    assert blind.turn(one, other) == blind.turn(other, one)


def test_one_in_five_is_blind() -> None:
    pairs = [(f"site-{number}.example", f"site-{number + 1}.example") for number in range(5_000)]
    count = sum(blind.is_blind(blind.turn(*pair)) for pair in pairs)
    assert 900 < count < 1_100


def test_the_choice_is_the_same_in_every_version() -> None:
    assert blind.turn("a.example", "b.example") == 457_821_030_937_099_679

"""Common words: the list, and what an input shows of itself."""

import random

import pytest

from marque.networks.naming import words

LETTERS = "abcdefghijklmnoprstuvz"


def invented(count: int, seed: int = 1) -> list[str]:
    drawn = random.Random(seed)
    return ["".join(drawn.choices(LETTERS, k=drawn.randrange(5, 9))) for _ in range(count)]


@pytest.mark.parametrize(
    ("stem", "core"),
    [
        pytest.param("inkharborscans", "inkharbor", id="at the end"),
        pytest.param("readinkharbormanga", "inkharbor", id="at both ends"),
        pytest.param("mangaink", "ink", id="three letters are left"),
        pytest.param("mangaio", "mangaio", id="too little would be left"),
        pytest.param("달빛웹툰", "달빛", id="two letters of another script are enough"),
    ],
)
def test_common_words_are_taken_off(stem: str, core: str) -> None:
    assert words.known().core(stem) == core


@pytest.mark.parametrize(("stem", "plain"), [("mangareader", True), ("mangaink", False), ("freemoviestream", True)])
def test_names_of_common_words_alone(stem: str, plain: bool) -> None:
    assert words.known().plain(stem) is plain


def test_a_word_of_no_list_is_found_in_the_input() -> None:
    stems = [f"glimp{name}" for name in invented(60)] + invented(2000, 2)
    found = words.measured(stems)
    assert "glimp" in found.opening
    assert not {"glim", "glimpa"} & found.opening
    assert found.core("glimpinkharbor") == "inkharbor"


def test_a_family_of_one_brand_makes_no_common_word() -> None:
    stems = [f"inkharbor{end}" for end in ("a", "b", "cc", "de", "ef", "gh", "ij", "kl", "mn", "op", "qr")]
    assert "inkharbor" not in words.measured(stems + invented(500)).opening


def test_a_huge_input_is_counted_over_a_fixed_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST", 300)
    stems = [f"glimp{name}" for name in invented(4000)]
    assert "glimp" in words.measured(stems).opening
    assert words.measured(stems) == words.measured(reversed(stems))

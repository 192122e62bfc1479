"""Which language a page speaks, and what the pseudo-language does to a text."""

import pytest

from marque.web.language import PSEUDO, Language, choose


@pytest.mark.parametrize(
    ("wished", "accepted", "tag"),
    [
        pytest.param("ko", "en", "ko", id="chosen"),
        pytest.param(None, "ko-KR,ko;q=0.9,en", "ko", id="browser"),
        pytest.param(None, "de,xx;q=0.2", "en", id="none spoken"),
        pytest.param("xx", "", "en", id="nonsense"),
        pytest.param(PSEUDO, "", PSEUDO, id="pseudo"),
        pytest.param(None, "," * 10_000, "en", id="hostile"),
    ],
)
def test_choice(wished: str | None, accepted: str, tag: str) -> None:
    assert choose(wished, accepted).tag == tag


def test_one_thing_has_a_sentence_of_its_own() -> None:
    assert Language("en").say("web.sites.n", count=1) == "1 site"
    assert Language("en").say("web.sites.n", count=2) == "2 sites"


def test_the_pseudo_language_turns_words_and_leaves_parameters() -> None:
    text = Language(PSEUDO).say("web.network.of", site="toon.example")
    assert "\u2068toon.example\u2069" in text
    assert "network" not in text
    assert "\u202e" in text


def test_parameters_are_never_read_as_a_pattern() -> None:
    assert "{count}" in Language("en").say("web.network.of", site="{count}{0}{a.b}")

"""A rule is left out only where it could not have held."""

import pytest

from marque.evidence import verdicts
from marque.evidence.pagetext import page_text, searchable
from marque.evidence.screen import Condition, Rule, Screen

SHORT = Condition("text<", (), 500)
RULES = [
    Rule(
        "one", "blocked", (Condition("text", ("blocked by order", "bloqué par ordre"), 0), Condition("text<", (), 500))
    ),
    Rule("two", "parked", (Condition("title", ("domain for sale",), 0), Condition("source", ("park.js",), 0))),
    Rule("three", "challenge", (Condition("source", ("captcha",), 0), Condition("source-not", ("<textarea",), 0))),
    Rule("four", "seizure-banner", (Condition("text", ("압수되었습니다", "мвд россии"), 0),)),
]
PAGES = [
    pytest.param("<p>This was BLOCKED <b>by</b>\n order", ["one"], id="words apart"),
    pytest.param("<p>bloqu&eacute; par&nbsp;ordre", ["one"], id="entities"),
    pytest.param("<p>blocked by nobody", [], id="a word missing"),
    pytest.param("<title>Domain&#32;for\nsale</title><script src=/park.js>", ["two"], id="title"),
    pytest.param(
        "<title>For sale</title><svg><title>domain for sale</title></svg>park.js", ["two"], id="another title"
    ),
    pytest.param("<p>domain for sale park.js", [], id="not in the title"),
    pytest.param("<div class=g-captcha>", ["three"], id="source"),
    pytest.param("<div class=captcha><textarea>", [], id="source that must not be there"),
    pytest.param("<p>이 사이트는 압수되었습니다", ["four"], id="Korean"),
    pytest.param("<p>МВД России", ["four"], id="capital Cyrillic"),
]


@pytest.mark.parametrize(("page", "expected"), PAGES)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "cp949", "cp1251", "iso2022_kr"])
def test_possible(page: str, expected: list[str], coding: str) -> None:
    try:
        data = page.encode(coding)
    except UnicodeEncodeError:
        pytest.skip("not in this charset")
    source = searchable(data, f"text/html; charset={coding}")
    screen = Screen(RULES)
    found = screen.possible(source, screen.found(source), hidden=False)
    assert [rule.name for rule in found] == expected


def test_hidden_documents_are_looked_at_in_any_case() -> None:
    screen = Screen(RULES)
    assert "one" in [rule.name for rule in screen.possible(b"&#98;" * 30, frozenset(), hidden=True)]


def test_both_automata_find_the_same() -> None:
    screen = verdicts._screen()
    text = (
        " ".join(needle for rule in verdicts.rules() for test in rule.tests for needle in test.needles).lower().encode()
    )
    first = screen.found(text)
    screen.found(b" " * (2 << 20))
    assert screen.found(text) == first
    assert len(first) > 100


def test_every_rule_is_possible_where_its_words_stand() -> None:
    """For each rule a page of one needle a condition: the screen lets it pass."""
    screen = verdicts._screen()
    for rule in verdicts.rules():
        if rule.bare:
            continue
        wanted: dict[str, list[str]] = {test.field: [] for test in rule.tests}
        for test in rule.tests:
            wanted[test.field] += test.needles[:1] if test.field in ("text", "title", "source") else []
        title, body = " ".join(wanted.get("title", [])), " ".join([*wanted.get("text", []), *wanted.get("source", [])])
        data = f"<title>{title}</title><p>{body}".encode()
        source = searchable(data, None)
        possible = screen.possible(source, screen.found(source), hidden=False)
        assert rule.name in {each.name for each in possible}
        assert page_text(data, None, 4_000, 60) is not None

"""The quick look-up of suffixes gives what the list's own parser gives."""

import pytest
from publicsuffixlist import PublicSuffixList

from marque.evidence.suffixes import listed, registrable

LIST = PublicSuffixList()
LINES = [line for line in listed().read_text("utf-8").split("\n") if line and not line.startswith("//")]


def encoded(rule: str) -> str:
    name = rule.removeprefix("!").removeprefix("*.")
    return name if name.isascii() else name.encode("idna").decode()


@pytest.mark.parametrize("before", ["", "a.", "www.a.", "c.b.a."])
def test_every_rule_as_the_parser_has_it(before: str) -> None:
    names = [before + encoded(line) for line in LINES]
    names += [before + encoded(line).partition(".")[2] for line in LINES if "." in encoded(line)]
    wrong = [name for name in names if registrable(name) != LIST.privatesuffix(name)]
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["localhost", "a.nosuchtld", "b.a.nosuchtld", "xn--a.com", "xn--.xn--zz", "a.xn--p1ai"]
)
def test_names_under_no_rule(name: str) -> None:
    assert registrable(name) == LIST.privatesuffix(name)

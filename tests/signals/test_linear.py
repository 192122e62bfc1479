"""No pattern and no extractor takes more than proportionally longer for more input, whatever the input is."""

import itertools
import time
from collections.abc import Callable

import pytest
import re2

from marque.signals import derived, regions
from marque.signals.extract import EXTRACTORS, extract
from marque.signals.rows import Row, compiled, options
from tests.signals.captured import exchange

ROWS = [row for extractor in EXTRACTORS for row in extractor.rows] + list(derived.ROWS) + list(regions.rows())
SMALL, ALLOWED, QUICK = 60_000, 2.5, 0.01
BAITS = [
    pytest.param(b"a", id="letters"),
    pytest.param(b"a@a.", id="mail"),
    pytest.param(b"<a href='https://t.me/", id="open links"),
    pytest.param(b"<div class='comments'>", id="open comments"),
    pytest.param(b"<!--", id="open markup comments"),
    pytest.param(b"<script>", id="open scripts"),
    pytest.param(b"&#64;", id="references"),
    pytest.param("광고 문의 새 주소 텔레그램 채널 ".encode(), id="phrases"),
    pytest.param(b"wallet 1111111111111111111111111111 ", id="addresses"),
    pytest.param(b"<a href=//x.test><img src=1.gif>", id="banners"),
    pytest.param(b"atob('QUFB", id="base64"),
    pytest.param(b"<span ", id="open tags"),
    pytest.param(b"<img ", id="open pictures"),
    pytest.param(b'<img alt="', id="open values"),
    pytest.param(b"<a ><img src=//x.test/1>", id="pictures in links"),
    pytest.param(b"<a href=//x.test/", id="links left open"),
    pytest.param(b"<div id='a", id="open names"),
    pytest.param(b"<section class=", id="open sections"),
    pytest.param(b"<title><textarea>", id="open text fields"),
]


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def grows(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How much more the larger input costs, at best: other work on the machine only ever adds."""
    return min(seconds(large) / max(seconds(small), QUICK) for _ in range(4))


@pytest.mark.slow
@pytest.mark.parametrize("bait", BAITS)
def test_twice_the_bait_costs_twice(bait: bytes) -> None:
    small, large = (exchange(bait * (size // len(bait))) for size in (SMALL, SMALL * 2))
    list(extract(small))
    assert grows(lambda: list(extract(small)), lambda: list(extract(large))) <= ALLOWED


@pytest.mark.slow
def test_every_row_is_linear_on_its_own_words() -> None:
    for row in ROWS:
        for literal, filler in itertools.product(plain(row)[:2], (b"", b"A1b2", b"\"'=<>")):
            text = (literal + filler) * (SMALL // len(literal + filler))
            assert searched(row, text) <= ALLOWED, (row.kind, row.vendor, literal)


def plain(row: Row) -> list[bytes]:
    """The row's literals; of those that are expressions, the letters."""
    return [literal if literal[:1] != b"~" else literal.translate(None, b"~\\[]{}?,^") for literal in row.triggers]


def searched(row: Row, text: bytes) -> float:
    """How much longer a row takes for the whole text than for half; quick ones are not worth a closer look."""
    pattern = compiled(row.pattern)

    def search(part: bytes) -> int:
        return sum(1 for _ in pattern.finditer(part))

    if seconds(lambda: search(text)) < QUICK:
        return 0.0
    return grows(lambda: search(text[: len(text) // 2]), lambda: search(text))


def test_every_row_is_sound() -> None:
    for row in ROWS:
        assert row.triggers, row
        assert all(literal == literal.lower() for literal in row.triggers), row
        assert compiled(row.pattern).groups >= 1
        re2.compile(row.pattern[3:] if row.pattern.startswith(b"{") else row.pattern, options())


def test_no_quantifier_follows_half_a_character() -> None:
    """Patterns match bytes: `다?` would make the last byte of a letter optional, `[가나]` would be a set of bytes."""
    for row in ROWS:
        text = row.pattern.decode()
        assert not [at for at, sign in enumerate(text[1:]) if sign in "?*+{" and text[at] > "\x7f"], text
        inside = False
        for before, sign in zip(" " + text, text, strict=False):
            inside = (sign == "[" or (inside and sign != "]")) if before != "\\" else inside
            assert not (inside and sign > "\x7f"), row.pattern.decode()

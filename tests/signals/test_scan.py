"""The one pass leaves out nothing that a row would find by itself."""

import re
import warnings

import pytest

from marque.signals import derived, regions
from marque.signals.extract import EXTRACTORS
from marque.signals.rows import Row, compiled
from marque.signals.scan import scanner

ROWS = [row for extractor in EXTRACTORS for row in extractor.rows] + list(derived.ROWS) + list(regions.rows())
BOUNDED = 100_000
# Rows whose trigger stands near what they match and not in it: their reach is a choice, not a width.
NEAR = frozenset({"crypto-address", "iban"})


def widest(row: Row) -> int:
    """The most bytes a row can match; a large number where nothing bounds it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from re import _parser  # type: ignore[attr-defined]

        return int(_parser.parse(row.pattern.decode("latin-1").removeprefix("{h}")).getwidth()[1])


@pytest.mark.parametrize("row", [row for row in ROWS if row.reach and row.kind not in NEAR], ids=lambda row: row.kind)
def test_windows_hold_whatever_a_row_can_match(row: Row) -> None:
    width = widest(row)
    if width < BOUNDED:
        assert row.reach >= width - 3, (row.vendor, width)


def test_what_stands_at_both_ends_is_found() -> None:
    row = next(row for row in ROWS if row.vendor == "instagram")
    one = scanner((row,))
    text = b"instagram.com/first " + b"x" * 5000 + b" https://www.instagram.com/a23456789012345678901234567890"
    found = one.matches(text, one.sweep(text).windows)
    assert [match.groups[1] for _, match in found] == [b"first", b"a23456789012345678901234567890"]


def test_windows_do_not_depend_on_what_stands_around() -> None:
    """A row's finds are the same whether its window is one of many or alone."""
    row = next(row for row in ROWS if row.kind == "google-analytics" and row.pattern.startswith(b"{h}(UA"))
    one = scanner((row,))
    for gap in (b" ", b" " * 40, b" " * 400):
        text = gap.join(b"'UA-%d-1'" % number for number in range(10_000, 10_050))
        assert len(one.matches(text, one.sweep(text).windows)) == 50


def test_expressions_are_sound() -> None:
    for row in ROWS:
        for trigger in row.triggers:
            if trigger.startswith(b"~"):
                re.compile(trigger[1:])
    assert compiled(ROWS[0].pattern).groups >= 1

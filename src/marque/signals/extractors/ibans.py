"""Bank accounts by their international number, checksum valid. An account shown does not say who holds it."""

from collections.abc import Iterator, Sequence

import re2

from marque.signals.checks import iban
from marque.signals.checks.forms import ignored
from marque.signals.hits import Hit
from marque.signals.rows import Match, load, options
from marque.signals.subject import Subject

ROWS = load("ibans")
_BEFORE = 200
_WORDS = re2.compile(
    r"(?i)iban|sepa|swift|\bbic\b|bank|konto|account|cuenta|conta\b|계좌|口座|счет".encode(), options()
)
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Numbers of the country's length. Where letters may stand in it, a word for an account must stand before."""
    for match in matches:
        end = _end(subject.text, match.start, match.end)
        value = iban.iban(subject.text[match.start : end].decode("ascii", "replace")) if end else None
        if value is None or ignored("iban", value):
            continue
        before = subject.text[max(0, match.start - _BEFORE) : match.start]
        if iban.digits_only(value[:2]) or _WORDS.search(before):
            yield Hit("iban", value, match.start, end)


def _end(text: bytes, start: int, limit: int) -> int:
    """Where the country's number of letters and digits is reached; 0 where it runs on or falls short."""
    wanted = iban.length_of(text[start : start + 2].decode("ascii", "replace"))
    for place in range(start, limit):
        wanted -= chr(text[place]) in _LETTERS
        if wanted == 0:
            runs_on = place + 1 < len(text) and chr(text[place + 1]) in _LETTERS
            return 0 if runs_on else place + 1
    return 0

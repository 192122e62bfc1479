"""Addresses of cryptocurrencies whose checksum holds. An address shown is no payment received."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from marque.signals.checks import base58, bech32, ethereum, ton
from marque.signals.checks.forms import ignored
from marque.signals.hits import Hit
from marque.signals.rows import Match, load, records
from marque.signals.subject import Subject

ROWS = load("crypto")
_BEFORE = 200  # bytes in which a word must stand before an address that its form proves weakly
_NO_END = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+_")
_CHECKS: dict[str, Callable[[str], str | None]] = {
    "base58check": base58.versioned,
    "segwit": bech32.segwit,
    "ethereum": ethereum.ethereum,
    "monero": base58.monero,
    "ton": ton.ton,
    "solana": base58.solana,
}


def find(subject: Subject, matches: Sequence[Match]) -> Iterator[Hit]:
    """Addresses that stand alone (not inside a longer token) and pass their check."""
    for match in matches:
        check, text = match.row.vendor, match.value()
        if not _alone(subject, match):
            continue
        value = _CHECKS[check](text)
        if value is None or ignored("crypto-address", value) or not (_strong(check, text) or _worded(subject, match)):
            continue
        yield Hit("crypto-address", value, match.start, match.end)


def _alone(subject: Subject, match: Match) -> bool:
    before, after = subject.text[match.start - 1 : match.start], subject.text[match.end : match.end + 1]
    return not (before and before[0] in _NO_END) and not (after and after[0] in _NO_END)


def _strong(check: str, text: str) -> bool:
    return check != "solana" and (check != "ethereum" or ethereum.has_checksum(text[2:]))


def _worded(subject: Subject, match: Match) -> bool:
    before = subject.text[max(0, match.start - _BEFORE) : match.start].lower()
    return any(word in before for word in _words(match.row.vendor))


@cache
def _words(check: str) -> tuple[bytes, ...]:
    return tuple(line["word"].encode() for line in records("crypto_words") if line["check"] == check)

"""IBAN: ISO 13616 length of the country and mod-97 checksum. It names an account, not its holder."""

from functools import cache

from marque.signals.rows import records


@cache
def _lengths() -> dict[str, int]:
    return {line["country"]: int(line["length"]) for line in records("iban")}


@cache
def _digits_only() -> frozenset[str]:
    return frozenset(line["country"] for line in records("iban") if line["digits"] == "yes")


def length_of(country: str) -> int:
    """How long an IBAN of the country is; 0 where the country has none."""
    return _lengths().get(country, 0)


def digits_only(country: str) -> bool:
    """Whether the bank part has no letters, so that hardly anything else looks like it."""
    return country in _digits_only()


def iban(text: str) -> str | None:
    """No spaces, upper case; None where length, form or checksum is wrong."""
    plain = "".join(text.split()).replace("-", "").upper()
    country, body = plain[:2], plain[4:]
    if not plain.isascii() or len(plain) != length_of(country) or not (plain[2:4].isdigit() and body.isalnum()):
        return None
    if digits_only(country) and not body.isdigit():
        return None
    digits = "".join(str(int(letter, 36)) for letter in body + plain[:4])
    return plain if int(digits) % 97 == 1 else None

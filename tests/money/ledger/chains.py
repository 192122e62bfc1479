"""Transactions for tests: addresses by number, amounts in coins."""

from marque import clock
from marque.money.ledger.clusters import Address
from marque.money.ledger.model import Coin, Transaction

COIN = 10**18
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def btc(number: int) -> str:
    """An address of the right shape for a number."""
    digits = ""
    for _ in range(38):
        number, digit = divmod(number, 32)
        digits = LETTERS[digit] + digits
    return f"bc1q{digits}"


def key(number: int) -> Address:
    return "btc", btc(number)


def coin(number: int | None, amount: float = 1.0, asset: str = "BTC") -> Coin:
    return Coin(None if number is None else btc(number), asset, round(amount * 10**8) * 10**10)


def paid(
    number: int, inputs: list[Coin], outputs: list[Coin], day: str | None = "2026-10-05", chain: str = "btc"
) -> Transaction:
    time = clock.parse_iso(day) if day else None
    return Transaction(chain, f"{number:064x}", time, tuple(inputs), tuple(outputs), f"aa:{number}")

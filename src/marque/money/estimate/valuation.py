"""What coins that came in were worth in money, at prices of the same month. A second reading of an observed amount.

It stands beside the coins and is added to nothing: a month's price is a range, and when the coins were sold, if ever,
is not known.
"""

from dataclasses import dataclass

from marque.money.estimate.prices import Prices


@dataclass(frozen=True, slots=True)
class Valued:
    """An amount of coins at a month's prices."""

    low: float
    mid: float
    high: float
    currency: str
    price_date: str
    source: str


def of(coins: float, coin: str, month: str, prices: Prices) -> Valued | None:
    """The worth of coins in the money of the prices; None where no price of that coin and month was brought."""
    price = prices.of_coin(coin, month)
    if price is None:
        return None
    low, mid, high = (float(f"{coins * end:.6g}") for end in (price.amount.low, price.amount.mid, price.amount.high))
    return Valued(low, mid, high, prices.currency, price.date, price.source)

"""Coins at a month's prices: of that coin, of that month, or not at all."""

from pathlib import Path

import pytest

from marque.money.estimate.valuation import of
from tests.money.estimate.tables import prices

LINES = (
    "coin-price,,BTC,50000,60000,70000,EUR,2026-10-31,a daily index,an exchange,published,,",
    "coin-price,,BTC,40000,40000,40000,EUR,2026-09-30,a daily index,an exchange,published,,",
)


@pytest.mark.parametrize(("coin", "month", "mid"), [("BTC", "2026-10", 30000), ("BTC", "2026-09", 20000)])
def test_each_month_has_its_price(coin: str, month: str, mid: float, tmp_path: Path) -> None:
    found = of(0.5, coin, month, prices(tmp_path, *LINES))
    assert found is not None
    assert (found.mid, found.currency, found.source) == (mid, "EUR", "a daily index")
    assert found.low <= found.mid <= found.high
    assert found.price_date.startswith(month)


@pytest.mark.parametrize(("coin", "month"), [("LTC", "2026-10"), ("BTC", "2026-08"), ("BTC", "2026")])
def test_no_price_of_another_coin_or_month_is_used(coin: str, month: str, tmp_path: Path) -> None:
    assert of(0.5, coin, month, prices(tmp_path, *LINES)) is None

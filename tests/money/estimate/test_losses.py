"""Losses: only with a stated rate of substitution, each apart from the other and from income."""

from pathlib import Path

from marque.money.bases import Range
from marque.money.estimate.losses import losses
from tests.money.estimate.tables import ALL, prices, row, visits

RATE = "substitution,,,0.1,0.1,0.1,,2026-10-01,s,s,claim,,"
PRICE = "price-per-visit,,,2,2,2,EUR,2026-10-01,s,s,claim,,"
TAX = "tax-rate,,,0.2,0.2,0.2,,2026-10-01,s,s,measured,,"
JOBS = "jobs-per-million,,,5,5,5,,2026-10-01,s,s,claim,,"
SURE = row(low=1e7, mid=1e7, high=1e7)


def test_each_loss_stands_alone_with_its_rate(tmp_path: Path) -> None:
    found = losses(list(visits(tmp_path, SURE)), prices(tmp_path, RATE, PRICE, TAX, JOBS))
    assert [(one.whose, one.amount, one.unit) for one in found] == [
        ("rights-holders", Range(2e6, 2e6, 2e6), "EUR"),
        ("tax", Range(4e5, 4e5, 4e5), "EUR"),
        ("jobs", Range(10, 10, 10), "jobs"),
    ]
    assert {one.substitution for one in found} == {Range(0.1, 0.1, 0.1)}


def test_without_a_rate_or_a_price_nothing_is_lost(tmp_path: Path) -> None:
    rows = list(visits(tmp_path, SURE))
    assert losses(rows, prices(tmp_path, *ALL)) == []
    assert losses(rows, prices(tmp_path, PRICE, TAX)) == []
    assert losses(rows, prices(tmp_path, RATE, TAX)) == []
    assert [one.whose for one in losses(rows, prices(tmp_path, RATE, PRICE))] == ["rights-holders"]


def test_periods_are_not_added(tmp_path: Path) -> None:
    rows = list(visits(tmp_path, SURE, row(low=1e7, mid=1e7, high=1e7, period="2026-09")))
    found = losses(rows, prices(tmp_path, RATE, PRICE))
    assert [(one.period, one.amount.mid) for one in found] == [("2026-09", 2e6), ("2026-10", 2e6)]

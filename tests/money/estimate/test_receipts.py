"""Modelled receipts: ranges in order, more visits never bring less, the same input the same answer, gaps said."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marque.money.bases import Modelled, Range
from marque.money.estimate.ranges import Draws
from marque.money.estimate.receipts import NoFigure, Receipts, receipts
from tests.money.estimate.tables import ALL, prices, row, visits

SITES = {"n-1": ["moon.example", "sun.example"]}
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def one(folder: Path, *lines: str, priced: tuple[str, ...] = ALL) -> Receipts:
    (found,) = receipts(SITES, visits(folder, *(lines or (row(),))), prices(folder, *priced))
    assert isinstance(found, Receipts)
    return found


def test_figures_that_are_sure_multiply(tmp_path: Path) -> None:
    sure = ("pages-per-visit,,,2,,2", "slots-per-page,,x,3,,3", "fill,,,0.5,,0.5", "cpm,,,4,,4")
    lines = (f"{text},{'EUR' if text[0] == 'c' else ''},2026-10-01,s,s,measured,," for text in sure)
    found = one(tmp_path, row(low=1000, mid=1000, high=1000), priced=tuple(lines))
    assert found.amount == Modelled(Range(12, 12, 12), "EUR", "2026-10", ("2026-10-01", "2026-10-01"))
    assert found.drivers == ()


def test_a_figure_names_what_it_is_made_of(tmp_path: Path) -> None:
    found = one(tmp_path)
    assert found.sites == ("moon.example",)
    assert found.without == ("sun.example",)
    assert found.amount.price_dates == ("2026-10-01", "2026-10-04")
    assert [price.name for price in found.inputs] == ["pages-per-visit", "slots-per-page", "fill", "cpm"]
    assert {price.status for price in found.inputs} == {"assumption", "claim"}
    assert found.drivers[0][0] == "cpm"
    assert sum(share for _, share in found.drivers) == pytest.approx(1, abs=0.05)


def test_the_same_input_gives_the_same_answer_in_any_order(tmp_path: Path) -> None:
    lines = [row(), row("sun.example", source="log"), row("moon.example", period="2026-09")]
    tables = prices(tmp_path), prices(tmp_path, *ALL[::-1])
    first, second = (
        receipts(SITES, visits(tmp_path, *order), table)
        for order, table in zip((lines, lines[::-1]), tables, strict=True)
    )
    amounts = [(found.amount, found.drivers) for found in first if isinstance(found, Receipts)]
    assert amounts == [(found.amount, found.drivers) for found in second if isinstance(found, Receipts)]
    assert len(amounts) == 2


@quick
@given(st.floats(10, 1e6), st.floats(1, 3), st.floats(1, 3), st.floats(1.01, 10))
def test_more_visits_never_bring_less(tmp_path: Path, low: float, up: float, further: float, more: float) -> None:
    figures = (low, low * up, low * up * further)
    before = one(tmp_path, row("moon.example", *figures), row("sun.example")).amount.amount
    after = one(tmp_path, row("moon.example", *(more * figure for figure in figures)), row("sun.example")).amount.amount
    assert 0 <= before.low <= before.mid <= before.high
    assert (after.low, after.mid, after.high) >= (before.low, before.mid, before.high)
    assert after.low >= before.low
    assert after.high >= before.high


def test_sites_of_one_source_err_together_and_those_of_two_do_not(tmp_path: Path) -> None:
    """Errors that go the same way do not cancel out: the range of the sum is wider."""
    sure = tuple(line.replace(",2,3,5", ",3,3,3").replace(",1,2,4", ",2,2,2") for line in ALL)
    sure = tuple(line.replace("0.3,0.5,0.8", "0.5,0.5,0.5").replace("0.1,0.3,1.2", "0.3,0.3,0.3") for line in sure)
    together = one(tmp_path, row(), row("sun.example"), priced=sure).amount.amount
    apart = one(tmp_path, row(), row("sun.example", source="log"), priced=sure).amount.amount
    assert together.high / together.low == pytest.approx(4, rel=0.01)
    assert apart.high / apart.low < 3.3


def test_inputs_move_together_as_far_as_is_said(tmp_path: Path) -> None:
    def spread(correlation: str) -> float:
        grouped = tuple(line[: -len(",,")] + f",market,{correlation}" for line in ALL)
        amount = one(tmp_path, priced=grouped).amount.amount
        return amount.high / amount.low

    alone, half, whole = spread("0"), spread("0.5"), spread("1")
    assert alone < half < whole


def test_countries_and_classes_have_their_own_prices(tmp_path: Path) -> None:
    more = (
        "cpm,KR,,10,10,10,EUR,2026-10-04,s,s,measured,,",
        "cpm,KR,video,20,20,20,EUR,2026-10-04,s,s,measured,,",
        "slots-per-page,KR,display,1,1,1,,2026-10-04,s,s,measured,,",
        "slots-per-page,KR,video,1,1,1,,2026-10-04,s,s,measured,,",
    )
    sure = ("pages-per-visit,,,1,1,1,,2026-10-01,s,s,measured,,", "fill,,,1,1,1,,2026-10-01,s,s,measured,,")
    found = one(tmp_path, row(low=1000, mid=1000, high=1000, country="kr"), priced=(*more, *sure))
    assert found.amount.amount == Range(30, 30, 30)


MISSING = [
    pytest.param(ALL[:3], ("cpm",), id="no price"),
    pytest.param((ALL[0], *ALL[2:]), ("slots-per-page",), id="no slots"),
    pytest.param(ALL[1:2], ("cpm", "fill", "pages-per-visit"), id="slots only"),
]


@pytest.mark.parametrize(("priced", "missing"), MISSING)
def test_without_an_input_there_is_no_figure_and_it_is_said(
    priced: tuple[str, ...], missing: tuple[str, ...], tmp_path: Path
) -> None:
    (found,) = receipts(SITES, visits(tmp_path, row()), prices(tmp_path, *priced))
    assert found == NoFigure("n-1", "2026-10", "no-prices", missing)


def test_without_visits_there_is_no_figure(tmp_path: Path) -> None:
    (found,) = receipts({"n-2": ["other.example"]}, visits(tmp_path, row()), prices(tmp_path))
    assert found == NoFigure("n-2", None, "no-visits")


def test_a_site_with_prices_for_half_its_countries_has_none(tmp_path: Path) -> None:
    only = tuple(line.replace("cpm,,", "cpm,KR,") for line in ALL)
    found = one(
        tmp_path, row(country="KR"), row("sun.example", country="KR"), row("sun.example", country="US"), priced=only
    )
    assert (found.sites, found.without) == (("moon.example",), ("sun.example",))


def test_no_visits_at_all_are_nothing(tmp_path: Path) -> None:
    found = one(tmp_path, row(low=0, mid=0, high=0))
    assert found.amount.amount == Range(0, 0, 0)
    assert replace(found, drivers=()) == found


def test_fill_is_never_above_one(tmp_path: Path) -> None:
    full = (*ALL[:2], "fill,,,0.9,0.95,1,,2026-10-03,s,s,measured,,", ALL[3])
    whole = (*ALL[:2], "fill,,,1,1,1,,2026-10-03,s,s,measured,,", ALL[3])
    assert one(tmp_path, priced=full).amount.amount.high <= one(tmp_path, priced=whole).amount.amount.high


@pytest.mark.slow
def test_the_range_is_that_of_plain_drawing(tmp_path: Path) -> None:
    """Half a million draws by another way: two sites with visits of two sources, all else in common."""
    figures = one(tmp_path, row(), row("sun.example", source="log")).amount.amount
    chance = np.random.default_rng(20261122)

    def plain(low: float, mid: float, high: float) -> Draws:
        z = chance.standard_normal(500_000)
        below, above = np.log(mid / low) / 1.6448536, np.log(high / mid) / 1.6448536
        values: Draws = mid * np.exp(np.where(z < 0, below, above) * z)
        return values

    worth = plain(2, 3, 5) * plain(1, 2, 4) * np.minimum(plain(0.3, 0.5, 0.8), 1) * plain(0.1, 0.3, 1.2) / 1000
    drawn = worth * (plain(1e5, 2e5, 4e5) + plain(1e5, 2e5, 4e5))
    expected = np.quantile(drawn, (0.05, 0.5, 0.95))
    assert [figures.low, figures.mid, figures.high] == pytest.approx(expected.tolist(), rel=0.02)

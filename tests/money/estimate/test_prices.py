"""Tables of prices and visits: nearest price first, one currency, nothing twice, nothing without a source."""

from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.money.estimate import prices as pricing
from marque.money.estimate import visits as visiting
from tests.money.estimate.tables import ALL, PRICES, VISITS, prices, row

LINE = "cpm,{where},{what},{cpm},,{cpm},EUR,2026-10-01,s,s,claim,,"


def test_the_nearest_price_counts(tmp_path: Path) -> None:
    given = (("KR", "video", 1), ("KR", "", 2), ("", "video", 3), ("", "", 4))
    found = prices(tmp_path, *(LINE.format(where=where, what=what, cpm=cpm) for where, what, cpm in given))
    asked = (("KR", "video"), ("KR", "display"), ("US", "video"), ("US", "display"))
    assert [price.amount.mid for key in asked if (price := found.of("cpm", *key))] == [1, 2, 3, 4]
    assert found.of("fill") is None


WRONG = [
    pytest.param("cpm,,,1,1,1,,2026-10-01,s,s,claim,,", "currency", id="price without a currency"),
    pytest.param("cpm,,,1,1,1,EUR,,s,s,claim,,", "date", id="price without a date"),
    pytest.param("cpm,,,1,1,1,EUR,2026-10-01,,s,claim,,", "source", id="nobody's price"),
    pytest.param("cpm,,,1,1,1,EUR,2026-10-01,s,,claim,,", "sponsor", id="who paid for it is not said"),
    pytest.param("cpm,,,1,1,1,EUR,2026-10-01,s,s,true,,", "status", id="neither measured nor claimed"),
    pytest.param("luck,,,1,1,1,EUR,2026-10-01,s,s,claim,,", "input", id="no such input"),
    pytest.param("fill,,,0.5,0.9,1.5,,2026-10-01,s,s,claim,,", "high", id="more than all"),
    pytest.param("cpm,Korea,,1,1,1,EUR,2026-10-01,s,s,claim,,", "country", id="no country code"),
    pytest.param("cpm,,,1,1,1,EUR,2026-10-01,s,s,claim,g,2", "correlation", id="more than together"),
]


@pytest.mark.parametrize(("line", "column"), WRONG)
def test_a_wrong_price_is_named(line: str, column: str, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(PRICES + line + "\n", "utf-8")
    found, read = pricing.read(path)
    assert found.entries == {}
    assert [problem.detail for problem in read.problems] == [column]


WHOLE = [
    pytest.param(
        (ALL[3], LINE.format(where="KR", what="", cpm=1).replace("EUR", "USD")),
        "money.prices-mixed",
        id="two currencies",
    ),
    pytest.param((ALL[1], ALL[1].replace("display", "")), "money.slots-twice", id="slots of all and of one class"),
]


@pytest.mark.parametrize(("lines", "code"), WHOLE)
def test_a_table_that_would_mislead_is_refused(lines: tuple[str, ...], code: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        prices(tmp_path, *lines)
    assert refused.value.code == code


def test_a_price_given_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(PRICES + ALL[3] + "\n" + ALL[3].replace("1.2", "9") + "\n", "utf-8")
    found, read = pricing.read(path)
    assert [problem.code for problem in read.problems] == ["money.price-twice"]
    price = found.of("cpm")
    assert price is not None
    assert price.amount.high == 1.2


def test_two_counts_of_one_site_and_period_are_not_a_sum(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    lines = (row(), row(source="log"), row(country="KR"), row(period="2026-09"))
    path.write_text(VISITS + "\n".join(lines) + "\n", "utf-8")
    read = visiting.read(path)
    assert [(one.period, one.source) for one in read.rows] == [("2026-09", "panel"), ("2026-10", "panel")]
    assert [problem.code for problem in read.problems] == ["money.visits-twice"] * 2


def test_more_visits_than_there_are_people_on_the_web_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(VISITS + row(high=1e13) + "\n", "utf-8")
    assert visiting.read(path).rows == ()

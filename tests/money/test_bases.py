"""Observed, inferred and modelled amounts, and losses: no sum goes across them, neither in types nor at run time."""

import math
from pathlib import Path

import pytest
from mypy import api

from marque.money.bases import Inferred, Loss, Modelled, Observed, Range, total

COIN = 10**18


def observed(units: int, currency: str = "BTC", period: str = "2026-10", record: str = "ab:1") -> Observed:
    return Observed(units, currency, period, (record,))


@pytest.mark.parametrize(
    ("units", "text"),
    [(0, "0"), (1, "0.000000000000000001"), (25 * COIN // 10, "2.5"), (10**36 + 1, f"{10**18}.{1:018d}")],
)
def test_an_amount_is_exact_to_the_last_digit(units: int, text: str) -> None:
    assert observed(units).exact == text


OTHERS = [
    pytest.param(Inferred(Range(1, 1, 1), "BTC", "2026-10", "the operator", "goal bar", "2026-11-01"), id="inferred"),
    pytest.param(Modelled(Range(1, 2, 3), "BTC", "2026-10", ("2026-10-01", "2026-10-01")), id="modelled"),
    pytest.param(Loss("holders", Range(1, 2, 3), "BTC", "2026-10", Range(0.1, 0.1, 0.1)), id="a loss"),
]


@pytest.mark.parametrize("other", OTHERS)
def test_nothing_is_added_to_what_was_observed(other: object) -> None:
    with pytest.raises(TypeError):
        total([observed(COIN), other])  # type: ignore[list-item]
    for one, two in ((observed(COIN), other), (other, other)):
        with pytest.raises(TypeError):
            one + two  # type: ignore[operator]


def test_observed_amounts_add_up_exactly_and_keep_their_records() -> None:
    tenth = COIN // 10
    summed = total([observed(tenth, record="b:1"), observed(2 * tenth, record="a:1"), observed(tenth, record="a:1")])
    assert (summed.units, summed.records) == (4 * tenth, ("a:1", "b:1"))
    assert summed.value == 0.4


@pytest.mark.parametrize(
    "other",
    [pytest.param(observed(1, currency="EUR"), id="currency"), pytest.param(observed(1, period="2025"), id="period")],
)
def test_one_sum_is_of_one_currency_and_period(other: Observed) -> None:
    with pytest.raises(ValueError, match="one currency"):
        total([observed(1), other])


@pytest.mark.parametrize("ends", [(2, 1, 3), (-1, 0, 1), (0, 1, math.inf), (math.nan, 1, 2), (0, math.nan, 2)])
def test_a_range_is_in_order_and_finite(ends: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="in order"):
        Range(*ends)


@pytest.mark.slow
def test_the_type_checker_refuses_a_sum_across_bases(tmp_path: Path) -> None:
    script = tmp_path / "sums.py"
    script.write_text(
        "from marque.money.bases import Inferred, Loss, Modelled, Observed, total\n"
        "def within(a: Observed) -> Observed:\n    return total([a, a])\n"
        "def across(a: Observed, b: Modelled) -> Observed:\n    return total([a, b])\n"
        "def loss(a: Observed, b: Loss) -> Observed:\n    return total([b])\n"
        "def plus(a: Inferred, b: Modelled) -> object:\n    return a + b\n",
        "utf-8",
    )
    found, _, _ = api.run(["--strict", "--no-incremental", "--follow-imports=silent", str(script)])
    wrong = {line.split(":")[1] for line in found.splitlines() if "sums.py" in line and "error" in line}
    assert wrong == {"5", "7", "9"}, found

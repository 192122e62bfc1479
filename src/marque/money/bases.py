"""Amounts by what they rest on. Three kinds that nothing here adds together, and a loss that is no income at all.

`Observed`: a ledger or a document shows it. `Inferred`: somebody with a stake says it, or signals suggest it.
`Modelled`: worked out from ranges. The types share no parent and have no `+`; only observed amounts have a total,
since ranges of the other two do not add up end by end.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """P5, P50 and P95 of a figure that is not known better; for an observed or stated one all three may be equal."""

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not (0 <= self.low <= self.mid <= self.high and math.isfinite(self.high)):
            raise ValueError("a range is finite, not negative, and in order")


@dataclass(frozen=True, slots=True)
class Observed:
    """What came in, exactly, in units of 10**-18 so that sums are exact too. Not from whom, nor what for."""

    units: int
    currency: str
    period: str
    records: tuple[str, ...]

    @property
    def value(self) -> float:
        """The amount as a number, for widths and sums that people read; the last digits may be lost."""
        return self.units / 10**18

    @property
    def exact(self) -> str:
        """The amount to the last digit."""
        whole, part = divmod(self.units, 10**18)
        return f"{whole}.{part:018d}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Inferred:
    """A figure somebody states. An operator's own goal bar is a claim of the operator's, to be read as such."""

    amount: Range
    currency: str
    period: str
    said_by: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Modelled:
    """A distribution worked out from other ranges: for priority and reports, not for a charge."""

    amount: Range
    currency: str
    period: str
    price_dates: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Loss:
    """What others lost, at a stated rate of substitution. It is nobody's income and is added to none."""

    whose: str
    amount: Range
    unit: str
    period: str
    substitution: Range


def total(parts: Sequence[Observed]) -> Observed:
    """The sum of observed amounts of one currency and period. Amounts of any other basis are refused."""
    if not parts or not all(type(part) is Observed for part in parts):
        raise TypeError("only observed amounts add up")
    if len({(part.currency, part.period) for part in parts}) != 1:
        raise ValueError("one sum is of one currency and one period")
    records = {record for part in parts for record in part.records}
    first = parts[0]
    return Observed(sum(part.units for part in parts), first.currency, first.period, tuple(sorted(records)))

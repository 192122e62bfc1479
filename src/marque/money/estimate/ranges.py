"""A range as something to draw from: P5, P50 and P95 as given, log-normal on each side of the middle.

Nothing is known of the true shape; this one meets the three figures exactly and never goes below nothing.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.money import rows
from marque.money.bases import Range
from marque.money.rows import Cells, Refused

Draws = npt.NDArray[np.float64]
WIDEST = 1e6  # a range over more than a factor of a million says nothing, and its far ends leave the numbers there are
DRAWS = 10_000  # how many times everything is drawn
_P95 = 1.6448536269514722  # the standard normal's 95th percentile


def given(cells: Cells, most: float = rows.LARGEST) -> Range:
    """The range in the columns low, mid and high; the middle may be left empty (then the geometric mean)."""
    low, high = rows.number(cells, "low", most), rows.number(cells, "high", most)
    if low > high or (low == 0) != (high == 0) or high > low * WIDEST:
        raise Refused("low")  # a range that reaches down to nothing has no middle: say how small it may be
    mid = rows.number(cells, "mid", most) if cells.get("mid") else (low * high) ** 0.5
    if not low * (1 - 1e-12) <= mid <= high * (1 + 1e-12):
        raise Refused("mid")
    return Range(low, min(max(mid, low), high), high)


def drawn(amount: Range, z: Draws) -> Draws:
    """The range's values at standard normal places: at -1.64, 0 and 1.64 its low, mid and high. Rises with both."""
    if amount.high == 0:
        return np.zeros_like(z)
    below, above = np.log(amount.mid / amount.low) / _P95, np.log(amount.high / amount.mid) / _P95
    values: Draws = amount.mid * np.exp(np.where(z < 0, below, above) * z)
    return values


def added(parts: Iterable[Draws]) -> Draws:
    """The sum of draws, place by place: this, not the sum of percentiles, is the distribution of a sum."""
    total = np.zeros(DRAWS)
    for part in parts:
        total += part
    return total


def summed_up(values: npt.NDArray[Any]) -> Range:
    """P5, P50 and P95 of draws, to four figures: more would claim what drawing cannot give."""
    low, mid, high = (float(f"{value:.4g}") for value in np.quantile(values, (0.05, 0.5, 0.95)))
    return Range(low, mid, high)

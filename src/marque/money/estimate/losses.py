"""What others lose, apart from what a site takes: rights holders, the treasury, jobs. Never added to income.

Everything hangs on the rate of substitution: how many visits took the place of one that would have been paid for. It
is the most disputed figure of the field, so it must be given, and is printed beside every loss.
"""

import numpy as np

from marque.money.bases import Loss
from marque.money.estimate.draws import Board
from marque.money.estimate.prices import Price, Prices
from marque.money.estimate.ranges import Draws, added, drawn, summed_up
from marque.money.estimate.visits import Visits

RIGHTS, TAX, JOBS = "rights-holders", "tax", "jobs"


def losses(visits: list[Visits], prices: Prices) -> list[Loss]:
    """The losses of each period that the given inputs allow: none of any kind without a rate of substitution."""
    substitution, price = prices.of("substitution"), prices.of("price-per-visit")
    if substitution is None or price is None:
        return []
    found: list[Loss] = []
    board = Board()
    rate = np.minimum(_at(substitution, board), 1.0)
    for period in sorted({row.period for row in visits}):
        lost = added(_count(row, board) for row in visits if row.period == period) * rate * _at(price, board)
        for whose, unit, per in (
            (RIGHTS, prices.currency, None),
            (TAX, prices.currency, "tax-rate"),
            (JOBS, "", "jobs-per-million"),
        ):
            factor = prices.of(per) if per else None
            if per is None or factor is not None:
                found.append(
                    Loss(whose, summed_up(lost * _share(factor, board)), unit or "jobs", period, substitution.amount)
                )
    return found


def _at(price: Price, board: Board) -> Draws:
    return drawn(price.amount, board.at(price.group, price.name, price.correlation))


def _count(row: Visits, board: Board) -> Draws:
    return drawn(row.amount, board.at(f"visits: {row.source}", f"visits {row.site} {row.period} {row.country}"))


def _share(factor: Price | None, board: Board) -> Draws | float:
    """A part of the loss: a tax rate, or jobs for each million."""
    if factor is None:
        return 1.0
    return _at(factor, board) / 1e6 if factor.name == "jobs-per-million" else np.minimum(_at(factor, board), 1.0)

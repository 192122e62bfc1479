"""Donations as somebody states them: a platform's public counter, or the operator's own goal bar. Never a ledger's.

A goal bar is what the operator claims, to move readers to give; it is kept as that. Where the handle is a wallet whose
ledger is at hand, the ledger is the better witness of the same money, and the statement is set aside.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from marque.money import rows
from marque.money.bases import Inferred
from marque.money.estimate import ranges
from marque.money.rows import Cells, Problem, Read

NEEDED = ("site", "handle", "period", "low", "high", "currency", "stated_by", "source", "date")
STATED_BY = ("platform", "operator")


@dataclass(frozen=True, slots=True)
class Donation:
    """What is stated of one handle in one period."""

    site: str
    handle: str
    said: Inferred
    record: str


def read(path: Path) -> Read[Donation]:
    """A table of statements; a handle and period given twice is named, the second left out."""
    found = rows.read(path, NEEDED, _donation)
    kept: dict[tuple[str, str], Donation] = {}
    problems = list(found.problems)
    for row in found.rows:
        if (row.handle, row.said.period) in kept:
            problems.append(Problem("money.donation-twice", f"{path.name}:{rows.line_of(row.record)}", row.handle))
        else:
            kept[row.handle, row.said.period] = row
    return Read(tuple(kept[key] for key in sorted(kept)), tuple(problems), found.unnamed)


def _donation(cells: Cells, record: str) -> Donation:
    said = Inferred(
        ranges.given(cells),
        rows.currency(cells, "currency"),
        rows.period(cells, "period"),
        rows.one_of(cells, "stated_by", STATED_BY),
        rows.text(cells, "source"),
        rows.day(cells, "date"),
    )
    return Donation(rows.text(cells, "site").lower(), rows.text(cells, "handle"), said, record)


def beside_ledger(
    stated: Iterable[Donation], wallets: Collection[tuple[str, str]]
) -> tuple[list[Donation], list[Donation]]:
    """Statements that stand, and those set aside: their wallet (`<chain>:<address>`) and period are in a ledger.

    A year's statement is set aside by a ledger of one of its months, and a month's by one of its year: the same coins
    are in both.
    """
    stand: list[Donation] = []
    aside: list[Donation] = []
    for one in stated:
        periods = [period for wallet, period in wallets if wallet == one.handle]
        overlaps = any(period.startswith(one.said.period) or one.said.period.startswith(period) for period in periods)
        (aside if overlaps else stand).append(one)
    return stand, aside

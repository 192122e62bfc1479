"""Gross receipts from advertising as a distribution: visits x pages x slots x fill x CPM. For priority and reports.

Never for a charge: no input is measured on the site's own books. What is missing gives no figure, and is said. Costs,
taxes and the ad systems' cut (unless `publisher-share` is given) are not taken off.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from marque.money import rows
from marque.money.bases import Modelled
from marque.money.estimate.draws import Board
from marque.money.estimate.prices import NEEDED_FOR_ADVERTISING, Price, Prices
from marque.money.estimate.ranges import DRAWS, Draws, added, drawn, summed_up
from marque.money.estimate.visits import Visits

LABEL = "money.label-priority"  # every figure of this module is shown with it


@dataclass(frozen=True, slots=True)
class Receipts:
    """What one subject (a site or a network) took in one period, modelled. `drivers`: shares of the spread.

    `without`: sites of the subject that have no visits or no prices; they are missing from the figure, not zero.
    """

    subject: str
    amount: Modelled
    sites: tuple[str, ...]
    without: tuple[str, ...]
    drivers: tuple[tuple[str, float], ...]
    inputs: tuple[Price, ...]
    visits: tuple[Visits, ...]


@dataclass(frozen=True, slots=True)
class NoFigure:
    """Why a subject has no figure: `no-visits`, or `no-prices` with the inputs that are missing."""

    subject: str
    period: str | None
    why: str
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Worked:
    """Draws by site and period, with what went in. Kept apart so that shares of a network can be taken of them."""

    draws: dict[tuple[str, str], Draws]
    inputs: dict[tuple[str, str], list[Price]]
    visits: dict[tuple[str, str], list[Visits]]
    missing: dict[tuple[str, str], set[str]]


@dataclass(frozen=True, slots=True)
class Worth:
    """What one visit from a country brings, what it was worked out from, and which inputs are missing."""

    draws: Draws
    inputs: tuple[Price, ...]
    groups: frozenset[str]
    missing: frozenset[str]


class Worths:
    """The worth of a visit by country, worked out once for all sites."""

    def __init__(self, prices: Prices) -> None:
        self.prices = prices
        self._held: dict[str, Worth] = {}

    def of(self, country: str) -> Worth:
        """The worth of a visit from a country; nothing but what is missing where inputs are."""
        if country not in self._held:
            self._held[country] = _worth(self.prices, country)
        return self._held[country]


def work_out(visits: Iterable[Visits], worths: Worths, board: Board) -> Worked:
    """Draws of every site and period that has visits and prices for all its countries."""
    worked = Worked({}, defaultdict(list), defaultdict(list), defaultdict(set))
    for row in visits:
        key, worth = (row.site, row.period), worths.of(row.country)
        worked.missing[key] |= worth.missing
        worked.visits[key].append(row)
        worked.inputs[key] += worth.inputs
        if not worth.missing:
            board.used |= worth.groups
            name = f"{row.site} {row.period} {row.country}"
            count = drawn(row.amount, board.at(f"visits: {row.source}", f"visits {name}"))
            worked.draws[key] = worked.draws.get(key, 0) + count * worth.draws
    for key, lacking in worked.missing.items():
        if lacking:
            worked.draws.pop(key, None)  # half a site's countries would pass for all of them
    return worked


def _worth(prices: Prices, country: str) -> Worth:
    """All classes of advertisement together: each the product of its inputs."""
    board, total = Board(), np.zeros(DRAWS)
    inputs: list[Price] = []
    classes = prices.classes(country)
    lacking = set() if classes else {"slots-per-page"}
    for ad_class in classes:
        needed = {name: prices.of(name, country, ad_class) for name in NEEDED_FOR_ADVERTISING}
        lacking |= {name for name, price in needed.items() if price is None}
        cut = prices.of("publisher-share", country, ad_class)
        product = np.full(DRAWS, 1 / 1000)
        for price in (*needed.values(), cut):
            if price is not None:
                inputs.append(price)
                product *= _factor(price, board)
        total += product
    return Worth(total, tuple(inputs), frozenset(board.used), frozenset(lacking))


def _factor(price: Price, board: Board) -> Draws:
    name = f"{price.name} {price.country} {price.ad_class}"
    values = drawn(price.amount, board.at(price.group, name, price.correlation))
    return np.minimum(values, 1.0) if price.name in ("fill", "publisher-share") else values


def receipts(
    subjects: Mapping[str, Sequence[str]], visits: Sequence[Visits], prices: Prices
) -> list[Receipts | NoFigure]:
    """Each subject (with its sites) in each period somebody has visits for; ordered by subject and period."""
    found: list[Receipts | NoFigure] = []
    worths = Worths(prices)
    by_site: dict[str, list[Visits]] = defaultdict(list)
    for row in visits:
        by_site[row.site].append(row)
    for subject, sites in sorted(subjects.items()):
        mine = [row for site in dict.fromkeys(sites) for row in by_site.get(site, ())]
        if not mine:
            found.append(NoFigure(subject, None, "no-visits"))
            continue
        for period in sorted({row.period for row in mine}):
            board = Board()
            worked = work_out((row for row in mine if row.period == period), worths, board)
            found.append(_of(subject, period, sites, worked, board, prices.currency))
    return found


def _of(
    subject: str, period: str, sites: Sequence[str], worked: Worked, board: Board, currency: str
) -> Receipts | NoFigure:
    counted = sorted(site for site in set(sites) if (site, period) in worked.draws)
    if not counted:
        lacking = {name for names in worked.missing.values() for name in names}
        return NoFigure(subject, period, "no-prices", tuple(sorted(lacking)))
    values = added(worked.draws[site, period] for site in counted)
    inputs = {price.record: price for site in counted for price in worked.inputs[site, period]}
    seen = [row for site in counted for row in worked.visits[site, period]]
    dates = sorted(price.date for price in inputs.values())
    return Receipts(
        subject,
        Modelled(summed_up(values), currency, period, (dates[0], dates[-1])),
        tuple(counted),
        tuple(sorted(set(sites) - set(counted))),
        board.shares(values),
        tuple(sorted(inputs.values(), key=lambda price: rows.line_of(price.record))),
        tuple(seen),
    )

"""What a visit is worth: pages, slots, fill and price of a thousand views, each a range with source, sponsor and date.

marque ships none of these figures: prices of advertising on such sites are published by parties to the matter, and go
stale within months. The operator names them, and says of each whether it was measured or is a claim.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from marque.errors import InputRefused
from marque.money import rows
from marque.money.bases import Range
from marque.money.estimate import ranges
from marque.money.estimate.visits import country
from marque.money.rows import Cells, Problem, Read, Refused

NEEDED = ("input", "low", "high", "date", "source", "sponsor", "status")
STATUSES = ("measured", "published", "claim", "assumption")
SHARES = ("fill", "publisher-share", "substitution", "tax-rate")  # never above one
MONEY = ("cpm", "price-per-visit", "coin-price")
COIN = "coin-price"  # of one coin; the class names the coin, the date the month it is a price of
# pages-per-visit x slots-per-page x fill x cpm / 1000 x publisher-share (the ad systems' cut off; left out: all of it)
NEEDED_FOR_ADVERTISING = ("pages-per-visit", "slots-per-page", "fill", "cpm")
INPUTS = (
    *NEEDED_FOR_ADVERTISING,
    "publisher-share",
    "substitution",
    "price-per-visit",
    "tax-rate",
    "jobs-per-million",
    COIN,
)


@dataclass(frozen=True, slots=True)
class Price:
    """One input. `group` and `correlation`: with which other inputs it moves, and how much of it moves with them."""

    name: str
    country: str
    ad_class: str
    amount: Range
    currency: str
    date: str
    source: str
    sponsor: str
    status: str
    group: str
    correlation: float
    record: str


@dataclass(frozen=True, slots=True)
class Prices:
    """Inputs by name, country and class of advertisement, in one currency."""

    entries: Mapping[tuple[str, str, str], Price]
    currency: str

    def of(self, name: str, country: str = "", ad_class: str = "") -> Price | None:
        """The closest entry: country and class, then country, then class, then the one for all."""
        keys = ((name, where, what) for where, what in _nearest(country, ad_class))
        return next((self.entries[key] for key in keys if key in self.entries), None)

    def classes(self, country: str) -> tuple[str, ...]:
        """The classes of advertisement that slots are given for in a country, else for all countries."""
        for where in (country, ""):
            found = sorted(what for name, place, what in self.entries if name == "slots-per-page" and place == where)
            if found:
                return tuple(found)
        return ()

    def of_coin(self, coin: str, month: str) -> Price | None:
        """What a coin was worth in a month; a price of another month is none."""
        return self.entries.get((COIN, month, coin.lower()))


def _nearest(country: str, ad_class: str) -> Iterable[tuple[str, str]]:
    return dict.fromkeys(((country, ad_class), (country, ""), ("", ad_class), ("", "")))


def read(path: Path) -> tuple[Prices, Read[Price]]:
    """A table of prices. One currency a table: nothing here converts."""
    found = rows.read(path, NEEDED, _price)
    entries: dict[tuple[str, str, str], Price] = {}
    problems = list(found.problems)
    for row in found.rows:
        key = (row.name, row.date[:7] if row.name == COIN else row.country, row.ad_class)
        if key in entries:
            problems.append(Problem("money.price-twice", f"{path.name}:{rows.line_of(row.record)}", row.name))
        else:
            entries[key] = row
    for where in {(row.country, row.name) for row in found.rows if row.name == "slots-per-page"}:
        if len([key for key in entries if (key[1], key[0]) == where]) > 1 and (where[1], where[0], "") in entries:
            raise InputRefused("money.slots-twice", path=str(path), country=where[0])
    currencies = {row.currency for row in found.rows if row.currency}
    if len(currencies) > 1:
        raise InputRefused("money.prices-mixed", path=str(path), currencies=", ".join(sorted(currencies)))
    return Prices(entries, next(iter(currencies), "")), Read(found.rows, tuple(problems), found.unnamed)


def _price(cells: Cells, record: str) -> Price:
    name = rows.one_of(cells, "input", INPUTS)
    grouped = cells.get("group", "")
    return Price(
        name,
        country(cells),
        cells.get("ad_class", "").lower(),
        ranges.given(cells, 1.0 if name in SHARES else 1e9),
        rows.currency(cells, "currency") if name in MONEY else "",
        rows.day(cells, "date"),
        rows.text(cells, "source"),
        rows.text(cells, "sponsor"),
        rows.one_of(cells, "status", STATUSES),
        grouped or name,
        _correlation(cells),
        record,
    )


def _correlation(cells: Cells) -> float:
    """How much of an input moves with its group: all of it where nobody says less, which gives the widest range."""
    if not cells.get("correlation"):
        return 1.0
    value = rows.number(cells, "correlation", 1.0)
    if value < 0:
        raise Refused("correlation")
    return value

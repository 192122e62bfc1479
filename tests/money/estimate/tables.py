"""Tables of visits and prices for tests. Every figure is invented."""

from pathlib import Path

from marque.money.estimate import prices as pricing
from marque.money.estimate import visits as visiting
from marque.money.estimate.prices import Prices
from marque.money.estimate.visits import Visits

VISITS = "site,period,country,low,mid,high,source,sponsor,date\n"
PRICES = "input,country,ad_class,low,mid,high,currency,date,source,sponsor,status,group,correlation\n"
ALL = (
    "pages-per-visit,,,2,3,5,,2026-10-01,invented,nobody,assumption,,",
    "slots-per-page,,display,1,2,4,,2026-10-02,invented,nobody,assumption,,",
    "fill,,,0.3,0.5,0.8,,2026-10-03,invented,nobody,assumption,,",
    "cpm,,,0.1,0.3,1.2,EUR,2026-10-04,invented,nobody,claim,,",
)


def visits(folder: Path, *lines: str) -> tuple[Visits, ...]:
    path = folder / "visits.csv"
    path.write_text(VISITS + "\n".join(lines) + "\n", "utf-8")
    read = visiting.read(path)
    assert not read.problems
    return read.rows


def row(site: str = "moon.example", low: float = 1e5, mid: float = 2e5, high: float = 4e5, **more: str) -> str:
    cells = {"period": "2026-10", "country": "", "source": "panel"} | more
    figures = ",".join(f"{figure:.4f}" for figure in (low, mid, high))
    return f"{site},{cells['period']},{cells['country']},{figures},{cells['source']},nobody,2026-11-01"


def prices(folder: Path, *lines: str) -> Prices:
    path = folder / "prices.csv"
    path.write_text(PRICES + "\n".join(lines or ALL) + "\n", "utf-8")
    found, read = pricing.read(path)
    assert not read.problems
    return found

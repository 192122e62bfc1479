"""How often sites are visited, as somebody says: one row a site, period and country. Without a row there is no figure.

Counts of visits come from panels, public counters or a seized log; they differ by factors, so each is a range with its
source. Errors of one source go the same way on every site: they are drawn together.
"""

from dataclasses import dataclass
from pathlib import Path

from marque.money import rows
from marque.money.bases import Range
from marque.money.estimate import ranges
from marque.money.rows import Cells, Problem, Read, Refused

NEEDED = ("site", "period", "low", "high", "source", "sponsor", "date")
MOST = 1e12  # a year's visits of the whole web to one site


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits to one site in one period from one country, or from all (empty)."""

    site: str
    period: str
    country: str
    amount: Range
    source: str
    sponsor: str
    date: str
    record: str


def read(path: Path) -> Read[Visits]:
    """A table of visits. What a site has twice for one period is named and left out: two sources are not a sum."""
    found = rows.read(path, NEEDED, _visits)
    kept: dict[tuple[str, str, str], Visits] = {}
    problems = list(found.problems)
    whole = {(row.site, row.period) for row in found.rows if not row.country}
    for row in found.rows:
        key = (row.site, row.period, row.country)
        if key in kept or (row.country and (row.site, row.period) in whole):
            problems.append(Problem("money.visits-twice", f"{path.name}:{rows.line_of(row.record)}", row.site))
        else:
            kept[key] = row
    return Read(tuple(kept[key] for key in sorted(kept)), tuple(problems), found.unnamed)


def country(cells: Cells) -> str:
    """Two capital letters, or nothing for all countries."""
    code = cells.get("country", "").upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise Refused("country")
    return code


def _visits(cells: Cells, record: str) -> Visits:
    return Visits(
        rows.text(cells, "site").lower(),
        rows.period(cells, "period"),
        country(cells),
        ranges.given(cells, MOST),
        rows.text(cells, "source"),
        rows.text(cells, "sponsor"),
        rows.day(cells, "date"),
        record,
    )

"""Works: the list, who carries one, and one unit beside the page it was found on."""

from dataclasses import dataclass
from itertools import groupby

from marque.web.models import Match, Record, Site, Work
from marque.web.queries import paging


def listed(after: str | None) -> paging.Page[Work]:
    """Works, those on most sites first."""
    return paging.page(Work.objects.all(), ("-sites", "work"), after)


@dataclass(frozen=True, slots=True)
class Carrier:
    """One site that carries a work: how many units, how sure."""

    site: Site
    units: int
    matches: list[Match]
    licensed: bool
    unsure: bool

    @property
    def best(self) -> Match:
        return self.matches[0]


def carriers(work: str, most: int = 500) -> list[Carrier]:
    """The sites that carry a work, surest first; those with a licence and those left unsure come last and say so."""
    rows = list(Match.objects.filter(work=work).order_by("site", "unit", "id")[:20_000])
    sites = Site.objects.in_bulk([row.site for row in rows])
    found = []
    for name, group in groupby(rows, key=lambda row: row.site):
        matches = sorted(group, key=lambda row: (row.answer != "match", -(row.score or 0), row.pk))
        if name not in sites:
            continue
        found.append(
            Carrier(
                sites[name],
                len({row.unit for row in matches}),
                matches,
                bool(matches[0].licensed),
                matches[0].answer != "match",
            )
        )
    found.sort(key=lambda item: (item.licensed, item.unsure, -item.units, item.site.site))
    return found[:most]


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle in a picture."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Row:
    """One aligned piece: the panel in the catalogue, the place in the captured picture, how far apart they are."""

    panel: int | None
    outline: Place | None
    record: Record | None
    crop: Place | None
    distance: int | None
    codes: int | None


def beside(match: Match) -> list[Row]:
    """The pieces of a match in the order of the catalogue, with unmatched panels between them left empty."""
    pieces = sorted(match.pieces or [], key=lambda piece: _numbers(piece.get("catalogue")))
    records = Record.objects.in_bulk([str((piece.get("query") or {}).get("record")) for piece in pieces])
    rows: list[Row] = []
    for piece in pieces:
        query, catalogue = piece.get("query") or {}, piece.get("catalogue") or {}
        panel = catalogue.get("panel")
        last = rows[-1].panel if rows else None
        if isinstance(panel, int) and isinstance(last, int) and 1 < panel - last < 20:
            rows += [Row(empty, None, None, None, None, None) for empty in range(last + 1, panel)]
        rows.append(
            Row(panel, _place(catalogue), records.get(str(query.get("record"))), _place(query),
                piece.get("distance"), piece.get("codes"))
        )  # fmt: skip
    return rows


def _numbers(catalogue: dict[str, object] | None) -> tuple[int, int, int]:
    found = catalogue or {}
    panel, y, x = (value if isinstance(value, int) else 0 for value in map(found.get, ("panel", "y", "x")))
    return panel, y, x


def _place(found: dict[str, object]) -> Place | None:
    numbers = [found.get(name) for name in ("x", "y", "w", "h")]
    if not all(isinstance(number, int) for number in numbers):
        return None
    x, y, w, h = (int(str(number)) for number in numbers)
    return Place(x, y, w, h) if w > 0 and h > 0 else None


def known() -> int:
    """How many works the run or its catalogue names."""
    return Work.objects.count()

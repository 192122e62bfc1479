"""One unit of the catalogue beside the page it was found on: panel by panel, both sides at one scale.

Each panel is put together again from the pieces found of it, however the site has sliced the strip. That two sides
agree does not prove who put the pictures there, nor whether it was allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from marque.web.models import Match, Record
from marque.works.entries import Outline

_LABEL = 36  # height of a number, in the panel's own pixels
SHOWN = 24  # panels of a page: each piece of each is a picture to be drawn


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle in a picture or a panel."""

    x: int
    y: int
    w: int
    h: int

    @property
    def middle(self) -> float:
        return self.y + self.h / 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of a panel and the rectangle of a captured picture that shows it."""

    number: int
    place: Place
    crop: Place
    name: str
    record: Record | None

    @property
    def below(self) -> int:
        return self.place.y + self.place.h

    @property
    def label(self) -> int:
        """Where its number stands: at its foot, and never above the panel's edge."""
        return max(self.below - 12, _LABEL)


@dataclass(frozen=True, slots=True)
class Row:
    """One panel of the catalogue and what was found of it: nothing, or one piece for each slice it lies across."""

    panel: int
    width: int
    height: int
    outline: Outline | None
    pieces: tuple[Piece, ...]
    distance: int | None
    codes: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The rows of a page, how many panels were found, and where other panels are."""

    rows: list[Row]
    found: int
    of: int | None
    before: int | None
    after: int | None


def beside(match: Match, panels: Mapping[int, Outline], start: int | None = None) -> Beside:
    """The panels of a match in reading order; those not found stand between them and are left empty."""
    pieces = sorted(match.pieces or [], key=_order)
    found = {panel: list(group) for panel, group in groupby(pieces, key=_panel)}
    numbers = sorted({*panels, *found} if panels else _with_gaps(sorted(found)))
    first = next((place for place, number in enumerate(numbers) if number in found), 0)
    at = max(first - 1, 0) if start is None else min(max(start, 0), max(len(numbers) - 1, 0))
    shown = numbers[at : at + SHOWN]
    records = Record.objects.in_bulk([_name(piece) for number in shown for piece in found.get(number, [])])
    rows = [_row(number, panels.get(number), found.get(number, []), records) for number in shown]
    return Beside(
        rows,
        len(found),
        len(panels) or None,
        max(at - SHOWN, 0) if at else None,
        at + SHOWN if at + SHOWN < len(numbers) else None,
    )


def _with_gaps(found: list[int]) -> set[int]:
    """Without a catalogue, panels that must lie between two that were found; a wide gap is left out."""
    between = {number for one, other in pairwise(found) if other - one < 20 for number in range(one, other)}
    return {*found, *between}


def _row(number: int, outline: Outline | None, found: list[dict[str, object]], records: Mapping[str, Record]) -> Row:
    pieces: list[Piece] = []
    for each in found:
        place, crop = _place(each.get("catalogue")), _place(each.get("query"))
        if place is not None and crop is not None:
            name = _name(each)
            pieces.append(Piece(len(pieces) + 1, place, crop, name, records.get(name)))
    width, height = (outline.place.w, outline.place.h) if outline else (0, 0)
    width = max(width, *(piece.place.x + piece.place.w for piece in pieces), 0, 0)
    height = max(height, *(piece.below for piece in pieces), 0, 0)
    first = found[0] if found else {}
    return Row(number, width, height, outline, tuple(pieces), _whole(first.get("distance")), _whole(first.get("codes")))


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _part(piece: Mapping[str, object], side: str) -> Mapping[str, object]:
    found = piece.get(side)
    return found if isinstance(found, dict) else {}


def _name(piece: Mapping[str, object]) -> str:
    return str(_part(piece, "query").get("record"))


def _panel(piece: Mapping[str, object]) -> int:
    return _whole(_part(piece, "catalogue").get("panel")) or 0


def _order(piece: Mapping[str, object]) -> tuple[int, int, int]:
    found = _part(piece, "catalogue")
    return _panel(piece), _whole(found.get("y")) or 0, _whole(found.get("x")) or 0


def _place(found: object) -> Place | None:
    numbers = [found.get(name) for name in ("x", "y", "w", "h")] if isinstance(found, dict) else []
    whole = [number for number in numbers if isinstance(number, int)]
    if len(whole) < 4:
        return None
    x, y, w, h = whole
    return Place(x, y, w, h) if w > 0 and h > 0 else None

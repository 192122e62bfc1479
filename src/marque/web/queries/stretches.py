"""A text, a sound or a film of the catalogue beside the page it was found on: two axes, and the stretches that agree.

Of a text the agreeing passage is quoted from the captured page, and no word around it. That passages agree does not
prove who put them there, nor whether it was allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from marque.errors import MarqueError
from marque.web import evidence
from marque.web.models import Match, Record
from marque.works.entries import TEXT
from marque.works.text.extract import extract

SHOWN, LONGEST = 60, 700
WIDTH = 1000.0  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch that agrees: where it lies on the page's side and on the unit's, and how it is drawn."""

    number: int
    name: str
    record: Record | None
    query: tuple[float, float]
    unit: tuple[float, float]
    above: tuple[float, float]  # left and width on the unit's axis, in drawing units
    below: tuple[float, float]
    passage: str

    @property
    def band(self) -> str:
        """The corners of the band between the two axes."""
        (a, w), (b, v) = self.above, self.below
        return f"{a:.1f},24 {a + w:.1f},24 {b + v:.1f},96 {b:.1f},96"


@dataclass(frozen=True, slots=True)
class Aligned:
    """All of a match's stretches, where each axis ends as far as is known, and how many are not shown."""

    stretches: tuple[Stretch, ...]
    query_end: float
    unit_end: float
    text: bool
    more: int


def aligned(match: Match) -> Aligned:
    """The stretches of a match, in the unit's order."""
    pieces = sorted(match.pieces or [], key=lambda piece: _ends(piece, "catalogue"))
    shown = pieces[:SHOWN]
    unit_end = max((_ends(piece, "catalogue")[1] for piece in pieces), default=0.0)
    query_end = max((_ends(piece, "query")[1] for piece in pieces), default=0.0)
    names = {_name(piece) for piece in shown}
    records = Record.objects.in_bulk(list(names))
    words = {name: _words(records[name]) for name in names & set(records)} if match.medium == TEXT else {}
    found = tuple(_stretch(at, piece, records, words, (unit_end, query_end)) for at, piece in enumerate(shown, 1))
    return Aligned(found, query_end, unit_end, match.medium == TEXT, len(pieces) - len(shown))


def _stretch(
    number: int,
    piece: Mapping[str, object],
    records: Mapping[str, Record],
    words: Mapping[str, str],
    ends: tuple[float, float],
) -> Stretch:
    name, query, unit = _name(piece), _ends(piece, "query"), _ends(piece, "catalogue")
    passage = words.get(name, "")[int(query[0]) : int(query[1])]
    passage = passage if len(passage) <= LONGEST else f"{passage[:LONGEST]} …"
    return Stretch(
        number,
        name,
        records.get(name),
        query,
        unit,
        _drawn(unit, ends[0]),
        _drawn(query, ends[1]),
        evidence.visible(passage),
    )


def _drawn(part: tuple[float, float], end: float) -> tuple[float, float]:
    scale = WIDTH / end if end else 0.0
    return part[0] * scale, max((part[1] - part[0]) * scale, 2.0)


def _ends(piece: Mapping[str, object], side: str) -> tuple[float, float]:
    found = piece.get(side)
    numbers = [found.get(name) if isinstance(found, dict) else None for name in ("start", "end")]
    start, end = (float(number) if isinstance(number, int | float) else 0.0 for number in numbers)
    return start, end


def _name(piece: Mapping[str, object]) -> str:
    found = piece.get("query")
    return str(found.get("record")) if isinstance(found, dict) else ""


def _words(record: Record) -> str:
    exchange = evidence.fetch(record)
    try:
        return extract(exchange.payload, record.record).text if exchange else ""
    except MarqueError:
        return ""

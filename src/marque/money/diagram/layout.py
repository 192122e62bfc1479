"""Where nodes and links lie. Columns from left to right, heights by amounts, order by where the neighbours are.

All of it is arithmetic over sorted names: no chance, no measuring of text, the same on every machine.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marque.money.diagram.bands import Band, Bands, Pair, Party
from marque.money.diagram.model import COLUMNS, Link, Node

NODE_WIDTH, GAP, HAIRLINE, SWEEPS, MOST_RECORDS = 12.0, 6.0, 1.5, 6, 1_000


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes and links in their places; as high as was asked for, or higher where the lines need it."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    height: float


def placed(bands: Bands, width: float, height: float) -> Picture:
    """Nodes by column and place, and links between them."""
    columns = _ordered(bands)
    widths = _widths(bands, columns, height)
    sizes = _through(widths)
    room = max(height, *(sum(sizes[party] for party in column) for column in columns))
    tops: dict[Party, float] = {}
    for column in columns:
        free = room - sum(sizes[party] for party in column)
        gap = max(0.0, min(GAP, free / max(1, len(column) - 1)))
        y = max(0.0, (free - gap * (len(column) - 1)) / 2)
        for party in column:
            tops[party] = y
            y += sizes[party] + gap
    parties = [party for column in columns for party in column]
    return Picture(_nodes(parties, bands, tops, sizes, width), _links(parties, bands.links, widths, tops), _px(room))


def _ordered(bands: Bands) -> list[list[Party]]:
    """Each column's parties: first by amount, then moved to where their neighbours are, a few times to and fro."""
    weight = _through({pair: band.mid for pair, band in bands.links.items()})
    beside: dict[Party, list[Party]] = defaultdict(list)
    for source, target in sorted(bands.links):
        beside[source].append(target)
        beside[target].append(source)
    columns = [sorted(p for p in weight if p[0] == at) for at in range(len(COLUMNS))]
    for column in columns:
        column.sort(key=lambda p: (not p[1], -weight[p], p))  # what was folded comes last
    for sweep in range(SWEEPS):
        place = {party: at / len(column) for column in columns for at, party in enumerate(column)}
        for column in columns if sweep % 2 else columns[::-1]:
            middle = {p: round(sum(place[other] for other in beside[p]) / len(beside[p]), 9) for p in column}
            column.sort(key=lambda p: (not p[1], middle[p], -weight[p], p))
            place |= {party: at / len(column) for at, party in enumerate(column)}
    return columns


def _through(amounts: Mapping[Pair, float]) -> dict[Party, float]:
    """What goes through each party: the larger of what comes in and what goes out."""
    into: dict[Party, float] = defaultdict(float)
    out: dict[Party, float] = defaultdict(float)
    for (source, target), amount in sorted(amounts.items()):
        out[source] += amount
        into[target] += amount
    return {party: max(into.get(party, 0.0), out.get(party, 0.0)) for party in {**into, **out}}


def _widths(bands: Bands, columns: Sequence[Sequence[Party]], height: float) -> dict[Pair, float]:
    """A band's width: by its amount where one is known, else a hairline. One scale for the whole picture."""
    known = {pair: band.mid if band.known else 0.0 for pair, band in bands.links.items()}
    through = _through(known)
    most = 0.0
    for column in columns:
        room = max(height - GAP * max(0, len(column) - 1), height / 4)
        most = max(most, sum(through[party] for party in column) / room)
    return {pair: max(HAIRLINE, amount / most) if most else HAIRLINE for pair, amount in known.items()}


def _nodes(
    parties: Sequence[Party],
    bands: Bands,
    tops: Mapping[Party, float],
    sizes: Mapping[Party, float],
    width: float,
) -> tuple[Node, ...]:
    amounts = _through({pair: band.mid for pair, band in bands.links.items()})
    unknown = {party for pair, band in bands.links.items() if not band.known for party in pair}
    step = (width - NODE_WIDTH) / (len(COLUMNS) - 1)
    return tuple(
        Node(
            COLUMNS[at], name or None, 0 if name else bands.folded.get(at, 0),
            None if (at, name) in unknown else amounts[at, name],
            _px(at * step), _px(tops[at, name]), _px(sizes[at, name]),
        )
        for at, name in parties
    )  # fmt: skip


def _links(
    parties: Sequence[Party], bands: Mapping[Pair, Band], widths: Mapping[Pair, float], tops: Mapping[Party, float]
) -> tuple[Link, ...]:
    """Links in the order of the nodes, so that bands leave and arrive without crossing at a node."""
    number = {party: at for at, party in enumerate(parties)}
    start, end = dict(tops), dict(tops)
    arriving: dict[Pair, float] = {}
    for pair in sorted(bands, key=lambda pair: (number[pair[1]], number[pair[0]])):
        arriving[pair] = end[pair[1]]
        end[pair[1]] += widths[pair]
    found = []
    for pair in sorted(bands, key=lambda pair: (number[pair[0]], number[pair[1]])):
        source, target = pair
        ends = (number[source], number[target])
        found.append(_link(bands[pair], ends, widths[pair], start[source], arriving[pair]))
        start[source] += widths[pair]
    return tuple(found)


def _link(band: Band, ends: tuple[int, int], width: float, source_y: float, target_y: float) -> Link:
    low, mid, high = (band.low, band.mid, band.high) if band.known else (None, None, None)
    records, directions = tuple(sorted(band.records)[:MOST_RECORDS]), tuple(sorted(band.directions))
    return Link(*ends, low, mid, high, _px(width), _px(source_y), _px(target_y), directions, records, band.flows)


def _px(length: float) -> float:
    return round(length, 2)

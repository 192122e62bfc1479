"""What runs between two parties of a diagram, summed within one basis, currency and period.

Ends of ranges are added as if all moved together, which is the widest they can be. Of crowded columns the smallest
parties are folded into one without a name, which says how many it stands for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from marque.money.diagram.model import COLUMNS
from marque.money.rows import LARGEST

MOST_NODES = 200
Party = tuple[int, str]  # column and name; the folded rest of a column has the empty name
Pair = tuple[Party, Party]


@dataclass(slots=True)
class Band:
    """What runs between two parties, and what shows it. `known` is False where any amount of it is not."""

    low: float = 0.0
    mid: float = 0.0
    high: float = 0.0
    known: bool = True
    directions: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    flows: int = 0

    def add(self, other: "Band") -> None:
        """Take in what runs beside it."""
        self.low, self.mid, self.high = self.low + other.low, self.mid + other.mid, self.high + other.high
        self.known = self.known and other.known
        self.directions |= other.directions
        self.records |= other.records
        self.flows += other.flows


@dataclass(frozen=True, slots=True)
class Bands:
    """The links of one diagram, and how many parties the folded one of a column stands for."""

    links: Mapping[Pair, Band]
    folded: Mapping[int, int]


def of_rows(rows: Iterable[Mapping[str, object]]) -> Bands:
    """Links between neighbouring parties of each row; a party that a row lacks is passed over."""
    links: dict[Pair, Band] = {}
    for row in rows:
        parties = [(at, str(row[name])) for at, name in enumerate(COLUMNS) if row[name]]
        band = _band(row)
        for pair in pairwise(parties):
            links.setdefault(pair, Band()).add(band)
    return _folded(links)


def _band(row: Mapping[str, object]) -> Band:
    listed = row["records"]
    records = set(listed) if isinstance(listed, list) else set()
    band = Band(directions={str(row["direction"])}, records=records, flows=1)
    ends = [amount for name in ("low", "mid", "high") if isinstance(amount := row[name], float)]
    if len(ends) == 3 and all(0 <= end <= LARGEST for end in ends):  # also false of NaN
        band.low, band.mid, band.high = ends
    else:
        band.known = False
    return band


def _folded(links: dict[Pair, Band]) -> Bands:
    weight: dict[Party, float] = defaultdict(float)
    for pair, band in links.items():
        for party in pair:
            # Without amounts the number of rows decides; it is far below any amount's weight where there are some.
            weight[party] += band.mid + band.flows * 1e-9
    kept = _kept(weight)
    found: dict[Pair, Band] = {}
    for (source, target), band in links.items():
        pair = (source if source in kept else (source[0], ""), target if target in kept else (target[0], ""))
        found.setdefault(pair, Band()).add(band)
    gone = [party[0] for party in weight if party not in kept]
    return Bands(found, {at: gone.count(at) for at in sorted(set(gone))})


def _kept(weight: Mapping[Party, float]) -> set[Party]:
    """The parties drawn by name: all, or the largest of crowded columns, with room for the rest of each as one."""
    if len(weight) <= MOST_NODES:
        return set(weight)
    columns = [[party for party in weight if party[0] == at] for at in range(len(COLUMNS))]
    room, left = MOST_NODES, len(columns)
    kept: set[Party] = set()
    for parties in sorted(columns, key=len):
        share = room // left
        parties.sort(key=lambda party: (-weight[party], party))
        kept.update(parties if len(parties) <= share else parties[: share - 1])
        room, left = room - min(len(parties), share), left - 1
    return kept

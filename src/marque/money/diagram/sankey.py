"""Flows of one network as diagrams: payer -> intermediary -> payee -> network, a diagram a basis, currency and period.

Amounts of different bases are never in one picture, nor are currencies or periods. A width that no amount stands behind
is the same hairline everywhere. The same flows give the same picture, whatever order they come in.
"""

from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from marque.money.diagram import bands, layout
from marque.money.diagram.model import COLUMNS, Diagram
from marque.money.model import BASES

_NEEDED = [*COLUMNS, "low", "mid", "high", "currency", "period", "basis", "direction", "records"]


def diagrams(flows: pa.Table, network: str, *, width: float = 960, height: float = 540) -> list[Diagram]:
    """Every diagram of a network, in the order of bases; those without amounts first, then by period and currency."""
    groups: dict[tuple[int, str, str], list[Mapping[str, object]]] = defaultdict(list)
    for row in flows.filter(pc.equal(flows["network"], network)).select(_NEEDED).to_pylist():
        known = row["mid"] is not None
        group = (row["period"] or "", row["currency"] or "") if known else ("", "")
        groups[BASES.index(row["basis"]), *group].append(row)
    found = []
    for (basis, period, currency), rows in sorted(groups.items()):
        links = bands.of_rows(sorted(rows, key=_order))
        picture = layout.placed(links, width, height)
        measured = any(band.known for band in links.links.values())
        named = (BASES[basis], currency or None, period or None)
        found.append(Diagram(*named, measured, width, picture.height, picture.nodes, picture.links))
    return found


def _order(row: Mapping[str, object]) -> list[str]:
    """An order of rows: sums of fractions come out the same only if they are added in the same order."""
    return [str(row[name]) for name in (*COLUMNS, "low", "mid", "high")]

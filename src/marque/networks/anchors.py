"""A second look at wide values: do the members that other evidence has placed already stand in the same place?

A hoster's name-server set may carry several operators, each of whom hangs together; coherence alone takes them for
one. Sites that two other provenances tie are anchored; where two anchored members of a value mostly stand in
different places, the value says less than its coherence promised. The comparison is with narrow values, whose members
are known to belong together: networks are found in pieces, so even they do not always stand in one.
"""

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from marque.networks import fitting, populous, purity, score, ties
from marque.networks.model import Model

ENOUGH = 100  # pairs of anchored members before the second look counts
NARROW = 2000  # log2 odds (1/1000 bit) from which a value on two or three sites is taken as known
FIRM = 3000

_FIRM = """
SELECT a, b FROM votes WHERE bit <> ? GROUP BY a, b HAVING count(*) >= 2 AND sum(weight) + ? > ? ORDER BY a, b"""
_RATES = """
SELECT t.kind, g.size, count(*) AS pairs, CAST(sum(CASE WHEN x.place = y.place THEN 1 ELSE 0 END) AS BIGINT) AS same,
       max(s.odds) AS odds
FROM ties t JOIN graded g ON t.vid = g.vid
JOIN anchored x ON t.a = x.site JOIN anchored y ON t.b = y.site
JOIN (SELECT kind, size, max(odds) AS odds FROM strata GROUP BY kind, size) s ON t.kind = s.kind AND g.size = s.size
WHERE t.bit = {bit} GROUP BY t.kind, g.size ORDER BY t.kind, g.size"""


def fitted(engine: duckdb.DuckDBPyConnection, claims: pa.Table) -> Model:
    """Fit, look a second time, and leave the engine measured at the model that comes of it."""
    if ties.number(engine) >= populous.LEAST:
        return fitting.fit_populous(engine, claims)
    first = fitting.fit(engine, claims)
    fitting.measure(engine, first)
    second = temper(engine, first)
    if second is not first:
        fitting.measure(engine, second)
    return second


def temper(engine: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """The model with wide strata held to what anchored members say; the same model where too few are anchored.

    The engine is measured at the model.
    """
    score.vote(engine, model)
    rates = _rates(engine, int(model["prior"]))
    narrow = [(pairs, same) for _, size, pairs, same, odds in rates if size == 1 and odds > NARROW]
    pairs, same = (sum(column) for column in zip(*narrow, strict=True)) if narrow else (0, 0)
    if pairs < ENOUGH or not same:
        return model
    caps = {
        (kind, size): purity.milli_odds(min(1.0, (stood / seen) / (same / pairs)))
        for kind, size, seen, stood, _ in rates
        if size > 1 and seen >= ENOUGH
    }
    strata = [_capped(row, caps.get((row[0], row[1]))) for row in model["strata"]]
    return {**model, "strata": strata, "anchored": [list(rate[:4]) for rate in rates]}


def _capped(row: list[object], cap: int | None) -> list[object]:
    kind, size, place, held, odds, *rest = row
    return row if cap is None else [kind, size, place, held, min(int(str(odds)), cap), *rest]


def _rates(engine: duckdb.DuckDBPyConnection, prior: int) -> list[tuple[str, int, int, int, int]]:
    """Per kind and size: pairs of members that are both anchored by other groups, and how many stand together."""
    sites = ties.number(engine)
    found: list[tuple[str, int, int, int, int]] = []
    for (bit,) in engine.execute("SELECT DISTINCT bit FROM members ORDER BY bit").fetchall():
        firm = engine.execute(_FIRM, [bit, prior, FIRM]).fetchall()
        ties.put(engine, "anchored", _places(np.array(firm, np.int64).reshape(-1, 2), sites))
        found += engine.execute(_RATES.format(bit=int(bit))).fetchall()
    return sorted(found)


def _places(firm: np.ndarray, sites: int) -> pa.Table:
    """The component each tied site stands in."""
    shape = (sites + 1, sites + 1)
    graph = coo_array((np.ones(len(firm), np.int8), (firm[:, 0], firm[:, 1])), shape=shape)
    place = connected_components(graph, directed=False)[1]
    tied = np.unique(firm)
    return pa.table({"site": tied.astype(np.int64), "place": place[tied].astype(np.int64)})

"""The rows that explain a link: each weight that makes the score, and what was seen but not counted, and why.

Counted rows add up to the score exactly; every other row weighs nothing.
"""

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marque.evidence.model import TIME
from marque.networks.model import REASON
from marque.networks.verdicts import RULES, Integers, Verdicts

_MEMBERS = """
CREATE OR REPLACE TABLE held_when AS
SELECT v.vid, s.id AS site, c.first, c.last FROM claims c
JOIN vals v ON c.kind = v.kind AND c.value = v.value JOIN sites s ON c.site = s.site"""
_SEEN = """
SELECT w.a, w.b, 1 AS rank, w.kind, v.value, v.family,
       CASE WHEN o.seat IS NULL THEN 0 WHEN o.seat = 1 THEN o.weight ELSE least(o.weight, {bound}) END AS weight,
       o.seat IS NOT NULL AS counted, true AS supports,
       CASE WHEN o.seat = 1 AND {lonely} = 1 THEN 'networks.counted-open'
            WHEN o.seat = 1 AND {held} = 1 THEN 'networks.counted-company'
            WHEN o.seat = 1 AND w.held_back = 1 THEN 'networks.few-sites'
            WHEN o.seat = 1 AND w.apart = 1 THEN 'networks.counted-apart' WHEN o.seat = 1 THEN 'networks.counted'
            WHEN o.seat IS NOT NULL AND o.weight > {bound} THEN 'networks.bounded'
            WHEN o.seat IS NOT NULL AND w.held_back = 1 THEN 'networks.few-sites'
            WHEN o.seat IS NOT NULL THEN 'networks.counted'
            WHEN w.handed = 1 THEN 'networks.handed-down'
            WHEN w.weight = 0 THEN 'networks.common' ELSE 'networks.same-provenance' END AS why,
       w.n AS sites, x.first AS a_first, x.last AS a_last, y.first AS b_first, y.last AS b_last
FROM kept k JOIN weighed w ON k.a = w.a AND k.b = w.b
JOIN vals v ON w.vid = v.vid
LEFT JOIN votes o ON o.a = w.a AND o.b = w.b AND o.vid = w.vid
JOIN held_when x ON w.vid = x.vid AND w.a = x.site JOIN held_when y ON w.vid = y.vid AND w.b = y.site"""
_WIDE = """
SELECT k.a, k.b, 2 AS rank, v.kind, v.value, v.family, 0 AS weight, false AS counted, true AS supports,
       CASE WHEN v.grp = 'never' THEN 'networks.never' ELSE 'networks.hub' END AS why,
       v.n AS sites, x.first AS a_first, x.last AS a_last, y.first AS b_first, y.last AS b_last
FROM (SELECT * FROM vals WHERE n > {widest} OR grp = 'never') v
JOIN held_when x ON v.vid = x.vid JOIN held_when y ON v.vid = y.vid
JOIN kept k ON k.a = x.site AND k.b = y.site"""
_DIFFERENT = """
SELECT d.a, d.b, 3 AS rank, d.kind, d.va || ' | ' || d.vb AS value, '' AS family,
       CASE WHEN d.place = 1 THEN d.against ELSE 0 END AS weight, d.place = 1 AS counted, false AS supports,
       CASE WHEN d.place = 1 THEN 'networks.differs' ELSE 'networks.same-provenance' END AS why,
       NULL AS sites, NULL AS a_first, NULL AS a_last, NULL AS b_first, NULL AS b_last
FROM differ d"""
_COMPANY = """
SELECT a, b, 1 AS rank, 'company' AS kind, kind AS value, 'model' AS family, company AS weight, true AS counted,
       true AS supports, 'networks.company' AS why,
       NULL AS sites, NULL AS a_first, NULL AS a_last, NULL AS b_first, NULL AS b_last
FROM support WHERE company > 0"""

_ROW = pa.schema(
    [("a", pa.int64()), ("b", pa.int64()), ("rank", pa.int64())]
    + [(field.name, pa.int64() if field.type == TIME else field.type) for field in REASON if field.name != "of"]
)


def rows(engine: duckdb.DuckDBPyConnection, bound: int, widest: int, *, populous: bool) -> pa.Table:
    """Every value shared or contradicted by a kept pair. `populous`: whether holders' company was looked at."""
    engine.execute(_MEMBERS)
    names: dict[str, object] = {"bound": bound, "widest": widest}
    names |= {"held": "w.held", "lonely": "w.lonely"} if populous else {"held": "0", "lonely": "0"}
    found = [engine.sql(text.format_map(names)).to_arrow_table().cast(_ROW) for text in (_SEEN, _WIDE, _DIFFERENT)]
    return pa.concat_tables(found)


def company(engine: duckdb.DuckDBPyConnection) -> pa.Table:
    """What the company of its holders adds to a value that leads."""
    return engine.sql(_COMPANY).to_arrow_table().cast(_ROW)


def steps(pairs: pa.Table, verdicts: Verdicts, prior: int, origin: str, by: list[str]) -> pa.Table:
    """The rows that no value stands behind: prior, rule, calibration, judgement."""
    count = pairs.num_rows
    rule = [RULES[index] for index in verdicts.rule.tolist()]
    tables = [
        _step(pairs, 0, "prior", [origin] * count, np.full(count, prior, np.int64), [True] * count),
        _step(pairs, 4, "rule", rule, verdicts.held_down, [bool(name) for name in rule]),
        _step(pairs, 5, "calibration", ["published"] * count, verdicts.calibration, [True] * count),
        _step(pairs, 6, "judgement", by, verdicts.judgement, [bool(name) for name in by]),
    ]
    return pa.concat_tables(tables)


def _step(pairs: pa.Table, rank: int, kind: str, value: list[str], weight: Integers, shown: list[bool]) -> pa.Table:
    count = pairs.num_rows
    nothing = pa.nulls(count, pa.int64())
    why = [f"networks.{name}" for name in value] if kind == "rule" else [f"networks.{kind}"] * count
    table = pa.table(
        {
            "a": pairs["a"],
            "b": pairs["b"],
            "rank": pa.array([rank] * count, pa.int64()),
            "kind": pa.array([kind] * count, pa.string()),
            "value": pa.array(value, pa.string()),
            "family": pa.array(["model"] * count, pa.string()),
            "weight": pa.array(weight, pa.int64()),
            "counted": pa.array([True] * count, pa.bool_()),
            "supports": pa.array(weight >= 0, pa.bool_()),
            "why": pa.array(why, pa.string()),
            **{name: nothing for name in ("sites", "a_first", "a_last", "b_first", "b_last")},
        }
    )
    return table.cast(_ROW).filter(pa.array(shown, pa.bool_()))


def remark(pairs: pa.Table, kind: str, value: str, why: str) -> pa.Table:
    """One row a pair that weighs nothing and counts for nothing: what a reader should bear in mind."""
    count = pairs.num_rows
    nothing = np.zeros(count, np.int64)
    table = _step(pairs, 7, kind, [value] * count, nothing, [True] * count)
    return (
        table.set_column(table.column_names.index("why"), "why", pa.array([why] * count, pa.string()))
        .set_column(table.column_names.index("counted"), "counted", pa.array([False] * count, pa.bool_()))
        .set_column(table.column_names.index("supports"), "supports", pa.array([False] * count, pa.bool_()))
    )


def lists(pairs: pa.Table, found: pa.Table, sites: int) -> pa.ListArray:
    """One list of reasons a pair, in the order of `pairs` (sorted by a, b): strongest first within a rank."""
    order = [(name, "ascending") for name in ("a", "b", "rank")]
    order += [("size", "descending"), ("kind", "ascending"), ("value", "ascending")]
    rows = found.append_column("size", pc.abs(found["weight"])).sort_by(order)
    of = pa.array(np.full(rows.num_rows, sites, np.int64), mask=pc.is_null(rows["sites"]).to_numpy())
    columns = []
    for field in REASON:
        column = of if field.name == "of" else rows[field.name].combine_chunks()
        columns.append(column.cast(field.type))
    return pa.ListArray.from_arrays(_offsets(pairs, rows), pa.StructArray.from_arrays(columns, fields=list(REASON)))


def _offsets(pairs: pa.Table, rows: pa.Table) -> pa.Array:
    """Where each pair's reasons begin: both tables are sorted by pair."""
    widest = 1 << 31
    keys = pairs["a"].to_numpy() * widest + pairs["b"].to_numpy()
    of_rows = rows["a"].to_numpy() * widest + rows["b"].to_numpy()
    places = np.append(np.searchsorted(of_rows, keys, side="left"), len(of_rows))
    return pa.array(places, pa.int32())

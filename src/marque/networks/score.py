"""Score every candidate pair at one fixed model: integer votes, one a provenance, summed by the engine.

Everything here is counting and adding of integers in the SQL subset that DuckDB and Spark share.
"""

import duckdb
import pyarrow as pa

from marque.networks import kinds, purity, ties
from marque.networks.model import Model

# At most so many rejected candidates are kept with a run: the best scored ones.
KEPT, KEPT_PER_SITE = 20_000, 4
# From this coherence class on, other provenances hold the value's members together: it does not stand alone.
HANGING = 2
SOME = 20  # values from which a stratum's coherence is believed
# A value on more than one site in a hundred stands alone for nobody, however its members hang together. Cases of fewer
# sites than this are looked at as if they had so many.
SMALL = 1000
NEAR = -4000  # pairs scored at least so high are always kept
APART = 1000  # less for a value that left one site before it came to the other

# An agency, a kit seller or a hoster leaves the same contact, container and address with many customers, each of whom
# holds accounts of its own. Operators are paid: a value on four sites or more, none of whose members share any account
# that is paid into, while at least half hold one that nobody else holds, is taken for such a hand-me-down.
_LONELY = """
CREATE OR REPLACE TABLE lonely AS
SELECT DISTINCT x.site FROM exclusive x LEFT JOIN vals v ON x.kind = v.kind AND x.value = v.value
WHERE v.vid IS NULL AND x.grp IN ('identity', 'payment', 'tag')"""
_HANDED_DOWN = """
CREATE OR REPLACE TABLE handed_down AS
WITH paid AS (
  SELECT DISTINCT t.vid FROM ties t
  JOIN (SELECT DISTINCT a, b FROM ties WHERE grp IN ('payment', 'advertising', 'tag')) p ON t.a = p.a AND t.b = p.b)
SELECT m.vid FROM members m LEFT JOIN paid p ON m.vid = p.vid LEFT JOIN lonely l ON m.site = l.site
WHERE m.n >= 4 AND p.vid IS NULL GROUP BY m.vid HAVING 2 * count(l.site) >= count(*)"""
_WEIGHED = """
CREATE OR REPLACE TABLE weighed AS
SELECT t.vid, t.kind, t.grp, t.bit, t.n, t.a, t.b, t.apart, s.doubt,
       CASE WHEN (k.alone = 1 AND g.bin <> 0) OR (s."values" >= {many} AND g.bin = -1 AND t.grp <> '{page}')
              OR (g.bin >= {hanging} AND s."values" >= {some} AND t.n * 100 <= {sites}
                  AND (s.held = 2 OR t.grp <> '{page}'))
            THEN 1 ELSE 0 END AS solid,
       CASE WHEN d.vid IS NULL THEN greatest(s.odds - {prior} - {apart} * t.apart, 0) ELSE 0 END AS weight,
       CASE WHEN d.vid IS NULL THEN 0 ELSE 1 END AS handed
FROM ties t
JOIN graded g ON t.vid = g.vid
JOIN vals v ON t.vid = v.vid
JOIN rules k ON t.kind = k.kind AND v.family = k.family
LEFT JOIN handed_down d ON t.vid = d.vid
LEFT JOIN held ha ON t.vid = ha.vid AND t.a = ha.site
LEFT JOIN held hb ON t.vid = hb.vid AND t.b = hb.site
JOIN strata s ON t.kind = s.kind AND g.size = s.size AND g.bin = s.bin
 AND s.held = CASE WHEN g.bin = -1 THEN 0
                   ELSE (CASE WHEN ha.vid IS NULL THEN 0 ELSE 1 END)
                      + (CASE WHEN hb.vid IS NULL THEN 0 ELSE 1 END) END"""
_RANKED = """
CREATE OR REPLACE TABLE ranked AS
SELECT w.*, row_number() OVER (PARTITION BY a, b, grp ORDER BY weight DESC, vid) AS place
FROM weighed w"""
_VOTES = """
CREATE OR REPLACE TABLE votes AS
SELECT r.*, row_number() OVER (PARTITION BY a, b ORDER BY weight DESC, vid) AS seat
FROM ranked r WHERE place = 1 AND weight > 0"""
_SUPPORT = """
CREATE OR REPLACE TABLE support AS
SELECT a, b, CAST(sum(CASE WHEN seat = 1 THEN weight ELSE least(weight, {bound}) END) AS BIGINT) AS total,
       CAST(sum(bit) AS BIGINT) AS mask, max(solid) AS solid, max(CASE WHEN seat = 1 THEN doubt ELSE 0 END) AS doubt
FROM votes GROUP BY a, b"""
_KEPT = """
CREATE OR REPLACE TABLE kept AS
SELECT c.a, c.b, coalesce(p.total, 0) AS total, coalesce(p.mask, 0) AS mask, coalesce(p.solid, 0) AS solid,
       coalesce(p.doubt, 0) AS doubt
FROM (SELECT DISTINCT a, b FROM ties) c LEFT JOIN support p ON c.a = p.a AND c.b = p.b
ORDER BY total DESC, c.a, c.b LIMIT {limit}"""
_CLOSE = "SELECT count(*) FROM support WHERE total >= ?"
_JUDGED = """
INSERT INTO kept
SELECT j.a, j.b, coalesce(p.total, 0), coalesce(p.mask, 0), coalesce(p.solid, 0), coalesce(p.doubt, 0)
FROM judged j LEFT JOIN support p ON j.a = p.a AND j.b = p.b LEFT JOIN kept k ON j.a = k.a AND j.b = k.b
WHERE k.a IS NULL"""

# What only one operator holds at a time: two sites that hold different ones at the same time speak against a link.
_EXCLUSIVE = """
CREATE OR REPLACE TABLE exclusive AS
SELECT s.id AS site, c.kind, k.grp, k.against, c.value, c.since, c.until,
       CASE WHEN k.vendored = 1 THEN split_part(c.value, ':', 1) ELSE '' END AS slot
FROM claims c JOIN sites s ON c.site = s.site JOIN rules k ON c.kind = k.kind AND c.family = k.family
WHERE k.against < 0"""
_DIFFER = """
CREATE OR REPLACE TABLE differ AS
WITH common AS (
  SELECT DISTINCT x.site AS a, y.site AS b, x.kind, x.slot FROM exclusive x
  JOIN exclusive y ON x.kind = y.kind AND x.value = y.value AND x.site < y.site
  JOIN kept k ON k.a = x.site AND k.b = y.site),
apart AS (
  SELECT k.a, k.b, x.kind, x.grp, x.slot, x.against, min(x.value) AS va, min(y.value) AS vb
  FROM kept k JOIN exclusive x ON k.a = x.site
  JOIN exclusive y ON k.b = y.site AND x.kind = y.kind AND x.slot = y.slot
  WHERE x.since <= y.until AND y.since <= x.until
  GROUP BY k.a, k.b, x.kind, x.grp, x.slot, x.against)
SELECT d.a, d.b, d.kind, d.grp, d.against, d.va, d.vb,
       row_number() OVER (PARTITION BY d.a, d.b, d.grp ORDER BY d.against, d.kind, d.slot) AS place
FROM apart d LEFT JOIN common c ON d.a = c.a AND d.b = c.b AND d.kind = c.kind AND d.slot = c.slot
WHERE c.a IS NULL"""
_PAIRS = """
SELECT k.a, k.b, k.total, k.mask, k.solid, k.doubt, coalesce(d.against, 0) AS against
FROM kept k LEFT JOIN (SELECT a, b, CAST(sum(against) AS BIGINT) AS against FROM differ WHERE place = 1 GROUP BY a, b) d
  ON k.a = d.a AND k.b = d.b
ORDER BY k.a, k.b"""


def score(engine: duckdb.DuckDBPyConnection, model: Model, judged: pa.Table) -> pa.Table:
    """One row a kept pair: a, b, total, mask of its provenances, solid, doubt, against."""
    ties.put(engine, "judged", judged)
    vote(engine, model)
    engine.execute(_KEPT.format(limit=_limit(engine, int(model["prior"]))))
    for statement in (_JUDGED, _DIFFER):
        engine.execute(statement)
    return engine.sql(_PAIRS).to_arrow_table()


def vote(engine: duckdb.DuckDBPyConnection, model: Model) -> None:
    """One vote a pair and provenance: its strongest value's weight, bounded unless it is the pair's strongest."""
    names = {
        "many": purity.MANY,
        "some": SOME,
        "hanging": HANGING,
        "page": kinds.PAGE,
        "prior": int(model["prior"]),
        "sites": max(int(model["sites"]), SMALL),
        "apart": APART,
        "bound": int(model["bound"]),
    }
    for statement in (_EXCLUSIVE, _LONELY, _HANDED_DOWN, _WEIGHED, _RANKED, _VOTES, _SUPPORT):
        engine.execute(statement.format_map(names))


def _limit(engine: duckdb.DuckDBPyConnection, prior: int) -> int:
    """Every pair that could be accepted, and the best scored of the others up to a bound."""
    close = engine.execute(_CLOSE, [NEAR - prior]).fetchall()[0][0]
    sites = engine.execute("SELECT count(*) FROM sites").fetchall()[0][0]
    return max(int(close), KEPT + KEPT_PER_SITE * int(sites))

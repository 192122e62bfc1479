"""Score every candidate pair at one fixed model: integer votes, one a provenance, summed by the engine.

Everything here is counting and adding of integers in the SQL subset that DuckDB and Spark share.
"""

import duckdb
import pyarrow as pa

from marque.networks import kinds, planted, populous, purity, ties, verdicts
from marque.networks.model import Model
from marque.networks.weighing import APART, EXCLUSIVE, HANDED_DOWN, KEPT, KEPT_PER_SITE, LONELY, rarest

# From this coherence class on, other provenances hold the value's members together: it does not stand alone.
HANGING = 2
SOME = 20  # values from which a stratum's coherence is believed
# A value on more than one site in a hundred stands alone for nobody, however its members hang together. Cases of fewer
# sites than this are looked at as if they had so many.
SMALL = 1000
NEAR = -4000  # pairs scored at least so high are always kept

_WEIGHED = """
CREATE OR REPLACE TABLE weighed AS
SELECT t.vid, t.kind, t.grp, t.bit, t.n, t.a, t.b, t.apart, s.doubt,
       CASE WHEN (k.alone = 1 AND g.bin <> 0) OR (s."values" >= {many} AND g.bin = -1 AND t.grp <> '{page}')
              OR (g.bin >= {hanging} AND s."values" >= {some} AND t.n * 100 <= {sites}
                  AND (s.held = 2 OR t.grp <> '{page}'))
            THEN 1 ELSE 0 END AS solid,
       CASE WHEN t.grp IN ({open}) THEN 1 ELSE 0 END AS open,
       CASE WHEN d.vid IS NULL THEN least(greatest(s.odds - {prior} - {apart} * t.apart, 0), {rarest}) ELSE 0 END
         AS weight,
       CASE WHEN s.odds - {prior} - {apart} * t.apart > {rarest} THEN 1 ELSE 0 END AS held_back,
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
       CAST(sum(CASE WHEN weight >= {voice} THEN bit ELSE 0 END) AS BIGINT) AS mask,
       max(CASE WHEN open = 0 THEN solid ELSE 0 END) AS solid, max(CASE WHEN open = 1 THEN solid ELSE 0 END) AS told,
       max(CASE WHEN seat = 1 THEN doubt ELSE 0 END) AS doubt, min(apart) AS apart, max(n) AS crowd,
       0 AS company, 0 AS held, 0 AS lonely, '' AS kind
FROM votes GROUP BY a, b"""
_CHOSEN = """
CREATE OR REPLACE TABLE chosen AS
SELECT c.a, c.b FROM (SELECT DISTINCT a, b FROM ties) c LEFT JOIN support p ON c.a = p.a AND c.b = p.b
ORDER BY coalesce(p.total, 0) DESC, c.a, c.b LIMIT {limit}"""
_KEPT = """
CREATE OR REPLACE TABLE kept AS
SELECT c.a, c.b, coalesce(p.total, 0) AS total, coalesce(p.mask, 0) AS mask, coalesce(p.solid, 0) AS solid,
       coalesce(p.told, 0) AS told, coalesce(p.doubt, 0) AS doubt, coalesce(p.apart, 0) AS apart,
       coalesce(p.crowd, 0) AS crowd, coalesce(p.company, 0) AS company, coalesce(p.held, 0) AS held,
       coalesce(p.lonely, 0) AS lonely
FROM (SELECT a, b FROM chosen UNION SELECT a, b FROM judged) c LEFT JOIN support p ON c.a = p.a AND c.b = p.b"""
_CLOSE = "SELECT count(*) FROM support WHERE total >= ?"

# Made first, so that the engine never pairs the holders of a wide value with each other.
_SIDE = """
CREATE OR REPLACE TABLE side AS
SELECT k.a, k.b, x.kind, x.grp, x.slot, x.against, x.value, x.since, x.until
FROM kept k JOIN exclusive x ON k.a = x.site"""
_DIFFER = """
CREATE OR REPLACE TABLE differ AS
WITH common AS (
  SELECT DISTINCT x.a, x.b, x.kind, x.slot FROM side x
  JOIN exclusive y ON x.b = y.site AND x.kind = y.kind AND x.value = y.value),
apart AS (
  SELECT x.a, x.b, x.kind, x.grp, x.slot, x.against, min(x.value) AS va, min(y.value) AS vb
  FROM side x JOIN exclusive y ON x.b = y.site AND x.kind = y.kind AND x.slot = y.slot
  WHERE x.since <= y.until AND y.since <= x.until
  GROUP BY x.a, x.b, x.kind, x.grp, x.slot, x.against)
SELECT d.a, d.b, d.kind, d.grp, d.against, d.va, d.vb,
       row_number() OVER (PARTITION BY d.a, d.b, d.grp ORDER BY d.against, d.kind, d.slot) AS place
FROM apart d LEFT JOIN common c ON d.a = c.a AND d.b = c.b AND d.kind = c.kind AND d.slot = c.slot
LEFT JOIN votes o ON d.a = o.a AND d.b = o.b AND d.grp = o.grp
WHERE c.a IS NULL AND o.a IS NULL"""
_PAIRS = """
SELECT k.a, k.b, k.total, k.mask, k.solid, k.told, k.doubt, k.apart, k.crowd, k.company, k.held, k.lonely,
       coalesce(d.against, 0) AS against,
       coalesce(s.sound, 0) AS sound, coalesce(c.copied, 0) AS copied
FROM kept k LEFT JOIN sound s ON k.a = s.a AND k.b = s.b LEFT JOIN copied c ON k.a = c.a AND k.b = c.b
LEFT JOIN (SELECT a, b, CAST(sum(against) AS BIGINT) AS against FROM differ WHERE place = 1 GROUP BY a, b) d
  ON k.a = d.a AND k.b = d.b
ORDER BY k.a, k.b"""


def score(engine: duckdb.DuckDBPyConnection, model: Model, judged: pa.Table) -> pa.Table:
    """One row a kept pair: its sums, and what the rules ask about.

    `mask`: provenances that say at least a bit; `solid`: one of them stands alone; `told`: one would, were it not open
    for all to copy; `company`: what the leading value's holders add; `held`: that they hold it; `lonely`: it is open to
    all and one of the two shares nothing else with any of them; `apart`: nothing counted was held at the same time;
    `crowd`: sites that hold the widest value counted. `sound` and `copied` are explained in `planted`.
    """
    ties.put(engine, "judged", judged)
    if "population" in model:
        populous.look(engine, model, judged)
    else:
        vote(engine, model)
        engine.execute(_CHOSEN.format(limit=_limit(engine, int(model["prior"]))))
    for statement in (_KEPT, _SIDE, _DIFFER):
        engine.execute(statement)
    planted.look(engine)
    return engine.sql(_PAIRS).to_arrow_table()


def vote(engine: duckdb.DuckDBPyConnection, model: Model) -> None:
    """One vote a pair and provenance: its strongest value's weight, bounded unless it is the pair's strongest."""
    names = {
        "many": purity.MANY,
        "some": SOME,
        "hanging": HANGING,
        "page": kinds.PAGE,
        "voice": verdicts.VOICE,
        "prior": int(model["prior"]),
        "sites": max(int(model["sites"]), SMALL),
        "apart": APART,
        "rarest": rarest(int(model["sites"])),
        "bound": int(model["bound"]),
        "open": ", ".join(f"'{group}'" for group in kinds.OPEN),
    }
    for statement in (EXCLUSIVE, LONELY, HANDED_DOWN, _WEIGHED, _RANKED, _VOTES, _SUPPORT):
        engine.execute(statement.format_map(names))


def _limit(engine: duckdb.DuckDBPyConnection, prior: int) -> int:
    """Every pair that could be accepted, and the best scored of the others up to a bound."""
    close = engine.execute(_CLOSE, [NEAR - prior]).fetchall()[0][0]
    sites = engine.execute("SELECT count(*) FROM sites").fetchall()[0][0]
    return max(int(close), KEPT + KEPT_PER_SITE * int(sites))

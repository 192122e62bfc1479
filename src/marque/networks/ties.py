"""The statements that turn claims into values, ties between sites, and the coherence of each value.

Plain SQL in the subset that DuckDB and Spark share: joins, grouping, integer arithmetic, row_number. No statement
reads a probability: the engine counts, `purity` weighs.
"""

import duckdb
import pyarrow as pa

from marque.networks import kinds, purity

# A value on more sites than this makes no pairs: pairs grow with its square, and nobody's mark is that wide.
WIDEST = 60
# Kinds whose value begins with the vendor or chain: different values under different vendors contradict nothing.
VENDORED = frozenset({"donation-handle", "chat-handle", "announcement-channel", "crypto-address", "site-verification"})

_SITES = """
CREATE TABLE sites AS
SELECT row_number() OVER (ORDER BY site) AS id, site FROM (SELECT DISTINCT site FROM claims)"""
_VALUES = """
CREATE TABLE vals AS
SELECT row_number() OVER (ORDER BY c.kind, c.value) AS vid, c.kind, c.value, min(c.family) AS family,
       min(g.grp) AS grp, min(g.bit) AS bit, count(*) AS n
FROM claims c JOIN rules g ON c.kind = g.kind AND c.family = g.family
GROUP BY c.kind, c.value HAVING count(*) >= 2"""
_MEMBERS = """
CREATE TABLE members AS
SELECT v.vid, v.kind, v.grp, v.bit, v.n, s.id AS site, c.since, c.until
FROM claims c JOIN vals v ON c.kind = v.kind AND c.value = v.value JOIN sites s ON c.site = s.site
WHERE v.n <= {widest} AND v.grp <> '{never}'"""
_TIES = """
CREATE TABLE ties AS
SELECT x.vid, x.kind, x.grp, x.bit, x.n, x.site AS a, y.site AS b,
       CASE WHEN x.until < y.since OR y.until < x.since THEN 1 ELSE 0 END AS apart
FROM members x JOIN members y ON x.vid = y.vid AND x.site < y.site"""

# Members of a value that share, with another member, something usable of another provenance.
_HELD = """
CREATE OR REPLACE TABLE held AS
WITH pairs AS (
  SELECT t.a, t.b, min(t.bit) AS lo, max(t.bit) AS hi
  FROM ties t JOIN usable u ON t.vid = u.vid WHERE t.apart = 0 GROUP BY t.a, t.b),
firm AS (
  SELECT t.vid, t.a, t.b FROM ties t JOIN pairs p ON t.a = p.a AND t.b = p.b
  WHERE p.lo <> t.bit OR p.hi <> t.bit)
SELECT vid, a AS site FROM firm UNION SELECT vid, b AS site FROM firm"""
_COHERENCE = """
CREATE OR REPLACE TABLE coherence AS
SELECT v.vid, v.kind, v.n, coalesce(h.m, 0) AS m
FROM (SELECT DISTINCT vid, kind, n FROM members) v
LEFT JOIN (SELECT vid, count(*) AS m FROM held GROUP BY vid) h ON v.vid = h.vid"""
_GRADED = """
CREATE OR REPLACE TABLE graded AS
SELECT vid, kind, n, m,
       CASE WHEN n < 4 THEN 1 WHEN n < 8 THEN 2 WHEN n < 16 THEN 3 WHEN n < 32 THEN 4 ELSE 5 END AS size,
       CASE WHEN n < 4 THEN -1 WHEN m = 0 THEN 0 WHEN m = n THEN {bins}
            ELSE 1 + CAST(floor(m * {bins} / n) AS BIGINT) END AS bin
FROM coherence"""

_NAMES = {"widest": WIDEST, "never": kinds.NEVER, "bins": purity.BINS}


def connect() -> duckdb.DuckDBPyConnection:
    """An engine in memory of its own. Nothing it computes depends on its number of threads."""
    return duckdb.connect(":memory:")


def put(engine: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Load a table under a name of ours. A copy, because the engine plans badly over what it only looks through."""
    engine.register("given", table)
    engine.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - our own names
    engine.unregister("given")


def tie(engine: duckdb.DuckDBPyConnection, claims: pa.Table) -> None:
    """Load the claims and make the tables sites, vals, members and ties."""
    put(engine, "claims", claims)
    put(engine, "rules", rules(claims))
    for statement in (_SITES, _VALUES, _MEMBERS, _TIES):
        engine.execute(statement.format_map(_NAMES))


def rules(claims: pa.Table) -> pa.Table:
    """Each kind present with what is known of it, and one bit a group."""
    present = claims.group_by(["kind", "family"], use_threads=False).aggregate([])
    rows = [kinds.of(row["kind"], row["family"]) for row in present.to_pylist()]
    bits = {group: 1 << place for place, group in enumerate(sorted({row.group for row in rows}))}
    return pa.table(
        {
            "kind": pa.array([row.name for row in rows], pa.string()),
            "family": present["family"].cast(pa.string()),
            "grp": pa.array([row.group for row in rows], pa.string()),
            "bit": pa.array([bits[row.group] for row in rows], pa.int64()),
            "alone": pa.array([int(row.alone) for row in rows], pa.int64()),
            "against": pa.array([row.against for row in rows], pa.int64()),
            "vendored": pa.array([int(row.name in VENDORED) for row in rows], pa.int64()),
        }
    )


def cohere(engine: duckdb.DuckDBPyConnection) -> None:
    """Per value, how many members usable values of another provenance hold; and its size and coherence class."""
    for statement in (_HELD, _COHERENCE, _GRADED):
        engine.execute(statement.format_map(_NAMES))

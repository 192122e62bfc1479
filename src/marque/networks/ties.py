"""The statements that turn claims into values, ties between sites, and the coherence of each value.

Plain SQL in the subset that DuckDB and Spark share: joins, grouping, integer arithmetic, row_number. No statement
reads a probability: the engine counts, `purity` weighs.
"""

import duckdb
import pyarrow as pa

from marque.networks import kinds, purity

# A value on more sites than this makes no pairs: pairs grow with its square, and nobody's mark is that wide.
WIDEST = 60
SPREAD = 1.645  # standard deviations of chance that are taken off what a value's members share
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
CREATE OR REPLACE TABLE members AS
SELECT v.vid, v.kind, v.grp, v.bit, v.n, s.id AS site, c.since, c.until
FROM claims c JOIN vals v ON c.kind = v.kind AND c.value = v.value JOIN sites s ON c.site = s.site
WHERE v.n <= {widest} AND v.grp <> '{never}'"""
_TIES = """
CREATE OR REPLACE TABLE ties AS
SELECT x.vid, x.kind, x.grp, x.bit, x.n, x.site AS a, y.site AS b,
       CASE WHEN x.until < y.since OR y.until < x.since THEN 1 ELSE 0 END AS apart
FROM members x JOIN members y ON x.vid = y.vid AND x.site < y.site"""

# Members of a value that share, with another member, something usable of another provenance; and with how many.
_TIED = """
CREATE OR REPLACE TABLE tied AS
SELECT t.a, t.b, min(t.bit) AS lo, max(t.bit) AS hi
FROM ties t JOIN usable u ON t.vid = u.vid WHERE t.apart = 0 GROUP BY t.a, t.b"""
_HELD = """
CREATE OR REPLACE TABLE held AS
WITH firm AS (
  SELECT t.vid, t.a, t.b FROM ties t JOIN tied p ON t.a = p.a AND t.b = p.b
  WHERE p.lo <> t.bit OR p.hi <> t.bit)
SELECT vid, site, count(*) AS fellows
FROM (SELECT vid, a AS site FROM firm UNION ALL SELECT vid, b AS site FROM firm) GROUP BY vid, site"""

# How many members would be held by chance: a member's ties to sites outside the value, met by those of its fellows.
# Ties within the value are left out, because they are what is being asked about.
_DEGREES = """
CREATE OR REPLACE TABLE degrees AS
WITH ends AS (SELECT a AS site, lo, hi FROM tied UNION ALL SELECT b AS site, lo, hi FROM tied),
whole AS (SELECT site, count(*) AS k FROM ends GROUP BY site),
own AS (SELECT site, lo AS bit, count(*) AS k FROM ends WHERE lo = hi GROUP BY site, lo)
SELECT w.site, g.bit, w.k - coalesce(o.k, 0) AS degree
FROM whole w CROSS JOIN (SELECT DISTINCT bit FROM rules) g LEFT JOIN own o ON w.site = o.site AND g.bit = o.bit"""
_OUTSIDE = """
CREATE OR REPLACE TABLE outside AS
SELECT m.vid, m.site, coalesce(d.degree, 0) - coalesce(h.fellows, 0) AS degree, t.degree AS whole
FROM members m JOIN (SELECT bit, sum(degree) AS degree FROM degrees GROUP BY bit) t ON m.bit = t.bit
LEFT JOIN degrees d ON m.site = d.site AND m.bit = d.bit LEFT JOIN held h ON m.vid = h.vid AND m.site = h.site"""
_EXPECTED = """
CREATE OR REPLACE TABLE expected AS
SELECT o.vid, CAST(sum(CAST(round(1000 * (1 - exp(-1.0 * o.degree * (s.degree - o.degree) / greatest(o.whole, 1))))
                            AS BIGINT)) AS BIGINT) AS e
FROM outside o JOIN (SELECT vid, sum(degree) AS degree FROM outside GROUP BY vid) s ON o.vid = s.vid GROUP BY o.vid"""
# `m`: members held beyond chance. Two held members hold each other, so the spread of chance is the root of twice the
# binomial variance. Values on two or three sites are counted as they are; `purity` sets their chance off by stratum.
_COHERENCE = """
CREATE OR REPLACE TABLE coherence AS
SELECT vid, kind, n, e,
       CASE WHEN n < 4 THEN raw ELSE CAST(floor(greatest(0,
         n * (raw - e / 1000.0 - {spread} * sqrt(2 * e / 1000.0 * (1 - e / 1000.0 / n))) / (n - e / 1000.0)))
         AS BIGINT) END AS m
FROM (
  SELECT v.vid, v.kind, v.n, coalesce(h.m, 0) AS raw, least(coalesce(x.e, 0), 999 * v.n) AS e
  FROM (SELECT DISTINCT vid, kind, n FROM members) v LEFT JOIN expected x ON v.vid = x.vid
  LEFT JOIN (SELECT vid, count(*) AS m FROM held GROUP BY vid) h ON v.vid = h.vid)"""
_GRADED = """
CREATE OR REPLACE TABLE graded AS
SELECT vid, kind, n, m,
       CASE WHEN n < 4 THEN 1 WHEN n < 8 THEN 2 WHEN n < 16 THEN 3 WHEN n < 32 THEN 4 ELSE 5 END AS size,
       CASE WHEN n < 4 THEN -1 WHEN m = 0 THEN 0 WHEN m = n THEN {bins}
            ELSE 1 + CAST(floor(m * {bins} / n) AS BIGINT) END AS bin
FROM coherence"""

_NAMES = {"widest": WIDEST, "never": kinds.NEVER, "bins": purity.BINS, "spread": SPREAD}


def connect() -> duckdb.DuckDBPyConnection:
    """An engine in memory of its own. Nothing it computes depends on its number of threads."""
    return duckdb.connect(":memory:")


def put(engine: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Load a table under a name of ours. A copy, because the engine plans badly over what it only looks through."""
    engine.register("given", table)
    engine.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - our own names
    engine.unregister("given")


def load(engine: duckdb.DuckDBPyConnection, claims: pa.Table) -> None:
    """Load the claims and make the tables sites and vals."""
    put(engine, "claims", claims)
    put(engine, "rules", rules(claims))
    for statement in (_SITES, _VALUES):
        engine.execute(statement)


def number(engine: duckdb.DuckDBPyConnection) -> int:
    """How many sites were loaded."""
    return int(engine.execute("SELECT count(*) FROM sites").fetchall()[0][0])


def tied(engine: duckdb.DuckDBPyConnection) -> bool:
    """Whether `tie` was called."""
    return bool(engine.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'ties'").fetchall())


def tie(engine: duckdb.DuckDBPyConnection) -> None:
    """Make the tables members and ties of what was loaded."""
    for statement in (_MEMBERS, _TIES):
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
    for statement in (_TIED, _HELD, _DEGREES, _OUTSIDE, _EXPECTED, _COHERENCE, _GRADED):
        engine.execute(statement.format_map(_NAMES))

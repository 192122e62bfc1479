"""What of the shared values anybody could have put there: beside a site's own, or with a page copied whole.

An operator who wants another blamed puts the other's account beside its own; a copied page carries its original's
accounts along. Neither shows who runs the sites. A careless operator may look the same: such pairs stay on view, held
down, with this reason.
"""

import duckdb

from marque.networks import verdicts

# A site that shows more values of one kind than this lists other people's; none of them is known to be its own.
CROWDED = 8
# Kinds of a page's own content. Three of them in common, and it is a copy rather than the same software.
CONTENT = ("favicon-mmh3", "image-hash", "dom-structure", "copyright-line", "script-set", "page-theme")
COPIED = 3

SLOTS = """
CREATE OR REPLACE TABLE slots AS
SELECT site, kind, slot, count(*) AS held FROM exclusive GROUP BY site, kind, slot HAVING count(*) > 1"""
_BESIDE = """
CREATE OR REPLACE TABLE beside AS
SELECT x.site, x.kind, x.value, y.value AS other FROM slots s
JOIN exclusive x ON s.site = x.site AND s.kind = x.kind AND s.slot = x.slot
JOIN exclusive y ON s.site = y.site AND s.kind = y.kind AND s.slot = y.slot AND x.value <> y.value
WHERE s.held <= {crowded} AND x.since <= y.until AND y.since <= x.until
UNION ALL
SELECT x.site, x.kind, x.value, NULL AS other FROM slots s
JOIN exclusive x ON s.site = x.site AND s.kind = x.kind AND s.slot = x.slot WHERE s.held > {crowded}"""
# A shared value is a guest where one side holds another of its kind at the same time, which the other side lacks.
_GUESTS = """
CREATE OR REPLACE TABLE guests AS
WITH shared AS (
  SELECT w.a, w.b, w.vid, w.kind, v.value FROM weighed w JOIN kept k ON w.a = k.a AND w.b = k.b
  JOIN vals v ON w.vid = v.vid),
sides AS (
  SELECT a, b, vid, kind, value, a AS here, b AS there FROM shared
  UNION ALL SELECT a, b, vid, kind, value, b AS here, a AS there FROM shared)
SELECT DISTINCT s.a, s.b, s.vid FROM sides s
JOIN beside x ON s.here = x.site AND s.kind = x.kind AND s.value = x.value
LEFT JOIN exclusive o ON s.there = o.site AND s.kind = o.kind AND x.other = o.value WHERE o.site IS NULL"""
_SOUND = """
CREATE OR REPLACE TABLE sound AS
SELECT a, b, CAST(sum(bit) AS BIGINT) AS sound FROM (
  SELECT DISTINCT w.a, w.b, w.bit FROM weighed w JOIN kept k ON w.a = k.a AND w.b = k.b
  LEFT JOIN guests g ON w.a = g.a AND w.b = g.b AND w.vid = g.vid
  WHERE g.vid IS NULL AND w.weight >= {voice}) GROUP BY a, b"""
# Pairs with the same content on their pages, of which one side holds no exclusive value that the other lacks.
_COPIED = """
CREATE OR REPLACE TABLE copied AS
WITH alike AS (
  SELECT w.a, w.b FROM weighed w JOIN kept k ON w.a = k.a AND w.b = k.b
  WHERE w.kind IN ({content}) GROUP BY w.a, w.b HAVING count(DISTINCT w.kind) >= {copied}),
sides AS (SELECT a, b, a AS here, b AS there FROM alike UNION ALL SELECT a, b, b AS here, a AS there FROM alike),
own AS (
  SELECT s.a, s.b, count(DISTINCT s.here) AS sides FROM sides s JOIN exclusive x ON s.here = x.site
  LEFT JOIN exclusive o ON s.there = o.site AND x.kind = o.kind AND x.value = o.value
  WHERE o.site IS NULL GROUP BY s.a, s.b)
SELECT l.a, l.b, 1 AS copied FROM alike l LEFT JOIN own o ON l.a = o.a AND l.b = o.b WHERE coalesce(o.sides, 0) < 2"""


def look(engine: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `guests`, `sound` (provenances with a value that is no guest) and `copied` of the kept pairs."""
    names = {
        "crowded": CROWDED,
        "voice": verdicts.VOICE,
        "copied": COPIED,
        "content": ", ".join(f"'{kind}'" for kind in CONTENT),
    }
    for statement in (SLOTS, _BESIDE, _GUESTS, _SOUND, _COPIED):
        engine.execute(statement.format_map(names))

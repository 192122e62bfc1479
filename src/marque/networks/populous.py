"""Fit and score where sites are many enough for values to be judged by the company that their holders keep.

The engine holds claims, sites and vals, as for small cases; `population` says which pairs there are and what each
value weighs, and the same tables come of it that small cases make by statements.
"""

import duckdb
import numpy as np
import pyarrow as pa

from marque.networks import kinds, ties, verdicts, weighing
from marque.networks.model import Model
from marque.networks.population import holdings, learn, rates, rounds, telling
from marque.networks.population.holdings import Integers
from marque.networks.population.rounds import Found

LEAST = 1000  # sites from which company tells anything; smaller cases are looked at value by value
NEAR = -1.0  # log2 odds from which a pair is always kept
FEW = 3  # a value on no more sites stands without company, among so many sites
MOST = 1_000_000  # pairs kept at most, the strongest

# What is shared, with what it weighs. The value that leads carries at most what the rule of three allows; what its
# holders' company adds is a row of its own.
_TIES = """
CREATE OR REPLACE TABLE ties AS
SELECT t.a, t.b, t.vid, v.kind, v.grp, v.bit, v.n, t.part, t.bits, t.company, t.alone,
       CASE WHEN x.until < y.since OR y.until < x.since THEN 1 ELSE 0 END AS apart
FROM told t JOIN vals v ON t.vid = v.vid
JOIN members x ON t.vid = x.vid AND t.a = x.site JOIN members y ON t.vid = y.vid AND t.b = y.site"""
_MEMBERS = """
CREATE OR REPLACE TABLE members AS
SELECT v.vid, v.kind, v.grp, v.bit, v.n, s.id AS site, c.since, c.until
FROM (SELECT DISTINCT vid FROM told) t JOIN vals v ON t.vid = v.vid
JOIN claims c ON c.kind = v.kind AND c.value = v.value JOIN sites s ON c.site = s.site"""
_WEIGHED = """
CREATE OR REPLACE TABLE weighed AS
SELECT vid, kind, grp, bit, n, a, b, apart, 0 AS doubt, company AS held, part,
       CASE WHEN part = 1 AND alone = 1 AND grp IN ({open}) THEN 1 ELSE 0 END AS lonely,
       CASE WHEN company = 1 OR (n <= {few} AND grp <> '{hosting}') THEN 1 ELSE 0 END AS solid,
       0 AS open,
       CASE WHEN handed = 1 OR part = 0 THEN 0 ELSE least(greatest(full_weight, 0), {rarest}) END AS weight,
       CASE WHEN full_weight > {rarest} THEN 1 ELSE 0 END AS held_back, handed,
       CASE WHEN handed = 0 AND part = 1 AND company = 1 THEN greatest(full_weight - {rarest}, 0) ELSE 0 END AS company
FROM (SELECT t.*, CASE WHEN d.vid IS NULL THEN 0 ELSE 1 END AS handed,
             CASE WHEN t.part = 1 THEN t.bits - {prior} - {apart} * t.apart ELSE t.bits END AS full_weight
      FROM ties t LEFT JOIN handed_down d ON t.vid = d.vid)"""
_VOTES = """
CREATE OR REPLACE TABLE votes AS
SELECT *, 1 AS place, CASE WHEN part = 1 THEN 1 ELSE 2 END AS seat FROM weighed WHERE weight > 0"""
_SUPPORT = """
CREATE OR REPLACE TABLE support AS
SELECT a, b, CAST(sum(CASE WHEN seat = 1 THEN weight + company ELSE least(weight, {bound}) END) AS BIGINT) AS total,
       CAST(sum(CASE WHEN weight >= {voice} THEN bit ELSE 0 END) AS BIGINT) AS mask,
       max(CASE WHEN seat = 1 THEN solid ELSE 0 END) AS solid, 0 AS told, 0 AS doubt, min(apart) AS apart,
       max(n) AS crowd, CAST(max(company) AS BIGINT) AS company,
       max(CASE WHEN seat = 1 THEN held ELSE 0 END) AS held, max(lonely) AS lonely,
       max(CASE WHEN seat = 1 THEN kind ELSE '' END) AS kind
FROM votes GROUP BY a, b"""
_CHOSEN = "CREATE OR REPLACE TABLE chosen AS SELECT DISTINCT a, b FROM told"


def fit(engine: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """What the model says of values and the company they keep."""
    held = holdings.read(engine)
    return rates.plain(learn.fit(held), held)


def look(engine: duckdb.DuckDBPyConnection, model: Model, judged: pa.Table) -> None:
    """Make the tables ties, weighed, votes, support and chosen of the pairs that are kept."""
    held = holdings.read(engine)
    stated = rates.stated(model["population"], held)
    found = rounds.score(held, stated)
    a, b = _kept(found, held.sites, judged)
    told = telling.tell(held, found.weighed.shared, found.standing, stated, a, b)
    ties.put(engine, "told", _table(told))
    names = {
        "prior": int(model["prior"]),
        "bound": int(model["bound"]),
        "apart": weighing.APART,
        "voice": verdicts.VOICE,
        "rarest": weighing.rarest(int(model["sites"])),
        "few": FEW,
        "open": ", ".join(f"'{group}'" for group in kinds.OPEN),
        "hosting": kinds.HOSTING,
    }
    for statement in (_MEMBERS, _TIES, weighing.EXCLUSIVE, weighing.LONELY, weighing.HANDED_DOWN):
        engine.execute(statement)
    for statement in (_WEIGHED, _VOTES, _SUPPORT, _CHOSEN):
        engine.execute(statement.format_map(names))


def _kept(found: Found, sites: int, judged: pa.Table) -> tuple[Integers, Integers]:
    """Pairs that could be accepted, the best of the others up to a bound, and those that somebody judged."""
    odds = found.pairs.odds
    most = min(MOST, max(int((odds >= NEAR).sum()), weighing.KEPT + weighing.KEPT_PER_SITE * sites))
    best = np.lexsort((found.pairs.b, found.pairs.a, -odds))[:most]
    asked = np.stack([judged["a"].to_numpy() - 1, judged["b"].to_numpy() - 1]).reshape(2, -1)
    both = np.concatenate([np.stack([found.pairs.a[best], found.pairs.b[best]]), asked], axis=1)
    pairs = np.unique(both[0] * sites + both[1])
    return pairs // sites, pairs % sites


def _table(told: telling.Told) -> pa.Table:
    columns = {
        "a": told.a + 1,
        "b": told.b + 1,
        "vid": told.value + 1,
        "part": told.part,
        "company": told.company,
        "alone": told.alone,
    }
    bits = np.round(np.clip(told.bits, -20, 20) * 1000).astype(np.int64)
    return pa.table({name: pa.array(column, pa.int64()) for name, column in columns.items()} | {"bits": pa.array(bits)})

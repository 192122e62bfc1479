"""Fit: claims to a model. Score: claims and a model to links. Two steps, so that every run at one model agrees.

A model is plain integers and names: prior, strata, bounds, calibration knots. It is written as `model.json`, and
another engine, or another court's expert, scores with it and gets the same links.
"""

import csv
import math
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from marque.digest import canonical_json, sha256
from marque.errors import InputRefused
from marque.networks import kinds, populous, purity, ties, verdicts
from marque.networks.model import Model
from marque.networks.population.rates import WIDEST

VERSION = 5
ROUNDS = 3
BOUND = 5000  # what a further provenance may add, at most
LEAST_WIDE, SHARE_WIDE = 9, 5  # what is on more sites than nine, and than one in five, is too wide to hold anybody
USABLE = -2000  # log2 odds (1/1000 bit) from which a value counts when coherence is measured

_COUNTS = """
SELECT c.kind, v.family, c.n, c.m, CAST(sum(c.e) AS BIGINT) AS e, count(*) AS k
FROM coherence c JOIN vals v ON c.vid = v.vid
GROUP BY c.kind, v.family, c.n, c.m ORDER BY c.kind, v.family, c.n, c.m"""
# What a fifth of all sites hold, and ten at least, holds nobody: in a small case it would hold everybody.
_USABLE = """
SELECT c.vid FROM graded c JOIN strata s ON c.kind = s.kind AND c.size = s.size AND c.bin = s.bin
WHERE s.held = CASE WHEN c.bin = -1 THEN 0 ELSE 2 END AND s.odds > {usable} AND c.n <= {widest}"""
_STRATUM = pa.schema(
    [("kind", pa.string())] + [(name, pa.int64()) for name in ("size", "bin", "held", "odds", "doubt", "values")]
)


def fit(engine: duckdb.DuckDBPyConnection, claims: pa.Table) -> Model:
    """Learn the strata from what `ties.load` loaded, in rounds: what proved usable measures coherence in the next."""
    ties.tie(engine)
    sites = _number(engine, "SELECT count(*) FROM sites")
    strata: list[purity.Stratum] = []
    ties.put(engine, "usable", _by_prior(engine))
    for _ in range(ROUNDS):
        ties.cohere(engine)
        counts = [purity.Count(*row) for row in engine.execute(_COUNTS).fetchall()]
        strata = purity.fit(counts)
        ties.put(engine, "strata", _strata_table(strata))
        ties.put(engine, "usable", _usable(engine, sites))
    rows = [[s.kind, s.size, s.bin, s.held, s.odds, s.doubt, s.values] for s in strata]
    return {**_stated(sites, claims), "rounds": ROUNDS, "widest": ties.WIDEST, "strata": rows}


def fit_populous(engine: duckdb.DuckDBPyConnection, claims: pa.Table) -> Model:
    """Learn what the company of holders says, from what `ties.load` loaded: for sites by the thousand."""
    sites = _number(engine, "SELECT count(*) FROM sites")
    return {**_stated(sites, claims), "widest": WIDEST, "population": populous.fit(engine)}


def _stated(sites: int, claims: pa.Table) -> Model:
    """What every model says of itself."""
    knots = published(sites)
    return {
        "model": "marque.networks",
        "version": VERSION,
        "sites": sites,
        "claims": claims.num_rows,
        "kinds": sha256(_data("kinds.csv")),
        "prior": prior(sites),
        "prior_origin": "half-over-root-of-sites",
        "bound": BOUND,
        "doubt": doubt(sites),
        # What one provenance is shown as, at most: for readers who drop a value and know of no classes.
        "calibration": knots[verdicts.EVIDENCE.index("one")],
        "knots": knots,
        "tested": "synthetic data only",
    }


def prior(sites: int) -> int:
    """Prior log2 odds (1/1000 bit) that two sites taken at random from an investigation are one operator's.

    Half over the square root of the number of sites: measured on synthetic worlds of ten thousand and a million sites,
    and never above one in ten, for small cases.
    """
    share = min(0.1, 0.5 / math.sqrt(max(sites, 1)))
    return round(1000 * math.log2(share / (1 - share)))


def doubt(sites: int) -> int:
    """Half the range of every score, in 1/1000 bit: half a bit, and what so few sites leave open.

    A case counts as one operator for every `PSEUDO` sites: its 90 % range narrows with the root of their number.
    """
    return 500 + round(1000 * 1.645 / math.log(2) * math.sqrt(purity.PSEUDO / max(sites, 1)))


def published(sites: int) -> list[list[list[int]]]:
    """Knots (raw score, shown score), rising, by class of evidence, as published for cases of so many sites."""
    rows = [row for row in csv.DictReader(_data("calibration.csv").decode().splitlines())]
    sizes = sorted({int(row["sites"]) for row in rows})
    size = next((one for one in sizes if sites <= one), sizes[-1])
    return [
        sorted(
            [int(row["raw"]), int(row["shown"])] for row in rows if (row["sites"], row["evidence"]) == (str(size), name)
        )
        for name in verdicts.EVIDENCE
    ]


def check(model: Mapping[str, Any]) -> Model:
    """A model that this code can score with, or a refusal."""
    if model.get("model") != "marque.networks" or model.get("version") != VERSION:
        raise InputRefused("networks.model-foreign", version=str(model.get("version")), wanted=VERSION)
    return dict(model)


def digest(model: Model) -> str:
    """SHA-256 of the model's canonical JSON: the name of its version."""
    return sha256(canonical_json(model))


def measure(engine: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make `ties`, `strata` and `coherence` at one fixed model; fit ends with the same steps, so both agree."""
    if "population" in model:
        return
    if not ties.tied(engine):
        ties.tie(engine)
    sites = int(model["sites"])
    strata = [purity.Stratum(*row) for row in model["strata"]]
    strata += _undescribed(engine, {stratum.kind for stratum in strata})
    ties.put(engine, "strata", _strata_table(strata))
    ties.put(engine, "usable", _by_prior(engine))
    for _ in range(int(model["rounds"])):
        ties.cohere(engine)
        ties.put(engine, "usable", _usable(engine, sites))


def _usable(engine: duckdb.DuckDBPyConnection, sites: int) -> pa.Table:
    """The values that proved usable to hold others' members together."""
    widest = max(LEAST_WIDE, sites // SHARE_WIDE)
    return engine.sql(_USABLE.format(usable=USABLE, widest=widest)).to_arrow_table()


def _undescribed(engine: duckdb.DuckDBPyConnection, fitted: set[str]) -> list[purity.Stratum]:
    """Strata from the priors alone, for kinds that the model has never met."""
    rows = engine.execute("SELECT kind, family FROM rules ORDER BY kind, family").fetchall()
    return purity.fit([purity.Count(kind, family, 2, 0, 0, 0) for kind, family in rows if kind not in fitted])


def _by_prior(engine: duckdb.DuckDBPyConnection) -> pa.Table:
    """The values that their kind and spread alone make usable."""
    rows = engine.execute("SELECT DISTINCT kind, family, n FROM vals ORDER BY kind, family, n").fetchall()
    good = [(kind, n) for kind, family, n in rows if 1000 * kinds.prior_odds(kinds.of(kind, family), n) > USABLE]
    ties.put(
        engine, "good", pa.table({"kind": [kind for kind, _ in good], "n": pa.array([n for _, n in good], pa.int64())})
    )
    return engine.sql("SELECT v.vid FROM vals v JOIN good g ON v.kind = g.kind AND v.n = g.n").to_arrow_table()


def _strata_table(strata: list[purity.Stratum]) -> pa.Table:
    rows = [{name: getattr(stratum, name) for name in _STRATUM.names} for stratum in strata]
    return pa.Table.from_pylist(rows, schema=_STRATUM)


def _number(engine: duckdb.DuckDBPyConnection, statement: str) -> int:
    return int(engine.execute(statement).fetchall()[0][0])


def _data(name: str) -> bytes:
    return (files("marque.networks") / name).read_bytes()

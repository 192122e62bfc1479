"""Link sites to networks: sightings in, links with reasons, networks, services and successors out.

A link says that two sites were probably run by the same hand when they were captured. It names no person, and it is
calibrated on synthetic data only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marque.errors import WrongUsage
from marque.networks import (
    alternatives,
    anchors,
    clusters,
    fitting,
    following,
    reasons,
    score,
    services,
    tenures,
    ties,
    verdicts,
)
from marque.networks import claims as claiming
from marque.networks import judgements as judging
from marque.networks.ground import Ground, ground
from marque.networks.model import LINKS, Model


@dataclass(frozen=True, slots=True)
class Linked:
    """What one run says: tables in the schemas of `model`, and the model they were scored with."""

    links: pa.Table
    networks: pa.Table
    services: pa.Table
    successors: pa.Table
    model: Model


def link(
    sightings: pa.Table,
    *,
    records: pa.Table | None = None,
    matches: pa.Table | None = None,
    model: Model | None = None,
    judgements: pa.Table | None = None,
    previous: pa.Table | None = None,
    before: pa.Table | None = None,
) -> Linked:
    """Link at the given model, or fit one first.

    `previous`: the networks of the run that this one replaces; `before`: its services.
    """
    claimed = claiming.claims(sightings)
    engine = ties.connect()
    try:
        ties.load(engine, claimed.sites)
        fitted = fitting.check(model) if model is not None else anchors.fitted(engine, claimed.sites)
        if model is not None:
            fitting.measure(engine, fitted)
        links = _links(engine, fitted, judging.voices(judgements), ground(sightings, matches))
        sold = tenures.changed(engine)
        sites = dict(engine.execute("SELECT id, site FROM sites").fetchall()) if sold else {}
    finally:
        engine.close()
    changed = {sites[site]: cut for site, cut in sold.items()}
    networks = clusters.networks(links, judgements, previous, changed, populous="population" in fitted)
    facts = following.gather(claimed.sites, records, matches)
    followed = following.follow(facts, links, judging.voices(judgements, "successor"))
    return Linked(
        links=links,
        networks=networks,
        services=services.table(facts, links, networks, followed, judging.decided(judgements, "service"), before),
        successors=following.table(followed),
        model=fitted,
    )


def one(sightings: pa.Table, model: Model, a: str, b: str, matches: pa.Table | None = None) -> Mapping[str, Any]:
    """The row of one pair at a given model, kept by the run or not. `a` comes before `b`."""
    engine = ties.connect()
    try:
        claimed = claiming.claims(sightings).sites
        ties.load(engine, claimed)
        missing = [site for site in (a, b) if site not in set(claimed["site"].to_pylist())]
        if missing:
            raise WrongUsage("networks.no-such-site", site=missing[0])
        fitting.measure(engine, fitting.check(model))
        links = _links(engine, model, {(a, b): (0, "")}, ground(sightings, matches))
    finally:
        engine.close()
    rows: list[Mapping[str, Any]] = links.filter(
        pc.and_(pc.equal(links["site_a"], a), pc.equal(links["site_b"], b))
    ).to_pylist()
    return rows[0]


def _links(
    engine: duckdb.DuckDBPyConnection, model: Model, named: Mapping[judging.Pair, judging.Voice], grounds: Ground
) -> pa.Table:
    """The links table; pairs in `named` are in it whatever their score."""
    names = [name for (name,) in engine.execute("SELECT site FROM sites ORDER BY id").fetchall()]
    voices = _known(named, names)
    pairs = score.score(engine, model, _pairs(voices))
    order = list(zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True))
    judged = np.array([voices.get(pair, (0, ""))[0] for pair in order], np.int64)
    by = [voices.get(pair, (0, ""))[1] for pair in order]
    bits = dict(engine.execute("SELECT DISTINCT grp, bit FROM rules").fetchall())
    found = verdicts.judge(pairs, model, bits, judged, _grounds(grounds, order, names))
    rows = reasons.rows(engine, int(model["bound"]), int(model["widest"]), populous="population" in model)
    rows = pa.concat_tables(
        [
            rows,
            reasons.company(engine),
            reasons.steps(pairs, found, int(model["prior"]), str(model["prior_origin"]), by),
            *alternatives.rows(pairs, found, bits),
        ]
    )
    return _table(pairs, found, reasons.lists(pairs, rows, len(names)), names)


def _grounds(grounds: Ground, pairs: list[tuple[int, int]], names: list[str]) -> verdicts.Grounds:
    """Which pairs give ground to look on both sides, which on one alone, and which are left in peace."""
    gives = np.array([name in grounds.given for name in names], np.int64)
    banners = grounds.trade - grounds.given
    knows = gives + np.array([name in banners for name in names], np.int64)
    ends = np.array(pairs, np.int64).reshape(-1, 2) - 1
    left = np.zeros(len(pairs), np.bool_)
    if grounds.editorial:
        left = np.array([grounds.none_between(names[a - 1], names[b - 1]) for a, b in pairs], np.bool_)
    one_sided = (gives[ends].sum(axis=1) == 1) & (knows[ends].sum(axis=1) == 1)
    return verdicts.Grounds(gives[ends].sum(axis=1) == 2, one_sided, left, bool(grounds.given))


def _known(voices: Mapping[judging.Pair, judging.Voice], names: list[str]) -> dict[tuple[int, int], judging.Voice]:
    """Judgements on pairs of sites of this run, by site number. Numbers follow names, so pairs stay in order."""
    numbers = {name: number for number, name in enumerate(names, 1)}
    return {
        (numbers[a], numbers[b]): (verdict, by or "unnamed" if verdict else "")
        for (a, b), (verdict, by) in voices.items()
        if a in numbers and b in numbers
    }


def _pairs(voices: Mapping[tuple[int, int], judging.Voice]) -> pa.Table:
    ordered = sorted(voices)
    return pa.table(
        {"a": pa.array([a for a, _ in ordered], pa.int64()), "b": pa.array([b for _, b in ordered], pa.int64())}
    )


def _table(pairs: pa.Table, found: verdicts.Verdicts, lists: pa.ListArray, names: list[str]) -> pa.Table:
    name = pa.array(["", *names], pa.string())
    low = found.score - found.doubt
    high = np.minimum(found.score + found.doubt, np.maximum(found.score, verdicts.CAP))
    columns = [
        name.take(pairs["a"].combine_chunks()),
        name.take(pairs["b"].combine_chunks()),
        pa.array(found.score, pa.int64()),
        pa.array(verdicts.probability(found.score)),
        pa.array(verdicts.probability(low)),
        pa.array(verdicts.probability(high)),
        pa.array(found.score >= verdicts.ACCEPTED),
        lists,
    ]
    return pa.Table.from_arrays(columns, schema=LINKS)

"""Why two sites are linked, or are not: every row that makes the score, and what the link would be without each.

The rows come from the run itself where the pair was kept, else the pair is scored again at the run's own model.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from marque.errors import InputRefused, WrongUsage
from marque.evidence import tables
from marque.networks import kinds, link, verdicts
from marque.networks.ground import ground
from marque.networks.model import LINKS

HELD, OPEN = "networks.counted-company", "networks.counted-open"
# A run's folder holds its sightings; the folder of `networks link` holds the claims they were folded to.
CLAIMS, SIGHTINGS, MATCHES, MODEL = "claims.parquet", "sightings.parquet", "matches.parquet", "model.json"


@dataclass(frozen=True, slots=True)
class Break:
    """What the probability would be without one counted value."""

    kind: str
    value: str
    probability: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row of `links`, what each counted value carries, and what the model says of itself."""

    row: Mapping[str, Any]
    breaks: tuple[Break, ...]
    prior_origin: str
    tested: str


def explain(folder: Path, site_a: str, site_b: str) -> Explanation:
    """The pair's row from the run in `folder`; a pair without row is scored at the run's model."""
    a, b = sorted((site_a, site_b))
    if a == b:
        raise WrongUsage("networks.same-site", site=a)
    model = read_model(folder / MODEL)
    row = _kept(folder, a, b) or _scored(folder, model, a, b)
    given = _given(folder)
    grounds = {a, b} <= given, bool(given)
    return Explanation(row, _breaks(row, model, grounds), str(model["prior_origin"]), str(model["tested"]))


def read_model(path: Path) -> dict[str, Any]:
    """A model as `networks link` wrote it."""
    try:
        model: dict[str, Any] = json.loads(path.read_bytes())
    except FileNotFoundError as reason:
        raise WrongUsage("networks.no-model", path=str(path)) from reason
    except ValueError as reason:
        raise InputRefused("networks.model-unreadable", path=str(path)) from reason
    return model


def _kept(folder: Path, a: str, b: str) -> Mapping[str, Any] | None:
    links = tables.read(folder / "links.parquet", LINKS)
    rows = links.filter(pc.and_(pc.equal(links["site_a"], a), pc.equal(links["site_b"], b))).to_pylist()
    found: Mapping[str, Any] | None = rows[0] if rows else None
    return found


def _scored(folder: Path, model: dict[str, Any], a: str, b: str) -> Mapping[str, Any]:
    path = _source(folder)
    if path is None:
        raise WrongUsage("networks.no-claims", path=str(folder))
    return link.one(pq.read_table(path), model, a, b, _matches(folder))


def _source(folder: Path) -> Path | None:
    return next((folder / name for name in (CLAIMS, SIGHTINGS) if (folder / name).exists()), None)


def _matches(folder: Path) -> pa.Table | None:
    path = folder / MATCHES
    return pq.read_table(path) if path.exists() else None


def _given(folder: Path) -> frozenset[str]:
    """The sites that give ground to look, as far as the folder tells."""
    path = _source(folder)
    return ground(pq.read_table(path), _matches(folder)).given if path else frozenset()


def _breaks(row: Mapping[str, Any], model: Mapping[str, Any], grounds: tuple[bool, bool]) -> tuple[Break, ...]:
    """Drop each counted value in turn; what else is of its provenance is not counted in its place.

    `grounds`: whether both sites give ground to look, and whether any site of the input does.
    """
    counted = [reason for reason in row["reasons"] if reason["counted"] and reason["supports"] and reason["sites"]]
    against = sum(reason["weight"] for reason in row["reasons"] if reason["counted"] and not reason["supports"]
                  and reason["kind"] not in {"rule", "calibration", "judgement", "prior"})  # fmt: skip
    company = sum(reason["weight"] for reason in row["reasons"] if reason["kind"] == "company")
    found = []
    for dropped in counted:
        rest = [reason for reason in counted if reason is not dropped]
        why = {reason["why"] for reason in rest}
        held = bool(why & {HELD, OPEN})  # what company adds goes with the value it holds
        left = _without(rest, against + company * held, (held, OPEN in why), dict(model), grounds)
        found.append(Break(dropped["kind"], dropped["value"], left))
    return tuple(found)


def _without(
    rest: list[Mapping[str, Any]],
    other: int,
    company: tuple[bool, bool],
    model: dict[str, Any],
    grounds: tuple[bool, bool],
) -> float:
    """`other`: what else is in the sum. `company`: whether a value that company holds is left, and one open to all."""
    described = [kinds.of(reason["kind"], reason["family"]) for reason in rest]
    bits = {group: 1 << place for place, group in enumerate(sorted({kind.group for kind in described}))}
    heard = [reason["weight"] >= verdicts.VOICE for reason in rest]
    pairs = pa.table(
        {
            "total": [sum(reason["weight"] for reason in rest)],
            "mask": [sum({bits[kind.group] for kind, loud in zip(described, heard, strict=True) if loud})],
            "solid": [int(company[0])],
            "told": [int(any(kind.alone for kind in described))],
            "sound": [sum(bits.values())],
            "copied": [0],
            "doubt": [0],
            "against": [other],
            "held": [int(company[0])],
            "lonely": [int(company[1])],
        }
    )
    nothing = np.zeros(1, np.bool_)
    looked_at = verdicts.Grounds(np.array([grounds[0]]), nothing, nothing, grounds[1])
    score = verdicts.judge(pairs, model, bits, np.zeros(1, np.int64), looked_at).score
    return float(verdicts.probability(score)[0])

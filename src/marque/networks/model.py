"""What links, networks, services and successors are, and the columns of their tables.

Weights are integers in 1/1000 bit: sums do not depend on order, and a reader can add them up by hand.
"""

from typing import Any

import pyarrow as pa

from marque.evidence.model import TIME

SCHEMA_VERSION = 1
Model = dict[str, Any]  # a fitted model: names and integers only, as `model.json` holds it


def _schema(name: str, columns: list[tuple[str, pa.DataType]]) -> pa.Schema:
    return pa.schema(columns, metadata={"marque.table": name, "marque.version": str(SCHEMA_VERSION)})


REASON = pa.struct(
    [
        ("kind", pa.string()),
        ("value", pa.string()),
        ("family", pa.string()),
        ("weight", pa.int64()),
        ("counted", pa.bool_()),
        ("supports", pa.bool_()),
        ("why", pa.string()),  # code: why it counts as it does (networks.counted, networks.hub ...)
        ("sites", pa.int64()),  # rarity: on k of n sites
        ("of", pa.int64()),
        ("a_first", TIME),
        ("a_last", TIME),
        ("b_first", TIME),
        ("b_last", TIME),
    ]
)

LINKS = _schema(
    "links",
    [
        ("site_a", pa.string()),
        ("site_b", pa.string()),
        ("score", pa.int64()),
        ("probability", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("accepted", pa.bool_()),  # rejected candidates are kept with the run
        ("reasons", pa.list_(REASON)),
    ],
)
NETWORKS = _schema(
    "networks",
    [
        ("network", pa.string()),
        ("site", pa.string()),
        ("role", pa.string()),
        ("membership", pa.float64()),
        ("membership_low", pa.float64()),
        ("membership_high", pa.float64()),
        ("weakest_bridge", pa.string()),
        ("size_alarm", pa.bool_()),  # larger than networks should be: look for a wrong join first
    ],
)
SERVICES = _schema(
    "services",
    [("service", pa.string()), ("site", pa.string()), ("role", pa.string()), ("from", TIME), ("to", TIME)],
)
SUCCESSORS = _schema(
    "successors",
    [
        ("site", pa.string()),
        ("predecessor", pa.string()),
        ("probability", pa.float64()),
        ("reasons", pa.list_(REASON)),
        ("impostor", pa.bool_()),
    ],
)
JUDGEMENTS = _schema(
    "judgements",
    [
        ("kind", pa.string()),
        ("a", pa.string()),
        ("b", pa.string()),
        ("judgement", pa.string()),
        ("time", TIME),
        ("blind", pa.bool_()),
        ("sampled", pa.bool_()),
        ("by", pa.string()),
    ],
)

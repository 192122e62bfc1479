"""What a match is, and the columns of `matches.parquet`."""

import pyarrow as pa

SCHEMA_VERSION = 1

MATCH, UNSURE = "match", "unsure"

_QUERY = pa.struct(
    [("record", pa.string()), ("file", pa.string())] + [(name, pa.int32()) for name in ("x", "y", "w", "h")]
)
_CATALOGUE = pa.struct([(name, pa.int32()) for name in ("panel", "x", "y", "w", "h")])
_PIECE = pa.struct([("query", _QUERY), ("catalogue", _CATALOGUE), ("distance", pa.int32()), ("codes", pa.int32())])

MATCHES = pa.schema(
    [
        ("site", pa.string()),
        ("work", pa.string()),
        ("unit", pa.string()),
        ("language", pa.string()),
        ("page", pa.string()),
        ("score", pa.float64()),
        ("answer", pa.string()),
        ("licensed", pa.bool_()),
        ("pieces", pa.list_(_PIECE)),
    ],
    metadata={"marque.table": "matches", "marque.version": str(SCHEMA_VERSION)},
)

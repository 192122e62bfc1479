"""Which criteria a site meets, and the columns of `assessments.parquet`. Machine proposals; a person assesses."""

import pyarrow as pa

SCHEMA_VERSION = 1
LEVELS = ("all", "most", "some", "none", "licensed", "not-looked")

_CRITERION = pa.struct([("criterion", pa.string()), ("met", pa.bool_()), ("records", pa.list_(pa.string()))])

ASSESSMENTS = pa.schema(
    [
        ("site", pa.string()),
        ("service_kind", pa.string()),
        ("level", pa.string()),
        ("criteria", pa.list_(_CRITERION)),
    ],
    metadata={"marque.table": "assessments", "marque.version": str(SCHEMA_VERSION)},
)

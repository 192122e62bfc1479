"""What a flow is, and the columns of `flows.parquet`.

A flow says who pays whom as far as signals prove. Amounts are null until something observed or stated gives one;
`observed`, `inferred` and `modelled` are never summed.
"""

import pyarrow as pa

SCHEMA_VERSION = 1
# Advertising through an account of the site's own; resale through somebody else's (ads.txt RESELLER); a banner sold
# directly; an affiliate programme; readers' donations.
DIRECTIONS = ("advertising", "resale", "banner", "affiliate", "donation")
BASES = ("observed", "inferred", "modelled")

FLOWS = pa.schema(
    [
        ("payer", pa.string()),
        ("intermediary", pa.string()),
        ("payee", pa.string()),
        ("network", pa.string()),
        ("low", pa.float64()),
        ("mid", pa.float64()),
        ("high", pa.float64()),
        ("currency", pa.string()),
        ("period", pa.string()),
        ("basis", pa.string()),
        ("records", pa.list_(pa.string())),
        ("kind", pa.string()),  # the kind of signal that says so
        ("direction", pa.string()),  # of the money: one of DIRECTIONS
    ],
    metadata={"marque.table": "flows", "marque.version": str(SCHEMA_VERSION)},
)

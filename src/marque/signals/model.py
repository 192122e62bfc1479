"""What a signal is, and the columns of `sightings.parquet`."""

from dataclasses import dataclass

import pyarrow as pa

from marque.evidence.model import TIME

SCHEMA_VERSION = 1

FAMILIES = ("money", "payment", "identity", "page", "infrastructure", "content", "risk", "other")
ROLES = ("site", "advertiser", "bystander")
PARTS = ("payload", "http-header", "record-header")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One signal seen once. `start` and `end` count bytes of `part` (payload: after content decoding).

    A sighting says that these bytes stood there. It does not say who put them there, nor that whoever holds the
    account behind the value runs the site.
    """

    site: str | None
    host: str | None
    page: str | None
    source: str
    kind: str
    family: str
    value: str
    role: str
    record: str
    part: str
    start: int
    end: int
    extractor: str
    version: int
    time: int | None


SIGHTINGS = pa.schema(
    [
        ("site", pa.string()),
        ("host", pa.string()),
        ("page", pa.string()),
        ("source", pa.string()),
        ("kind", pa.string()),
        ("family", pa.string()),
        ("value", pa.string()),
        ("role", pa.string()),
        ("record", pa.string()),
        ("part", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("extractor", pa.string()),
        ("version", pa.int32()),
        ("time", TIME),
    ],
    metadata={"marque.table": "sightings", "marque.version": str(SCHEMA_VERSION)},
)

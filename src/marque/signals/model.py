"""What a signal is, and the columns of `sightings.parquet` (built when first asked for, since Arrow loads slowly)."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

    SIGHTINGS: pa.Schema

SCHEMA_VERSION = 1

FAMILIES = ("money", "payment", "identity", "page", "infrastructure", "content", "risk", "other")
ROLES = ("site", "advertiser", "bystander")
PARTS = ("payload", "http-header", "record-header")


class Sighting(NamedTuple):
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


def __getattr__(name: str) -> object:
    if name != "SIGHTINGS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = _columns()
    return globals()[name]


def _columns() -> "pa.Schema":
    import pyarrow as pa

    from marque.evidence.model import TIME

    texts = ("site", "host", "page", "source", "kind", "family", "value", "role", "record", "part")
    columns = [
        *((name, pa.string()) for name in texts),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("extractor", pa.string()),
        ("version", pa.int32()),
        ("time", TIME),
    ]
    return pa.schema(columns, metadata={"marque.table": "sightings", "marque.version": str(SCHEMA_VERSION)})

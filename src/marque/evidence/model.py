"""What evidence hands on: one HTTP exchange as a value, and the columns of `records.parquet`.

The columns are built when somebody first asks for them: reading captures needs no Arrow, and loading it takes longer
than reading a small capture.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    RECORDS: pa.Schema
    TIME: pa.DataType

SCHEMA_VERSION = 1

CONTENT = "content"
VERDICTS = (CONTENT, "redirect", "challenge", "parked", "seizure-banner", "login-wall", "error", "blocked")


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a record's own bytes stand in its capture, so that anyone can cut them out again.

    `member` is the path inside a container (WACZ), the relative path in a folder of saved pages, else "".
    `offset` and `length` count bytes of that member as stored; for `gzip-stream` (one gzip for the whole file) they
    count decompressed bytes. `coding`: `identity`, `gzip` (a member of its own), `gzip-stream`, `har` (offset is the
    entry's index), `mime` (a part of a message with its own header), `file`.
    """

    member: str
    offset: int
    length: int
    coding: str


@dataclass(frozen=True, slots=True)
class Part:
    """One stored file of a capture: where it lies, and how many bytes of store header come before its content."""

    path: Path
    skip: int
    length: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture on disk, in the vault or still outside: what readers are given.

    `digest` is the SHA-256 of the file (of several files: of their canonical manifest). `kind`: `warc`, `arc`, `wacz`,
    `har`, `har-files`, `mhtml`, `saved-page`. `name` is the file's own name, for people and for `file:` addresses.
    `parts` maps a member path to its bytes: "" is the capture itself; a capture of several files has one entry a file.
    `seekable` is the derived copy that can be seeked, for a capture that cannot (one gzip for the whole file); None
    where none was made.
    """

    digest: str
    kind: str
    name: str
    parts: Mapping[str, Part]
    seekable: Part | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file or a record, as code and parameters (`words` has the sentence).

    `offset` counts bytes from the start of `member` ("" for the capture itself), None where it has no place.
    """

    code: str
    offset: int | None = None
    member: str = ""
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One HTTP exchange (response, resource or revisit): the row of the `records` table.

    `page` is the record of the top-level document it was loaded for (its own id for such a document, None when
    unknown: then it supports no claim). `site` is the site of that page, known also where the capture names a page that
    it does not hold; `host` is where the bytes came from.
    `time` is UTC microseconds, None when unknown. `payload_digest` is the SHA-256 of the content-decoded payload.
    """

    record: str
    page: str | None
    source: str
    uri: str
    site: str | None
    host: str | None
    time: int | None
    status: int | None
    media_type: str
    payload_digest: str
    locator: Locator
    verdict: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A record with its bytes, as it travels to the next stages. Parts are named as in `sightings.part`.

    `payload` is content-decoded (transfer and content coding undone) and empty where it was too large to analyse
    (the record then carries that problem). `headers` are the response headers, names lower-case, in order received.
    `server_ip` and `certificate` (SHA-256 of the DER form) only where the capture recorded them.
    """

    record: Record
    payload: bytes
    http_header: bytes = b""
    record_header: bytes = b""
    request_header: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    server_ip: str | None = None
    certificate: str | None = None
    page_uri: str | None = field(default=None)


def __getattr__(name: str) -> object:
    if name not in ("RECORDS", "TIME"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()["TIME"], globals()["RECORDS"] = _columns()
    return globals()[name]


def _columns() -> "tuple[pa.DataType, pa.Schema]":
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    parameter = pa.struct([("name", text), ("value", text)])
    problem = pa.struct([("code", text), ("offset", whole), ("member", text), ("params", pa.list_(parameter))])
    locator = pa.struct([("member", text), ("offset", whole), ("length", whole), ("coding", text)])
    time = pa.timestamp("us", tz="UTC")
    columns = [
        ("record", text),
        ("page", text),
        ("source", text),
        ("uri", text),
        ("site", text),
        ("host", text),
        ("time", time),
        ("status", pa.int32()),
        ("media_type", text),
        ("payload_digest", text),
        ("locator", locator),
        ("verdict", text),
        ("problems", pa.list_(problem)),
    ]
    return time, pa.schema(columns, metadata={"marque.table": "records", "marque.version": str(SCHEMA_VERSION)})

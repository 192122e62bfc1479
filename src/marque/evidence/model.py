"""What evidence hands on: one HTTP exchange as a value, and the columns of `records.parquet`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

SCHEMA_VERSION = 1

CONTENT = "content"
VERDICTS = (CONTENT, "redirect", "challenge", "parked", "seizure-banner", "login-wall", "error", "blocked")


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a record's own bytes stand in its capture, so that anyone can cut them out again.

    `member` is the path inside a container (WACZ), the relative path in a folder of saved pages, else "".
    `offset` and `length` count bytes of that member as stored; for `gzip-stream` (one gzip for the whole file) they
    count decompressed bytes. `coding`: `identity`, `gzip` (a member of its own), `gzip-stream`, `har` (offset is the
    entry's index), `file`.
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

    `digest` is the SHA-256 of the file (saved page: of its canonical manifest). `kind`: `warc`, `arc`, `wacz`, `har`,
    `saved-page`. `name` is the file's own name, for people and for `file:` addresses. `parts` maps a member path to
    its bytes: "" is the capture itself; a saved page has one entry a file. `seekable` is the derived copy that can be
    seeked, for a capture that cannot (one gzip for the whole file); None where none was made.
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
    unknown: then it supports no claim). `site` is the site of that page; `host` is where the bytes came from.
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


_PROBLEM = pa.struct(
    [
        ("code", pa.string()),
        ("offset", pa.int64()),
        ("member", pa.string()),
        ("params", pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())]))),
    ]
)
_LOCATOR = pa.struct([("member", pa.string()), ("offset", pa.int64()), ("length", pa.int64()), ("coding", pa.string())])
TIME = pa.timestamp("us", tz="UTC")

RECORDS = pa.schema(
    [
        ("record", pa.string()),
        ("page", pa.string()),
        ("source", pa.string()),
        ("uri", pa.string()),
        ("site", pa.string()),
        ("host", pa.string()),
        ("time", TIME),
        ("status", pa.int32()),
        ("media_type", pa.string()),
        ("payload_digest", pa.string()),
        ("locator", _LOCATOR),
        ("verdict", pa.string()),
        ("problems", pa.list_(_PROBLEM)),
    ],
    metadata={"marque.table": "records", "marque.version": str(SCHEMA_VERSION)},
)

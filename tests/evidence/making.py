"""Captures written by hand, record by record, and what reading them gives."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from marque.errors import InputRefused
from marque.evidence.captures import outside
from marque.evidence.model import Exchange, Problem
from marque.evidence.read import read

TIME = "2026-03-01T10:00:00Z"
HTML = b"<!doctype html><title>Chapter</title><p>text of a chapter</p>"
Headers = Iterable[tuple[str, str]]


def sha1(data: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def record(
    kind: str, uri: str, block: bytes, fields: Headers = (), *, length: str | None = None, end: bytes = b"\r\n\r\n"
) -> bytes:
    """One WARC record; a given field replaces the usual one, an empty value leaves it out."""
    name = hashlib.sha256(kind.encode() + uri.encode() + block).hexdigest()[:32]
    usual = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{name}>",
        "WARC-Target-URI": uri,
        "WARC-Date": TIME,
        "WARC-Block-Digest": sha1(block),
        "Content-Type": "application/http" if kind in ("response", "request", "revisit") else "text/plain",
        "Content-Length": length if length is not None else str(len(block)),
    }
    usual.update(dict(fields))
    lines = "".join(f"{key}: {value}\r\n" for key, value in usual.items() if value)
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + end


def http(
    body: bytes = HTML, headers: Headers = (("Content-Type", "text/html"),), status: str = "HTTP/1.1 200 OK"
) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"{status}\r\n{lines}\r\n".encode() + body


def response(uri: str, body: bytes = HTML, headers: Headers = (("Content-Type", "text/html"),), **given: str) -> bytes:
    fields = {key.replace("_", "-"): value for key, value in given.items() if key != "status"}
    return record("response", uri, http(body, headers, given.get("status", "HTTP/1.1 200 OK")), fields.items())


def request(uri: str, headers: Headers = (), method: str = "GET") -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return record("request", uri, f"{method} / HTTP/1.1\r\nHost: x.example\r\n{lines}\r\n".encode())


def members(*records: bytes) -> bytes:
    """Every record its own gzip member."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def arc(*pages: tuple[str, bytes]) -> bytes:
    block = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    first = b"filedesc://x.arc 192.0.2.1 20260301100000 text/plain %d\n" % len(block) + block
    rows = [first]
    for uri, body in pages:
        doc = http(body)
        rows.append(f"{uri} 192.0.2.7 20260301100000 text/html {len(doc)}\n".encode() + doc)
    return b"\n".join(rows) + b"\n"


Table = dict[str, object]


def entry(
    uri: str,
    body: str | None = "<html>text</html>",
    request: Table | None = None,
    response: Table | None = None,
    content: Table | None = None,
    **given: object,
) -> Table:
    """One HAR entry; `request`, `response` and `content` are merged into what is usual."""
    usual: Table = {"size": len(body or ""), "mimeType": "text/html"} | ({} if body is None else {"text": body})
    answer: Table = {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [], "bodySize": -1}
    asked: Table = {"method": "GET", "url": uri, "httpVersion": "HTTP/1.1", "headers": []}
    answer = answer | (response or {}) | {"content": usual | (content or {})}
    return {"startedDateTime": TIME, "request": asked | (request or {}), "response": answer, **given}


def har(*entries: object, **given: object) -> bytes:
    log = {"version": "1.2", "creator": {"name": "x", "version": "1"}, "pages": [], **given, "entries": list(entries)}
    return json.dumps({"log": log}).encode()


def wacz(archives: dict[str, bytes], *, method: int = zipfile.ZIP_STORED, pages: Iterable[str] = ()) -> bytes:
    """A WACZ with a right data package."""
    files = {f"archive/{name}": data for name, data in archives.items()}
    rows = [{"format": "json-pages-1.0", "id": "pages", "title": "All"}]
    rows += [{"id": str(at), "url": url, "ts": TIME} for at, url in enumerate(pages)]
    files["pages/pages.jsonl"] = "".join(json.dumps(row) + "\n" for row in rows).encode()
    resources = [
        {"name": path, "path": path, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for path, data in files.items()
    ]
    package = json.dumps({"profile": "data-package", "resources": resources, "wacz_version": "1.1.1"}).encode()
    seal = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
    files |= {"datapackage.json": package, "datapackage-digest.json": json.dumps(seal).encode()}
    return zipped(files, method)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 10, 0, 0)), data, method)
    return out.getvalue()


@dataclass
class Reading:
    """What reading a capture gave."""

    exchanges: list[Exchange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """Everything that is wrong, with the capture and with its records."""
        every = [*self.problems, *(p for exchange in self.exchanges for p in exchange.record.problems)]
        return sorted(problem.code for problem in every)

    @property
    def uris(self) -> list[str]:
        return [exchange.record.uri for exchange in self.exchanges]

    def page(self, uri: str) -> str | None:
        """The address of the page that an address was loaded for."""
        found = next(exchange for exchange in self.exchanges if exchange.record.uri == uri)
        pages = {exchange.record.record: exchange.record.uri for exchange in self.exchanges}
        return None if found.record.page is None else pages[found.record.page]


def reading(path: Path, data: bytes) -> Reading:
    """Write a file and read it as a capture; a file that is none has that as its problem."""
    path.write_bytes(data)
    try:
        return reading_of(path)
    except InputRefused as refused:
        return Reading(problems=[Problem(refused.code)])


def reading_of(path: Path) -> Reading:
    result = Reading()
    for item in read(outside(path)):
        if isinstance(item, Problem):
            result.problems.append(item)
        else:
            result.exchanges.append(item)
    return result

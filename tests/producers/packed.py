"""A WACZ as py-wacz and browsertrix pack it."""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from typing_extensions import Buffer


class _Pipe(io.RawIOBase):
    """Somewhere to write that cannot be seeked, so that zip entries carry data descriptors."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self.data += data
        return len(memoryview(data))


def wacz(archives: Mapping[str, bytes], pages: Iterable[str], extra: Iterable[str] = ()) -> bytes:
    files = {f"archive/{name}": data for name, data in archives.items()} | {
        "indexes/index.cdx.gz": gzip.compress(b"example,toon)/ 20261122065402 {}\n"),
        "indexes/index.idx": b'!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n',
        "pages/pages.jsonl": _pages("pages", pages),
        "pages/extraPages.jsonl": _pages("extra-pages", extra),
        "logs/crawl.log": b'{"logLevel": "info"}\n',
    }
    rows = [
        {"name": Path(path).name, "path": path, "hash": _hash(data), "bytes": len(data)} for path, data in files.items()
    ]
    package = json.dumps({"profile": "data-package", "resources": rows, "wacz_version": "1.1.1"}, indent=2).encode()
    signed = {"hash": _hash(package), "created": "2026-11-22T07:00:00Z", "signature": "AAAA", "publicKey": "BBBB"}
    seal = json.dumps({"path": "datapackage.json", "hash": _hash(package), "signedData": signed}, indent=2).encode()
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for path, data in (files | {"datapackage.json": package, "datapackage-digest.json": seal}).items():
            with archive.open(zipfile.ZipInfo(path), "w", force_zip64=True) as member:
                member.write(data)
    return bytes(pipe.data)


def _pages(name: str, addresses: Iterable[str]) -> bytes:
    rows: list[dict[str, object]] = [{"format": "json-pages-1.0", "id": name, "title": name}]
    rows += [{"id": f"{name}-{at}", "url": uri, "ts": "2026-11-22T06:54:02Z"} for at, uri in enumerate(addresses)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"

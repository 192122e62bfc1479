"""WACZ 1.1.1: a zip of the WARC, its index, its list of pages, and the digests that hold them together."""

import io
import json
import zipfile
from urllib.parse import urlsplit

from marque.clock import from_microseconds, iso
from marque.digest import sha256
from marque.training.archives.pressed import gzip
from marque.training.archives.warc import SOFTWARE, Entry, write
from marque.training.model import Reply

_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(replies: list[Reply], name: str, started: int) -> bytes:
    """The file's bytes. Members are stored, not compressed: the archive inside has its own gzip members."""
    warc, entries = write(replies, f"{name}.warc.gz", started)
    members = {
        f"archive/{name}.warc.gz": warc,
        "indexes/index.cdx.gz": gzip(_index(entries, f"{name}.warc.gz")),
        "pages/pages.jsonl": _pages(replies),
    }
    package = _package(members, name, started)
    members["datapackage.json"] = package
    members["datapackage-digest.json"] = _json({"path": "datapackage.json", "hash": f"sha256:{sha256(package)}"})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in members.items():
            member = zipfile.ZipInfo(path, _EPOCH)
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, data)
    return out.getvalue()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _index(entries: list[Entry], filename: str) -> bytes:
    return b"".join(sorted(_line(entry, filename) for entry in entries))


def _line(entry: Entry, filename: str) -> bytes:
    fields = {
        "url": entry.reply.uri,
        "mime": entry.reply.media_type.partition(";")[0],
        "status": str(entry.status),
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.offset),
        "filename": filename,
    }
    stamp = f"{from_microseconds(entry.reply.time):%Y%m%d%H%M%S}"
    return f"{_sortable(entry.reply.uri)} {stamp} ".encode() + _json(fields) + b"\n"


def _sortable(uri: str) -> str:
    parts = urlsplit(uri)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    return f"{host}){parts.path}{'?' + parts.query if parts.query else ''}".lower()


def _pages(replies: list[Reply]) -> bytes:
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    for at, reply in enumerate(reply for reply in replies if reply.page is None):
        lines.append({"id": f"page{at}", "url": reply.uri, "ts": iso(reply.time), "title": reply.title})
    return b"".join(_json(line) + b"\n" for line in lines)


def _package(members: dict[str, bytes], name: str, started: int) -> bytes:
    resources = [
        {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{sha256(data)}", "bytes": len(data)}
        for path, data in members.items()
    ]
    return _json(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": name,
            "software": SOFTWARE,
            "created": iso(started),
            "resources": resources,
        }
    )

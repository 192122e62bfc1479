"""WARC 1.1 (ISO 28500:2017), one gzip member a record, as a crawler writes it: warcinfo, then response and request."""

import base64
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import brotli

from marque.clock import iso
from marque.training.archives.pressed import gzip
from marque.training.model import Reply

SOFTWARE = "marque training world"
_REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 403: "Forbidden", 404: "Not Found", 503: "Unavailable"}
_SPACE = uuid.UUID("6f1f64a2-5f0c-5d0e-9a51-0d5cf0a7b0de")
_CHUNK = 16_384


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a response stands in its file, and what an index says of it."""

    reply: Reply
    offset: int
    length: int
    digest: str
    status: int


def write(replies: Iterable[Reply], name: str, started: int) -> tuple[bytes, list[Entry]]:
    """The file's bytes, and one entry a response."""
    out, entries = bytearray(gzip(_opening(name, started))), []
    for at, reply in enumerate(replies):
        response, digest, identity = _response(reply, f"{name}/{at}")
        member = gzip(response)
        entries.append(Entry(reply, len(out), len(member), digest, reply.status))
        out += member + gzip(_request(reply, f"{name}/{at}", identity))
    return bytes(out), entries


def _opening(name: str, started: int) -> bytes:
    block = f"software: {SOFTWARE}\r\nformat: WARC File Format 1.1\r\ndescription: invented pages\r\n".encode()
    fields = [("WARC-Filename", name), ("Content-Type", "application/warc-fields")]
    return _record("warcinfo", name, started, fields, block)


def _response(reply: Reply, name: str) -> tuple[bytes, str, str]:
    payload, headers = _wire(reply)
    lines = "".join(f"{key}: {value}\r\n" for key, value in headers)
    block = f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Other')}\r\n{lines}\r\n".encode() + payload
    digest, identity = _sha1(payload), _identity(f"{name}/response")
    fields = [
        ("WARC-Target-URI", reply.uri),
        ("WARC-IP-Address", reply.ip),
        ("WARC-Payload-Digest", digest),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    return _record("response", f"{name}/response", reply.time, fields, block), digest, identity


def _request(reply: Reply, name: str, answered: str) -> bytes:
    scheme, _, rest = reply.uri.partition("://")
    host, _, path = rest.partition("/")
    referer = f"Referer: {reply.page}\r\n" if reply.page else ""
    block = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Mozilla/5.0 ({SOFTWARE})\r\n{referer}\r\n".encode()
    fields = [
        ("WARC-Target-URI", f"{scheme}://{rest}"),
        ("WARC-Concurrent-To", answered),
        ("Content-Type", "application/http; msgtype=request"),
    ]
    return _record("request", f"{name}/request", reply.time, fields, block)


def _wire(reply: Reply) -> tuple[bytes, list[tuple[str, str]]]:
    """The payload as it travelled. `chunked` keeps the transfer coding, as some crawlers record it."""
    payload, coding = reply.body, reply.coding
    headers = [("Content-Type", reply.media_type), *reply.headers]
    if coding == "br":
        payload = brotli.compress(payload, quality=5)
    elif coding == "gzip":
        payload = gzip(payload)
    if coding in {"br", "gzip"}:
        headers.append(("Content-Encoding", coding))
    if coding == "chunked":
        headers.append(("Transfer-Encoding", "chunked"))
        pieces = [payload[at : at + _CHUNK] for at in range(0, len(payload), _CHUNK)]
        return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""]), headers
    return payload, [*headers, ("Content-Length", str(len(payload)))]


def _record(kind: str, name: str, time: int, fields: list[tuple[str, str]], block: bytes) -> bytes:
    head = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", _identity(name)),
        ("WARC-Date", iso(time)),
        *fields,
        ("WARC-Block-Digest", _sha1(block)),
        ("Content-Length", str(len(block))),
    ]
    return (
        b"WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in head).encode() + b"\r\n" + block + b"\r\n\r\n"
    )


def _identity(name: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(_SPACE, name)}>"


def _sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()

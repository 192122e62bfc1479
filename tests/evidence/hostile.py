"""Hostile files, generated: name, bytes, and what reading it must say (None: nothing in particular)."""

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

from tests.evidence.making import HTML, entry, har, http, members, record, response, wacz, zipped

MIB = 1 << 20
A = "https://a.example/"
Make = Callable[[], bytes]


def zeros(size: int, level: int = 9) -> bytes:
    """gzip of that many zero bytes."""
    packer, out = zlib.compressobj(level, zlib.DEFLATED, 31), []
    for _ in range(size // MIB):
        out.append(packer.compress(bytes(MIB)))
    return b"".join(out) + packer.flush()


def coded(name: str, data: bytes, *, status: str = "HTTP/1.1 200 OK") -> bytes:
    return response(A, data, (("Content-Type", "text/html"), ("Content-Encoding", name)), status=status)


def deflated_warc(size: int) -> bytes:
    """A record of one gzip member that unpacks to so many zero bytes."""
    head = record("response", A, b"", length=str(size)).split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = [packer.compress(head)]
    out += [packer.compress(bytes(MIB)) for _ in range(size // MIB)]
    return b"".join(out) + packer.flush()


def zip_many(count: int) -> bytes:
    """A zip with so many empty entries of names of their own."""
    out = io.BytesIO()
    local, central = [], []
    at = 0
    for number in range(count):
        name = b"archive/%07d" % number
        header = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name
        local.append(header)
        row = (b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, at)
        central.append(struct.pack("<4s6H3L5H2L", *row) + name)
        at += len(header)
    size = sum(map(len, central))
    out.write(b"".join(local) + b"".join(central))
    end = out.tell()
    out.write(struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, at))
    out.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1))
    out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    return out.getvalue()


def zip_overlap() -> bytes:
    """Many entries over one kernel of compressed zeros, as the small zip that declares gigabytes."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = kernel.compress(bytes(8 * MIB)) + kernel.flush()
    crc = zlib.crc32(bytes(8 * MIB))
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(data), 8 * MIB, 14, 0)
    body = head + b"archive/a.warc" + data
    rows = b""
    for number in range(600):
        name = b"archive/%06d" % number
        row = (b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, len(data), 8 * MIB, len(name), 0, 0, 0, 0, 0, 0)
        rows += struct.pack("<4s6H3L5H2L", *row) + name
    return body + rows + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 600, 600, len(rows), len(body), 0)


def nested(depth: int) -> bytes:
    """A WACZ in a WACZ in a WACZ."""
    data = wacz({"a.warc": response(A)})
    for _ in range(depth):
        data = zipped({"archive/a.wacz": data, "datapackage.json": b'{"resources": []}'}, zipfile.ZIP_DEFLATED)
    return data


def bomb_wacz() -> bytes:
    return zipped({"archive/a.warc": response(A) + bytes(300 * MIB)}, zipfile.ZIP_DEFLATED)


def nested_gzip_members() -> bytes:
    """Members whose stored blocks hold the next member, all damaged: a search must not start over for ever."""
    data = gzip.compress(response(A))
    for _ in range(300):
        data = b"\x1f\x8b\x08" + bytes(7) + b"\x00" + struct.pack("<HH", len(data) % 65536, ~len(data) & 0xFFFF) + data
    return gzip.compress(response(A)) + data


def br_window() -> bytes:
    data: bytes = brotli.compress(bytes(200 * MIB), quality=1, lgwin=24)
    return data


def zstd_window() -> bytes:
    long = zstandard.ZstdCompressionParameters(window_log=31, enable_ldm=True, strategy=1)
    packer = zstandard.ZstdCompressor(compression_params=long).compressobj()
    return packer.compress(bytes(4 * MIB)) + packer.flush()


def zstd_bomb() -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(bytes(400 * MIB))


def many(rows: Iterator[bytes]) -> bytes:
    return b"".join(rows)


def mhtml(parts: bytes) -> bytes:
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n'
    return head + b"Snapshot-Content-Location: https://a.example/\r\n\r\n" + parts


FILES: dict[str, tuple[Make, str | None]] = {
    "zip-overlap": (zip_overlap, "read.zip-disagree"),
    "zip-nested": (lambda: nested(6), "read.wacz-nested"),
    "zip-million-entries": (lambda: zip_many(1_000_000), "read.not-a-capture"),
    "zip-90000-entries": (lambda: zip_many(90_000), None),
    "zip-member-bomb": (bomb_wacz, None),
    "gzip-member-bomb": (lambda: deflated_warc(1200 * MIB), "read.gzip-bomb"),
    "gzip-record-300-mib": (lambda: deflated_warc(300 * MIB), None),
    "gzip-nested-members": (nested_gzip_members, None),
    "gzip-payload-bomb": (lambda: coded("gzip", zeros(600 * MIB)), "read.payload-bomb"),
    "gzip-in-gzip-bomb": (lambda: coded("gzip, gzip", gzip.compress(zeros(600 * MIB))), "read.payload-bomb"),
    "gzip-thousandfold": (lambda: coded(",".join(["gzip"] * 1000), zeros(MIB)), "read.coding-stack"),
    "bomb-in-a-redirect": (lambda: coded("gzip", zeros(600 * MIB), status="HTTP/1.1 302 Found"), "read.payload-bomb"),
    "many-small-bombs": (lambda: coded("gzip", zeros(60 * MIB)) * 60, "read.capture-bomb"),
    "br-bomb": (lambda: coded("br", br_window()), "read.payload-bomb"),
    "zstd-bomb": (lambda: coded("zstd", zstd_bomb()), "read.payload-bomb"),
    "zstd-window": (lambda: coded("zstd", zstd_window()), "read.coding-window"),
    "chunks-of-one-byte": (
        lambda: response(A, b"1\r\nx\r\n" * 2_000_000 + b"0\r\n\r\n", (("Transfer-Encoding", "chunked"),)),
        None,
    ),
    "chunk-size-lies": (
        lambda: response(A, b"fffffffffffffff\r\nx", (("Transfer-Encoding", "chunked"),)),
        "read.chunked-cut",
    ),
    "lengths-that-lie": (lambda: response(A, Content_Length="9" * 9) * 40_000, "read.length-wrong"),
    "lengths-that-lie-in-one-gzip": (lambda: gzip.compress(response(A, Content_Length="5000000") * 20_000), None),
    "header-of-64-mib": (lambda: response(A, X="y" * 64 * MIB), "read.header-long"),
    "http-header-of-64-mib": (lambda: record("response", A, http(b"", (("X", "y" * 64 * MIB),))), None),
    "100000-header-fields": (
        lambda: response(A).replace(b"\r\n", b"\r\n" + b"X: y\r\n" * 50_000, 1),
        "read.header-fields",
    ),
    "garbage-of-newlines": (lambda: response(A) + b"\nWARC/1.0\r\nx" * 2_000_000, None),
    "million-empty-records": (lambda: record("metadata", A, b"") * 200_000, None),
    "address-of-10-mib": (lambda: response(A + "x" * 400_000), "read.uri-long"),
    "har-value-of-150-mib": (lambda: har(entry(A, "x" * 150 * MIB)), "read.har-value"),
    "har-deep": (lambda: b'{"log": {"entries": [' + b'{"a":' * 3_000_000, None),
    "har-arrays-deep": (lambda: b'{"log": {"entries": ' + b"[" * 3_000_000, None),
    "har-huge-number": (lambda: har(entry(A, time=0)).replace(b'"time": 0', b'"time": ' + b"9" * 3_000_000), None),
    "har-many-damaged-entries": (
        lambda: har(entry(A)).replace(b"]}}", b"," + b'{"request":' * 200_000),
        "read.har-damaged",
    ),
    "har-many-keys": (lambda: json.dumps({"log": {"entries": [{f"k{n}": n for n in range(300_000)}]}}).encode(), None),
    "har-in-a-zip-of-300-mib": (
        lambda: zipped({"x.har": b'{"log": {"entries": [' + b" " * 300 * MIB}, zipfile.ZIP_DEFLATED),
        "read.har-cut",
    ),
    "har-attachment-of-300-mib": (
        lambda: zipped(
            {"x.har": har(entry(A, None, content={"_file": "a"})), "a": bytes(300 * MIB)}, zipfile.ZIP_DEFLATED
        ),
        "read.payload-large",
    ),
    "har-million-attachments": (
        lambda: har(entry(A, None)).replace(b'"pages"', b'"x": [' + b'{"_file": "no"}, ' * 500_000 + b'0], "pages"'),
        None,
    ),
    "mhtml-30000-parts": (lambda: mhtml(b"\r\n--b\r\n\r\nx" * 30_000), "read.mhtml-cut"),
    "mhtml-without-end": (lambda: mhtml(b"--b\r\n" + b"x: y\r\n" * 4_000_000), "read.mhtml-cut"),
    "mhtml-delimiters-begun": (lambda: mhtml(b"--b\r\n\r\n" + b"\n--" * 8_000_000), "read.mhtml-cut"),
    "mhtml-of-100-mib": (
        lambda: mhtml(b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"A" * 100 * MIB + b"\r\n--b--"),
        "read.payload-large",
    ),
    "mhtml-long-line": (
        lambda: mhtml(b"--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=41" * 9 * MIB + b"\r\n--b--"),
        None,
    ),
    "html-deep": (lambda: response(A, b"<div>" * 900_000), None),
    "html-frames": (lambda: response(A, b"<iframe " * 500_000), None),
    "html-attributes": (lambda: response(A, b"<iframe src=" + b"x " * 2_000_000), None),
    "html-title-of-10-mib": (lambda: response(A, b"<title>" + b"x" * 10 * MIB), None),
    "html-embedded": (lambda: response(A, b"seized data:image/png;base64," + b"A;base64," * 900_000), None),
    "html-entities": (lambda: response(A, b"&#115;" * 40_000), None),
    "pages-line-of-64-mib": (
        lambda: zipped({"archive/a.warc": response(A), "pages/pages.jsonl": b"x" * 64 * MIB}, zipfile.ZIP_DEFLATED),
        "read.pages-line",
    ),
    "pages-deep": (lambda: zipped({"archive/a.warc": response(A), "pages/p.jsonl": b"[" * MIB}), "read.pages-line"),
    "sound": (lambda: members(*[response(A + str(n), HTML) for n in range(500)]), None),
}

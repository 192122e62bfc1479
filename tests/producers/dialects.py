"""One visit to an invented site, written down as each of several recorders writes it. Nothing is copied from them."""

import base64
import gzip
import hashlib
import struct
import uuid
from collections.abc import Callable, Iterable

import brotli
import zstandard

TIME = "2026-03-01T10:00:00Z"
PAGE, PANEL, SCRIPT, MOVED = (
    "https://toon.example/ko/1",
    "https://img.panels-cdn.example/1/0.webp",
    "https://cdn.widgets.example/tag.js",
    "http://toon.example/ko/1",
)
HTML = (
    b"<!doctype html><html lang=ko><title>Chapter 1</title><script src=https://cdn.widgets.example/tag.js></script>" * 1
)
HTML += b"<img src=https://img.panels-cdn.example/1/0.webp><p>" + "제1화 ".encode() * 60
WEBP, JS = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(range(256)), b"var tag = 'G-KR3XW7T9QP';" * 9
Fields = Iterable[tuple[str, str]]


def uid(text: str) -> str:
    return f"<urn:uuid:{uuid.UUID(bytes=hashlib.md5(text.encode()).digest())}>"


def base32(data: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def base16(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def record(
    kind: str,
    uri: str,
    block: bytes,
    fields: Fields = (),
    *,
    version: str = "WARC/1.0",
    end: str = "\r\n",
    media: str = "",
) -> bytes:
    """A record with these fields only; `end` ends the lines of its header."""
    usual = {"WARC-Type": kind, "WARC-Record-ID": uid(kind + uri), "WARC-Date": TIME}
    if uri:
        usual["WARC-Target-URI"] = uri
    usual["Content-Type"] = media or f"application/http; msgtype={kind}"
    lines = [*usual.items(), *fields, ("Content-Length", str(len(block)))]
    head = end.join([version, *(f"{name}: {value}" for name, value in lines), "", ""])
    return head.encode() + block + b"\r\n\r\n"


def message(body: bytes, media: str, *more: str, status: str = "HTTP/1.1 200 OK", end: str = "\r\n") -> bytes:
    return end.join([status, f"Content-Type: {media}", *more, "", ""]).encode() + body


def asked(uri: str, *more: str) -> bytes:
    return "\r\n".join([f"GET /{uri.split('/', 3)[3]} HTTP/1.1", f"Host: {uri.split('/')[2]}", *more, "", ""]).encode()


def chunked(data: bytes, size: int = 300) -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nX-Trailer: 1\r\n\r\n"


def with_extra(data: bytes) -> bytes:
    """A gzip member with an extra field, as older crawlers write it (`sl` holds the lengths)."""
    plain = gzip.compress(data, mtime=0)
    extra = b"sl" + struct.pack("<HII", 8, len(plain) + 14, len(data))
    return plain[:3] + b"\x04" + plain[4:10] + struct.pack("<H", len(extra)) + extra + plain[10:]


def heritrix(version: str = "WARC/1.0") -> list[bytes]:
    """`request` and `metadata` behind each response, `via` in the metadata, raw chunks, base-32 digests."""
    out = [record("warcinfo", "", b"software: crawler\r\n", media="application/warc-fields", version=version)]
    for uri, body, media, via in (
        (PAGE, HTML, "text/html", ""),
        (PANEL, WEBP, "image/webp", PAGE),
        (SCRIPT, JS, "text/javascript", PAGE),
    ):
        coded = gzip.compress(body, mtime=0)
        block = message(chunked(coded), media, "Transfer-Encoding: chunked", "Content-Encoding: gzip")
        sent = block.partition(b"\r\n\r\n")[2]
        out.append(
            record(
                "response",
                uri,
                block,
                [("WARC-Payload-Digest", base32(sent)), ("WARC-IP-Address", "192.0.2.7")],
                version=version,
            )
        )
        out.append(record("request", uri, asked(uri), [("WARC-Concurrent-To", uid("response" + uri))], version=version))
        notes = f"via: {via}\r\nhopsFromSeed: E\r\noutlink: {PANEL} E =EMBED_MISC\r\n" if via else "seed: \r\n"
        out.append(
            record(
                "metadata",
                uri,
                notes.encode(),
                [("WARC-Concurrent-To", uid("response" + uri))],
                media="application/warc-fields",
                version=version,
            )
        )
    return out


def browsertrix() -> list[bytes]:
    """HTTP/1.1 with decoded bodies under the headers they were sent with; page info as a resource; SHA-256 in hex."""
    out = []
    for uri, body, media, kind in (
        (PAGE, HTML, "text/html", "document"),
        (PANEL, WEBP, "image/webp", "image"),
        (SCRIPT, JS, "text/javascript", "script"),
    ):
        block = message(body, media, "Content-Encoding: br", f"x-orig-content-length: {len(body)}")
        fields = [
            ("WARC-Payload-Digest", base16(body)),
            ("WARC-Block-Digest", base16(block)),
            ("WARC-Page-ID", "p-1"),
            ("WARC-Resource-Type", kind),
            ("WARC-JSON-Metadata", '{"a":1}'),
        ]
        out.append(record("response", uri, block, fields, version="WARC/1.1"))
        out.append(
            record("request", uri, asked(uri), [("WARC-Concurrent-To", uid("response" + uri))], version="WARC/1.1")
        )
    info = b'{"pageid": "p-1", "urls": {}}'
    out.append(
        record(
            "resource",
            f"urn:pageinfo:{PAGE}",
            info,
            [("WARC-Payload-Digest", base16(info))],
            version="WARC/1.1",
            media="application/json",
        )
    )
    shot = b"\x89PNG\r\n\x1a\n" + bytes(64)
    out.append(record("resource", f"urn:view:{PAGE}", shot, version="WARC/1.1", media="image/png"))
    out.append(record("resource", f"urn:text:{PAGE}", b"text of the page", version="WARC/1.1", media="text/plain"))
    return out


def extension() -> list[bytes]:
    """ArchiveWeb.page: HTTP/2 status lines without reason, `resource` for what had no network, revisits in one file."""
    out = []
    for uri, body, media, dest in (
        (PAGE, HTML, "text/html", "document"),
        (PANEL, WEBP, "image/webp", "image"),
        (SCRIPT, JS, "text/javascript", "script"),
    ):
        out.append(
            record(
                "response",
                uri,
                message(body, media, status="HTTP/2 200"),
                [("WARC-Payload-Digest", base16(body))],
                version="WARC/1.1",
            )
        )
        out.append(
            record(
                "request",
                uri,
                asked(uri, f"Referer: {PAGE}" if uri != PAGE else "DNT: 1", f"Sec-Fetch-Dest: {dest}"),
                version="WARC/1.1",
            )
        )
    fields = [
        ("WARC-Refers-To-Target-URI", PANEL),
        ("WARC-Refers-To-Date", TIME),
        ("WARC-Payload-Digest", base16(WEBP)),
        ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
    ]
    out.append(
        record("revisit", PANEL + "?again", message(b"", "image/webp", f"Referer: {PAGE}"), fields, version="WARC/1.1")
    )
    out.append(record("request", PANEL + "?again", asked(PANEL, f"Referer: {PAGE}"), version="WARC/1.1"))
    return out


def warcprox() -> list[bytes]:
    """The request behind its response and pointing to it, bodies as sent: br and zstd."""
    out = []
    packed = {PAGE: ("br", brotli.compress(HTML)), PANEL: ("", WEBP), SCRIPT: ("zstd", zstandard.compress(JS))}
    for uri, media in ((PAGE, "text/html"), (PANEL, "image/webp"), (SCRIPT, "text/javascript")):
        coding, body = packed[uri]
        block = message(
            body, media, *([f"Content-Encoding: {coding}"] if coding else []), f"Content-Length: {len(body)}"
        )
        fields = [
            ("WARC-Payload-Digest", base32(body)),
            ("WARC-Block-Digest", base32(block)),
            ("WARC-IP-Address", "192.0.2.9"),
        ]
        out.append(record("response", uri, block, fields))
        refers = ["Accept: */*"] if uri == PAGE else [f"Referer: {PAGE}"]
        out.append(record("request", uri, asked(uri, *refers), [("WARC-Concurrent-To", uid("response" + uri))]))
    return out


def wpull() -> list[bytes]:
    """The request before its response, which points to it; digests with upper-case labels; the log as a resource."""
    out = [record("warcinfo", "", b"software: Wpull/2\r\n", media="application/warc-fields")]
    for uri, body, media in ((PAGE, HTML, "text/html"), (PANEL, WEBP, "image/webp"), (SCRIPT, JS, "text/javascript")):
        refers = ["Accept: */*"] if uri == PAGE else [f"Referer: {PAGE}"]
        out.append(record("request", uri, asked(uri, *refers), [("WARC-Block-Digest", base32(asked(uri, *refers)))]))
        block = message(body, media, f"Content-Length: {len(body)}")
        fields = [
            ("WARC-Concurrent-To", uid("request" + uri)),
            ("WARC-Payload-Digest", base32(body).upper()),
            ("WARC-Block-Digest", base32(block)),
        ]
        out.append(record("response", uri, block, fields))
    out.append(record("resource", "urn:X-wpull:log", b"INFO Starting\n", media="text/plain"))
    return out


def common_crawl() -> list[bytes]:
    """Request, response, metadata with detected language; what was sent coded is kept decoded, lengths corrected."""
    out = []
    for uri, body, media in ((PAGE, HTML, "text/html"),):
        out.append(record("request", uri, asked(uri), [("WARC-Warcinfo-ID", uid("warcinfo"))]))
        block = message(
            body,
            media,
            "X-Crawler-Transfer-Encoding: chunked",
            "X-Crawler-Content-Encoding: gzip",
            f"X-Crawler-Content-Length: {len(body) - 40}",
            f"Content-Length: {len(body)}",
        )
        fields = [
            ("WARC-Payload-Digest", base32(body)),
            ("WARC-Block-Digest", base32(block)),
            ("WARC-Identified-Payload-Type", media),
            ("WARC-Concurrent-To", uid("request" + uri)),
        ]
        out.append(record("response", uri, block, fields))
        out.append(
            record(
                "metadata",
                uri,
                b"fetchTimeMs: 100\r\ncharset-detected: UTF-8\r\n",
                [("WARC-Concurrent-To", uid("response" + uri))],
                media="application/warc-fields",
            )
        )
    text = record("conversion", PAGE, b"Chapter 1", [("WARC-Refers-To", uid("response" + PAGE))], media="text/plain")
    return [*out, text]


def careless() -> list[bytes]:
    """Lower-case names, folded fields, bare line feeds in both headers, no reason, dechunked under `chunked`."""
    out = []
    for uri, body, media in ((PAGE, HTML, "text/html"), (PANEL, WEBP, "image/webp"), (SCRIPT, JS, "text/javascript")):
        block = message(
            body, media, "Transfer-Encoding: chunked", "X-Long: one", "\ttwo", status="HTTP/1.1 200", end="\n"
        )
        made = record("response", uri, block, [("WARC-Payload-Digest", base32(body))], end="\n")
        head, _, rest = made.partition(b"\n\n")
        out.append(head.replace(b"WARC-", b"warc-").replace(b"Content-", b"content-") + b"\n\n" + rest)
        refers = ["Accept: */*"] if uri == PAGE else [f"Referer: {PAGE}"]
        out.append(record("request", uri, asked(uri, *refers)))
    return out


DIALECTS: dict[str, Callable[[], list[bytes]]] = {
    "heritrix": heritrix,
    "heritrix-1.1": lambda: heritrix("WARC/1.1"),
    "browsertrix": browsertrix,
    "extension": extension,
    "warcprox": warcprox,
    "wpull": wpull,
    "common-crawl": common_crawl,
    "careless": careless,
}

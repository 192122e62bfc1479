"""Small sound captures, written by hand, for tests of the store."""

import base64
import gzip
import hashlib
from pathlib import Path


def warc(*pages: tuple[str, str]) -> bytes:
    """A WARC/1.1 of pages (address, HTML), with right digests."""
    return b"".join(_response(address, html.encode()) for address, html in pages)


def _response(address: str, html: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(html) + html
    header = (
        "WARC/1.1\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{_uuid(address)}>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2026-03-01T10:00:00Z\r\n"
        f"WARC-Block-Digest: {_sha1(block)}\r\nWARC-Payload-Digest: {_sha1(html)}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def _sha1(data: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def _uuid(address: str) -> str:
    text = hashlib.sha256(address.encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:32]}"


def page(number: int, site: str = "reader.example") -> tuple[str, str]:
    return f"https://{site}/{number}", f"<!doctype html><title>Chapter {number}</title><p>text {number}"


def folder(path: Path, count: int = 3) -> Path:
    """A folder of captures: plain, gzip, cut short, a saved page, and a file that is none."""
    path.mkdir()
    for number in range(count):
        (path / f"{number}.warc").write_bytes(warc(page(number)))
    (path / "g.warc.gz").write_bytes(gzip.compress(warc(page(100)), mtime=0))
    (path / "h-cut.warc").write_bytes(warc(page(200))[:-40])
    saved_page(path / "saved.html")
    (path / "z-notes.bin").write_bytes(b"\x00\x01 not a capture")
    return path


def saved_page(path: Path) -> Path:
    path.write_text('<!doctype html><title>Saved</title><img src="saved_files/a.png">')
    parts = path.with_name(path.stem + "_files")
    parts.mkdir()
    (parts / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 20)
    (parts / "b.css").write_text("p{}")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

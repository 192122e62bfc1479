"""An exhibit: a zip that anybody can open and read, and that a court's expert can verify without us.

    index.html      original and copy side by side, and every fact about them
    manifest.json   the same facts as canonical JSON, with name, size and SHA-256 of every other file
    signature.txt   the signer's public key and the Ed25519 signature over manifest.json
    pictures/...    the two sides of each piece

That an exhibit verifies says that nothing in it changed since its signer made it, and no more.
"""

import json
import os
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from Crypto.PublicKey import ECC

from marque.digest import canonical_json, sha256
from marque.evidence import parcel, signing
from marque.evidence.findings import Finding

PURPOSE = "exhibit"
MANIFEST, SIGNATURE, PAGE = "manifest.json", "signature.txt", "index.html"
MOST_FILES, LARGEST, LARGEST_ALL = 2_000, 64 << 20, 1 << 30
_NAME = re.compile(r"(?:pictures/)?[a-z0-9-]{1,60}\.(?:png|html|json|txt)")
_LOCAL, _CENTRAL, _END = 30, 46, 22  # bytes of a zip's records without names
# What the standard library raises over bytes that are no zip, or one with encryption and the like in it.
_MISSHAPEN = (OSError, ValueError, LookupError, TypeError, RuntimeError, EOFError, struct.error, zipfile.BadZipFile)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock in the file: the same comparison gives the same bytes


def write(path: Path, facts: Mapping[str, object], files: Mapping[str, bytes], key: ECC.EccKey) -> None:
    """Write an exhibit of some files beside its place, sync it and rename it there; StoreFailure where that fails."""
    listed = [{"name": name, "size": len(data), "sha256": sha256(data)} for name, data in sorted(files.items())]
    manifest = canonical_json({"kind": PURPOSE, "facts": facts, "files": listed})
    signature = f"{signing.public(key)} {signing.sign(key, PURPOSE, manifest)}\n".encode()
    aside = path.with_name(path.name + ".part")
    with parcel.written(path, aside):
        with aside.open("wb") as stream, zipfile.ZipFile(stream, "w") as packed:
            for name, data in [(MANIFEST, manifest), (SIGNATURE, signature), *sorted(files.items())]:
                packed.writestr(zipfile.ZipInfo(name, _EPOCH), data)
        with aside.open("rb") as whole:
            os.fsync(whole.fileno())
        aside.rename(path)


def is_exhibit(path: Path) -> bool:
    """Whether a file begins like an exhibit."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError:
        return False
    return head.startswith(b"PK\x03\x04") and head[30:].startswith(MANIFEST.encode())


def verify(path: Path, trusted: frozenset[str] | None) -> Iterator[Finding]:
    """What is found, check by check. `trusted` are fingerprints of keys a person trusts, None where none were given."""
    try:
        with zipfile.ZipFile(path) as packed:
            files = _files(packed)
            yield from _checked(files, trusted)
    except _MISSHAPEN:
        yield Finding("form", "fault", "evidence.exhibit-misshapen", {"path": str(path)})


def _files(packed: zipfile.ZipFile) -> dict[str, bytes]:
    """Every file by name. Raises ValueError for what no exhibit holds: a name twice, a path, anything compressed."""
    entries = packed.infolist()
    names = {entry.filename for entry in entries}
    plain = all(entry.compress_type == zipfile.ZIP_STORED and _NAME.fullmatch(entry.filename) for entry in entries)
    small = all(entry.file_size <= LARGEST for entry in entries) and sum(e.file_size for e in entries) <= LARGEST_ALL
    if not _tight(packed):
        raise ValueError(packed.filename)
    if not (plain and small and len(names) == len(entries) <= MOST_FILES and {MANIFEST, SIGNATURE} <= names):
        raise ValueError(len(names))
    return {entry.filename: packed.read(entry) for entry in entries}


def _tight(packed: zipfile.ZipFile) -> bool:
    """Whether the file is its entries and nothing else: what stands around them another program might show."""
    at = 0
    entries = packed.infolist()
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset != at or entry.flag_bits or entry.extra or entry.comment:
            return False
        at += _LOCAL + len(entry.filename) + entry.compress_size
    size = at + sum(_CENTRAL + len(entry.filename) for entry in entries) + _END
    return packed.start_dir == at and Path(str(packed.filename)).stat().st_size == size


def _checked(files: dict[str, bytes], trusted: frozenset[str] | None) -> Iterator[Finding]:
    written = files.pop(MANIFEST)
    key, signature = files.pop(SIGNATURE).decode("ascii").removesuffix("\n").split(" ")
    manifest = json.loads(written)
    sound = signing.verifies(key, signature, PURPOSE, written) and canonical_json(manifest) == written
    spoken = signing.fingerprint(key) if sound else ""
    yield Finding(
        "signature", "ok" if sound else "fault", f"evidence.signature-{'sound' if sound else 'broken'}", {"key": spoken}
    )
    yield from _listed(manifest, files)
    yield _trust(spoken, trusted)


def _listed(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Finding]:
    listed = {each["name"]: each for each in manifest["files"]}
    wrong = 0
    for name in sorted({*listed, *files}):
        if name not in files:
            wrong += 1
            yield Finding("files", "missing", "evidence.file-missing", {"file": name})
        elif name not in listed:
            wrong += 1
            yield Finding("files", "fault", "evidence.file-added", {"file": name})
        elif (len(files[name]), sha256(files[name])) != (listed[name]["size"], listed[name]["sha256"]):
            wrong += 1
            yield Finding("files", "fault", "evidence.file-changed", {"file": name})
    if not wrong:
        yield Finding("files", "ok", "evidence.files-proved", {"count": len(listed)})


def _trust(spoken: str, trusted: frozenset[str] | None) -> Finding:
    known = bool(spoken) and trusted is not None and spoken in trusted
    code = "evidence.signer-known" if known else "evidence.signer-unknown"
    return Finding("trust", "ok" if known else "unknown", code, {"key": spoken})

"""The canonical manifest of a saved page: which files belong to it, each with its SHA-256 and length.

Its digest is the capture's digest. It is canonical JSON with the files sorted by path, so that the same files give the
same digest wherever the folder lay.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from marque.digest import canonical_json
from marque.errors import StoreDamaged

FORMAT = 1
LARGEST_MANIFEST = 1 << 26


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a saved page."""

    path: str
    sha256: str
    length: int


def write_manifest(files: Iterable[Listed]) -> bytes:
    rows = [
        {"length": file.length, "path": file.path, "sha256": file.sha256}
        for file in sorted(files, key=lambda file: file.path)
    ]
    return canonical_json({"files": rows, "marque": "saved-page", "v": FORMAT})


def parse_manifest(data: bytes) -> tuple[Listed, ...]:
    """The files a sealed manifest lists."""
    try:
        value = json.loads(data.decode("utf-8", "surrogatepass"))
        files = tuple(Listed(row["path"], row["sha256"], row["length"]) for row in value["files"])
    except (ValueError, TypeError, KeyError, RecursionError) as reason:
        raise StoreDamaged("evidence.manifest-damaged") from reason
    if write_manifest(files) != data:
        raise StoreDamaged("evidence.manifest-damaged")
    return files

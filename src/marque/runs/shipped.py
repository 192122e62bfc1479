"""Digests of the data files that ship with a package: vendors, lists, criteria."""

from functools import cache
from pathlib import Path

import marque
from marque.digest import canonical_json, sha256

_DATA = {".csv", ".json", ".toml"}


@cache
def data_digest(package: str) -> str:
    """Digest of every data file of a package. A changed row is a changed input."""
    folder = Path(marque.__file__).parent / package
    files = sorted(path for path in folder.rglob("*") if path.suffix in _DATA)
    return sha256(canonical_json([[str(path.relative_to(folder)), sha256(path.read_bytes())] for path in files]))

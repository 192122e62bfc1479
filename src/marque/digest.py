"""Digests, and the one canonical form that everything digested as JSON has."""

import hashlib
import json
from collections.abc import Iterable
from typing import Protocol

CHUNK = 1 << 20


class Readable(Protocol):
    """What bytes are read from, some at a time."""

    def read(self, size: int = ..., /) -> bytes: ...


def sha256(data: bytes) -> str:
    """SHA-256 (FIPS 180-4) of bytes, lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def sha256_stream(stream: Readable) -> tuple[str, int]:
    """SHA-256 and length of everything left in a stream, in bounded memory."""
    digest, length = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        length += len(chunk)
    return digest.hexdigest(), length


def canonical_json(value: object) -> bytes:
    """Canonical JSON of strings, integers, booleans, null, lists and string-keyed maps.

    As RFC 8785 for these types: keys sorted by UTF-16 code unit, no white space, UTF-8. Floats are refused,
    because their shortest form is a property of the writer, and a digest must not depend on that.
    """
    _refuse_floats(value)
    return _encode(value).encode("utf-8", "surrogatepass")


def _encode(value: object) -> str:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{_encode(value[key])}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_encode(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _refuse_floats(value: object) -> None:
    children: Iterable[object] = ()
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("canonical JSON has string keys only")
        children = value.values()
    elif isinstance(value, list | tuple):
        children = value
    elif not (value is None or isinstance(value, str | bool | int)):
        raise TypeError(f"canonical JSON has no {type(value).__name__}")
    for child in children:
        _refuse_floats(child)

"""Digests that a capture declares, computed again by us (WARC 1.1 sections 5.8 and 5.9).

A digest that agrees shows that the bytes are those the writer digested; whoever changes the bytes can write a new one.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from marque.evidence import limits

_BASE32 = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdefghijklmnopqrstuvwxyz",
    "0123456789ABCDEFGHIJKLMNOPQRSTUV0123456789ABCDEFGHIJKLMNOP",
)
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9._/-]{1,30}")
_SHORTEST = 20  # no digest that anybody declares is written in fewer characters
_NOT_BASE32 = re.compile(r"[^A-Za-z2-7]")
_ALGORITHMS = {
    "md5": "md5",
    "sha1": "sha1",
    "sha224": "sha224",
    "sha256": "sha256",
    "sha384": "sha384",
    "sha512": "sha512",
    "sha3256": "sha3_256",
    "sha3512": "sha3_512",
    "blake2b": "blake2b",
    "blake2s": "blake2s",
}


class Declared(NamedTuple):
    """A declared digest: hashlib's name of the algorithm and the digest as bytes, or what keeps us from checking it."""

    label: str
    algorithm: str | None = None
    value: bytes | None = None
    fault: str | None = None


def parse(told: str | None) -> Declared | None:
    """`sha1:BASE32`, `sha1:hex`, `sha-256:hex`, `sha256:base64`; None where nothing is declared.

    A field that is empty, or a few stray bytes (what wget writes when told to leave digests out), declares nothing.
    """
    label, colon, value = (told or "").strip().partition(":")
    value = value.strip()
    if colon and value in ("", "-"):
        return None
    if not colon or _LABEL.fullmatch(label) is None:
        written = len(label + value) >= _SHORTEST and (label + value).isascii() and (label + value).isprintable()
        return Declared(label[:40], fault="read.digest-malformed") if written else None
    algorithm = _ALGORITHMS.get(label.lower().replace("-", "").replace("_", ""))
    if algorithm is None:
        return Declared(label[:40], fault="read.digest-unknown")
    found = _value(value, _size(algorithm))
    return Declared(label, algorithm, found) if found else Declared(label, fault="read.digest-malformed")


@cache
def _size(algorithm: str) -> int:
    return hashlib.new(algorithm).digest_size


def _value(text: str, size: int) -> bytes | None:
    """The digest's bytes, whichever of the usual forms they are written in."""
    try:
        if len(text) == 2 * size:
            return bytes.fromhex(text)
        bare = text.rstrip("=")
        if len(bare) == -(-size * 8 // 5):
            return _base32(bare, size)
        if len(bare) == -(-size * 8 // 6):
            return base64.b64decode(bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4))
    except (ValueError, binascii.Error):
        return None
    return None


def _base32(text: str, size: int) -> bytes:
    """RFC 4648 base32 by way of Python's own base 32, many times faster than the library's."""
    if _NOT_BASE32.search(text):
        raise ValueError(text)
    return (int(text.translate(_BASE32), 32) >> (5 * len(text) - 8 * size)).to_bytes(size, "big")


class Tap:
    """Bytes on their way through. They are digested at once, or only when asked for while they are few.

    `late` keeps up to that many bytes at hand instead, because a later form of a body rarely needs its own digest.
    """

    def __init__(self, algorithm: str | None, late: int = 0) -> None:
        self.algorithm = algorithm
        self.length = 0
        self._hash = hashlib.new(algorithm) if algorithm else None
        self._late = late
        self._kept: list[bytes] = []

    def through(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same chunks, noted."""
        digest, late = self._hash, self._late
        for chunk in chunks:
            self.length += len(chunk)
            if digest is not None:
                if self.length <= late:
                    self._kept.append(chunk)
                else:
                    self._settle()
                    digest.update(chunk)
            yield chunk

    def _settle(self) -> None:
        if self._hash is not None:
            for chunk in self._kept:
                self._hash.update(chunk)
            self._kept.clear()

    def value(self) -> bytes:
        """The digest of all that went through."""
        self._settle()
        return self._hash.digest() if self._hash is not None else b""


LATE = 4 * limits.MIB
"""Below this many bytes the later forms of a body are digested only when the first does not agree."""

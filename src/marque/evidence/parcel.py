"""A parcel: one signed file from one organisation to another, refused whole where one bit of it is not as signed.

    marque-parcel 1
    <length of the manifest in bytes>
    <public key> <signature over the manifest>
    <manifest: canonical JSON with kind, body, and name, size and SHA-256 of every member>
    <the members' bytes, one after the other, nothing between or behind them>

There is nothing to unpack: no compression, no paths, no nesting. Whoever reads it compares lengths and digests before
a single member is looked at.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from Crypto.PublicKey import ECC

from marque.digest import canonical_json, sha256, sha256_stream
from marque.errors import InputRefused, StoreFailure, WrongUsage
from marque.evidence import signing

MAGIC = b"marque-parcel 1\n"
_LONGEST_LINE, _LARGEST_MANIFEST = 1_000, 64 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A part of a parcel: its name, where its bytes begin in the file, how many they are, their SHA-256."""

    name: str
    start: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """An opened parcel whose signature and digests are sound. `key` is the signer's public key."""

    path: Path
    key: str
    body: Mapping[str, Any]
    members: Mapping[str, Member]

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises InputRefused where there is none, or where the file changed since it was opened."""
        member = self.members.get(name)
        if member is None:
            raise InputRefused("evidence.parcel-damaged", path=str(self.path))
        with self.path.open("rb") as stream:
            stream.seek(member.start)
            data = stream.read(member.size)
        if sha256(data) != member.digest:
            raise InputRefused("evidence.parcel-damaged", path=str(self.path))
        return data


def write(
    path: Path, kind: str, body: Mapping[str, object], members: Iterable[tuple[str, bytes]], key: ECC.EccKey
) -> None:
    """Write a parcel beside its place, sync it and rename it there. Members are held in memory one at a time.

    Only a parcel of the same kind is written over. Raises StoreFailure where the disk refuses.
    """
    aside, contents = path.with_name(path.name + ".part"), path.with_name(path.name + ".members")
    with written(path):
        if path.exists() and not _of_kind(path, kind):
            raise WrongUsage("evidence.output-exists", path=str(path))
    with written(path, aside, contents):
        with contents.open("w+b") as held, aside.open("wb") as stream:
            listed = list(_kept(held, members))
            manifest = canonical_json({"kind": kind, "body": body, "members": listed})
            signature = signing.sign(key, f"parcel {kind}", manifest)
            stream.write(MAGIC + f"{len(manifest)}\n{signing.public(key)} {signature}\n".encode() + manifest)
            held.seek(0)
            while chunk := held.read(1 << 20):
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        aside.rename(path)


@contextmanager
def written(path: Path, *rests: Path) -> Iterator[None]:
    """Write a file by way of others: none of them is left. Raises StoreFailure where the disk refuses one."""
    try:
        yield
    except OSError as reason:
        if reason.filename not in {None, *map(str, (path, *rests))}:
            raise
        why = reason.strerror or type(reason).__name__
        raise StoreFailure("evidence.output-unwritable", path=str(path), reason=why) from reason
    finally:
        for rest in rests:
            with suppress(OSError):
                rest.unlink()


def _of_kind(path: Path, kind: str) -> bool:
    """Whether a parcel of that kind begins here."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        try:
            return stream.read(len(MAGIC)) == MAGIC and _manifest(stream, kind)[1]["kind"] == kind
        except (ValueError, KeyError, TypeError, RecursionError):
            return False


def _kept(held: BinaryIO, members: Iterable[tuple[str, bytes]]) -> Iterator[dict[str, object]]:
    for name, data in members:
        held.write(data)
        yield {"name": name, "size": len(data), "sha256": sha256(data)}


def read(path: Path, kind: str) -> Parcel:
    """Open a parcel of one kind. Raises InputRefused unless the whole file is what its signer signed."""
    if not path.is_file():
        raise WrongUsage("evidence.parcel-missing", path=str(path))
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            raise InputRefused("evidence.parcel-foreign", path=str(path))
        try:
            key, manifest = _manifest(stream, kind)
            members = tuple(_listed(manifest["members"], stream.tell()))
            body = manifest["body"]
            sound = manifest["kind"] == kind and isinstance(body, dict) and _whole(stream, members)
        except (ValueError, KeyError, TypeError, RecursionError) as reason:
            raise InputRefused("evidence.parcel-damaged", path=str(path)) from reason
    if not sound:
        raise InputRefused("evidence.parcel-damaged", path=str(path))
    return Parcel(path, key, body, {member.name: member for member in members})


def _manifest(stream: BinaryIO, kind: str) -> tuple[str, dict[str, Any]]:
    length = _number(stream.readline(_LONGEST_LINE))
    key, signature = stream.readline(_LONGEST_LINE).decode("ascii").removesuffix("\n").split(" ")
    written = stream.read(length)
    manifest = json.loads(written)
    # Signed is what is read: the one canonical form, so that no second reading of the same bytes exists.
    if not signing.verifies(key, signature, f"parcel {kind}", written) or canonical_json(manifest) != written:
        raise ValueError(kind)
    return key, manifest


def _number(line: bytes) -> int:
    """The length as it was written: a zero before it, or another sign, is another file and nobody's."""
    number = int(line[:10])
    if line != b"%d\n" % number or not 0 <= number <= _LARGEST_MANIFEST:
        raise ValueError(line)
    return number


def _listed(members: list[dict[str, Any]], start: int) -> Iterator[Member]:
    names: set[str] = set()
    for member in members:
        name, size, digest = member["name"], member["size"], member["sha256"]
        known = isinstance(name, str) and isinstance(digest, str) and isinstance(size, int) and size >= 0
        if not known or name in names or len(member) != 3:
            raise ValueError(name)
        names.add(name)
        yield Member(name, start, size, digest)
        start += size


def _whole(stream: BinaryIO, members: tuple[Member, ...]) -> bool:
    """Whether the file ends where its last member ends, and every member has its digest."""
    here = stream.tell()
    size = os.fstat(stream.fileno()).st_size
    if size != here + sum(member.size for member in members):
        return False
    return all(sha256_stream(_Part(stream, member.size))[0] == member.digest for member in members)


class _Part:
    """So many bytes of a stream and no more."""

    def __init__(self, stream: BinaryIO, left: int) -> None:
        self._stream, self._left = stream, left

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(data)
        return data

"""One object file of the vault: a header line that names the format, then the sealed bytes as they came.

`marque-object 1` means that the content follows unchanged. Another number is for content that is stored otherwise
(encrypted, say), so that a reader never mistakes one for the other.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from marque.digest import CHUNK
from marque.errors import InputRefused, StoreDamaged
from marque.evidence.events import Stored
from marque.evidence.files import Files, regular

HEADER = b"marque-object 1\n"


def write(files: Files, path: Path, source: Iterable[bytes], kind: str) -> Stored:
    """A new object file with everything `source` gives: written, synced and closed to writing.

    A source that cannot be read is a refused input, not a failed store; nothing of it stays.
    """
    first, second, length = hashlib.sha256(), hashlib.sha512(), 0
    file = files.create(path)
    try:
        files.write(file, HEADER, path)
        for chunk in source:
            first.update(chunk)
            second.update(chunk)
            length += len(chunk)
            files.write(file, chunk, path)
        files.sync(file, path)
        files.seal(file, path)
    except OSError as reason:
        files.remove(path)
        raise InputRefused("evidence.source-unreadable", reason=reason.strerror or "") from reason
    finally:
        files.close(file)
    return Stored(kind, length, first.hexdigest(), second.hexdigest())


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Everything left in a stream, a piece at a time."""
    while chunk := stream.read(CHUNK):
        yield chunk


def measure(path: Path, kind: str = "") -> Stored:
    """Digests and length of what an object file holds; StoreDamaged where it is no object file."""
    try:
        with regular(path) as stream:
            if stream.read(len(HEADER)) != HEADER:
                raise StoreDamaged("evidence.object-header-damaged", path=str(path))
        return digests_of(path, len(HEADER), kind)
    except OSError as reason:
        raise StoreDamaged("evidence.object-unreadable", path=str(path), reason=reason.strerror or "") from reason


def digests_of(path: Path, skip: int, kind: str) -> Stored:
    """Digests and length of a file's bytes after the first `skip`."""
    first, second, length = hashlib.sha256(), hashlib.sha512(), 0
    with regular(path) as stream:
        stream.seek(skip)
        while chunk := stream.read(CHUNK):
            first.update(chunk)
            second.update(chunk)
            length += len(chunk)
    return Stored(kind, length, first.hexdigest(), second.hexdigest())


def content(path: Path, most: int) -> bytes:
    """The sealed bytes of a small object, at most `most` of them."""
    try:
        with regular(path) as stream:
            if stream.read(len(HEADER)) != HEADER:
                raise StoreDamaged("evidence.object-header-damaged", path=str(path))
            return stream.read(most)
    except OSError as reason:
        raise StoreDamaged("evidence.object-unreadable", path=str(path), reason=reason.strerror or "") from reason

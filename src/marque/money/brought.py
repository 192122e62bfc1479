"""Files that an operator brings: plain and of bounded size, else refused by name; and kept whole or not at all."""

import os
from pathlib import Path
from typing import BinaryIO

from marque.errors import InputRefused, WrongUsage
from marque.evidence.files import regular


def opened(path: Path, most: int) -> BinaryIO:
    """A plain file of at most `most` bytes, for reading. A pipe or a device would have no end."""
    try:
        stream = regular(path)
    except FileNotFoundError as reason:
        raise WrongUsage("money.no-such-file", path=str(path)) from reason
    except (OSError, ValueError) as reason:
        raise InputRefused("money.no-plain-file", path=str(path)) from reason
    if os.fstat(stream.fileno()).st_size > most:
        stream.close()
        raise InputRefused("money.file-too-large", path=str(path), limit=most >> 20)
    return stream


def whole(path: Path, most: int) -> bytes:
    """All bytes of such a file; one that grows while it is read is refused as too large."""
    with opened(path, most) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise InputRefused("money.file-too-large", path=str(path), limit=most >> 20)
    return data


def write(path: Path, data: bytes) -> None:
    """Keep bytes: written beside their place, made to last, and renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    with aside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    aside.rename(path)

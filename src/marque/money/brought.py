"""Files that an operator brings: plain, of bounded size, opened once. Anything else is refused by name."""

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

"""A checkpoint: origin, size and root of a log in three lines, ready to be signed as a note.

Kept outside the workspace it proves later that nothing logged until then was changed, cut or replaced. Kept inside
it proves only that the workspace agrees with itself.
"""

import base64
import binascii
from dataclasses import dataclass

from marque.errors import InputRefused

LARGEST = 65_536


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tree of `origin` had `size` leaves and this root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> bytes:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()


def parse(text: bytes) -> Checkpoint:
    """The checkpoint a file holds, exactly as written."""
    try:
        origin, size, root = text.decode("utf-8").removesuffix("\n").split("\n")
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except (ValueError, binascii.Error) as reason:
        raise InputRefused("evidence.checkpoint-unreadable") from reason
    if found.text() != text or not origin or found.size < 0 or len(found.root) != 32:
        raise InputRefused("evidence.checkpoint-unreadable")
    return found


def parse_note(text: bytes) -> Checkpoint:
    """The checkpoint of a file that may be signed. Signatures, after an empty line, are not looked at here."""
    body, signed, _ = text.partition(b"\n\n")
    return parse(body + b"\n" if signed else text)

"""Text that a page hides from a plain reading: Cloudflare's veiled e-mail, character references, base64 in scripts.

What is found in it carries the span of the raw text it was decoded from. One layer is undone, never two.
"""

import base64
import binascii
import html
from collections.abc import Callable, Iterator

from marque.signals.rows import Match, load

ROWS = load("derived")
_LONGEST = 8192  # no contact hides in more


def decoded(match: Match) -> Iterator[bytes]:
    """The hidden text of one match; nothing where it does not decode."""
    text = _DECODERS[match.row.vendor](match.groups[1] or b"")
    if text:
        yield text[:_LONGEST]


def _cloudflare(digits: bytes) -> bytes:
    """Hex; every byte is folded with the first."""
    try:
        key, *rest = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return b""
    return bytes(byte ^ key for byte in rest)


def _entities(text: bytes) -> bytes:
    """Character references; only where an address can have come of it."""
    plain = html.unescape(text[:_LONGEST].decode("utf-8", "replace")).encode("utf-8", "replace")
    return plain if b"@" in plain or b"/" in plain else b""


def _base64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


_DECODERS: dict[str, Callable[[bytes], bytes]] = {"cfemail": _cloudflare, "entities": _entities, "atob": _base64}

"""MIME transfer encodings undone (RFC 2045 section 6): base64 and quoted-printable, in bounded steps."""

import base64
import binascii
import re
from collections.abc import Iterator

from marque.evidence import limits

Faults = list[tuple[str, tuple[tuple[str, str], ...]]]
_OTHER = re.compile(rb"[^A-Za-z0-9+/=\s]")
_PLAIN = ("", "7bit", "8bit", "binary")


def undone(coding: str, chunks: Iterator[bytes], faults: Faults) -> Iterator[bytes]:
    """The bytes behind a transfer encoding; those of an unknown one as they are, which is named."""
    if coding == "base64":
        return _base64(chunks, faults)
    if coding == "quoted-printable":
        return _quoted(chunks)
    if coding not in _PLAIN:
        faults.append(("read.mhtml-encoding", (("encoding", coding[:40]),)))
    return chunks


def _base64(chunks: Iterator[bytes], faults: Faults) -> Iterator[bytes]:
    kept = b""
    for chunk in chunks:
        if _OTHER.search(chunk):
            faults.append(("read.mhtml-base64", ()))
            return
        data = kept + b"".join(chunk.split())
        whole = len(data) - len(data) % 4
        kept = data[whole:]
        try:
            yield base64.b64decode(data[:whole])
        except binascii.Error:
            faults.append(("read.mhtml-base64", ()))
            return
    if kept:
        faults.append(("read.mhtml-base64", ()))


def _quoted(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Only whole lines are undone, because a line may go on behind its end; one without end is cut."""
    kept = b""
    for chunk in chunks:
        data = kept + chunk
        at = data.rfind(b"\n") + 1
        if not at and len(data) > limits.CHUNK:
            at = len(data) - 3
        kept = data[at:]
        if at:
            yield binascii.a2b_qp(data[:at])
    if kept:
        yield binascii.a2b_qp(kept)

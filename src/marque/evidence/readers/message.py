"""The block of a record taken apart: the HTTP head, where there is one, and the body behind it."""

from collections.abc import Iterator
from itertools import chain

from marque.evidence import limits
from marque.evidence.http import head_end

_BEGINS = (b"HTTP/", b"ICY ", b":status")


def split(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes], str | None]:
    """The head with its empty line, the body, and a problem code. No head where the block does not begin like one."""
    first = next(chunks, b"")
    while len(first) < 8 and (data := next(chunks, None)):
        first += data
    if not first.startswith(_BEGINS):
        return b"", chain((first,), chunks) if first else chunks, "read.http-absent" if first else None
    return split_head(first, chunks)


def split_head(first: bytes, chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes], str | None]:
    """The head that begins with `first`, whatever its first line says."""
    while (end := head_end(first)) < 0 and len(first) <= limits.HEADER:
        data = next(chunks, None)
        if data is None:
            return first, chunks, None
        first += data
    if end < 0 or end > limits.HEADER:
        return b"", chain((first,), chunks), "read.http-header-long"
    rest = first[end:]
    return first[:end], chain((rest,), chunks) if rest else chunks, None

"""Gzip that is the same on every machine: stored blocks (RFC 1951, 3.2.4), no time stamp (RFC 1952).

Compressors differ between builds of zlib, so a compressed world would have other digests elsewhere. Every reader of
gzip reads stored blocks.
"""

import zlib

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_BLOCK = 0xFFFF


def gzip(data: bytes) -> bytes:
    """One gzip member."""
    blocks = [data[at : at + _BLOCK] for at in range(0, len(data), _BLOCK)] or [b""]
    out = bytearray(_HEADER)
    for at, block in enumerate(blocks, 1):
        size = len(block)
        out += bytes((at == len(blocks),)) + size.to_bytes(2, "little") + (size ^ _BLOCK).to_bytes(2, "little") + block
    out += zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return bytes(out)

"""What can be had of damaged compressed data. zlib gives nothing of a step that ends in damage, so steps shrink."""

import zlib

_STEPS = (512, 1)


def salvage(inflater: "zlib._Decompress", data: bytes) -> tuple[bytes, int]:
    """What can be had of `data` before the damage, and how many bytes of it that took."""
    kept, used = [], 0
    for step in _STEPS:
        while used < len(data):
            before = inflater.copy()
            try:
                kept.append(inflater.decompress(data[used : used + step]))
            except zlib.error:
                inflater = before
                break
            used += step
    return b"".join(kept), min(used, len(data))

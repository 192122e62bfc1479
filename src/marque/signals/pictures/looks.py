"""What a whole picture looks like: its PDQ hash, from pixels that a confined process decoded.

Near hashes mean pictures that look alike. Whoever copies a logo or places the same banner has the same hash.
"""

from functools import lru_cache

import numpy as np

from marque.errors import InputRefused
from marque.signals.pictures import pdq
from marque.signals.pictures.decoding.decoder import Decoder

_LEAST_QUALITY = 50  # the reference's own threshold: below it there is too little to see
_SMALLEST, _WIDEST = 24, 2048  # pixels
_LARGEST = 8 << 20  # bytes; no banner or logo has more


@lru_cache(maxsize=4096)
def hash_of(data: bytes) -> str | None:
    """64 hex digits; None for what is no picture, is too plain, or was refused."""
    if len(data) > _LARGEST:
        return None
    try:
        with Decoder() as decoder:
            width, height = decoder.size(data, "")
            if min(width, height) < _SMALLEST or max(width, height) > _WIDEST:
                return None
            grey = decoder.decode(data, "", width).grey
    except InputRefused:
        return None
    code, quality = pdq.of_luminance(grey.astype(np.float32))
    return pdq.hexadecimal(code) if quality >= _LEAST_QUALITY else None

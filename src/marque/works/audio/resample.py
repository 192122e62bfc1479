"""Sound that comes in blocks, at another rate; the same samples come out however it was cut into blocks."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from marque.works.audio.model import Floats

FINEST = 10_000  # rates are brought to a fraction no finer: an odd one is off by less than a thousandth of a percent
PIECE = 1 << 17  # samples that are resampled together, about


def resampled(blocks: Iterator[Floats], rate: int, wanted: int) -> Iterator[Floats]:
    """Blocks at the wanted rate."""
    from scipy.signal import firwin, resample_poly

    ratio = Fraction(wanted, rate).limit_denominator(FINEST)
    up, down = ratio.numerator, ratio.denominator
    if up == down:
        yield from blocks
        return
    half = 10 * max(up, down)
    shape = firwin(2 * half + 1, 1 / max(up, down), window=("kaiser", 5.0)).astype(np.float32)
    margin = -(-(half // up + 1) // down)  # in steps of `down` samples, so that pieces fall on whole samples of both
    piece = max(1, PIECE // down)
    held, before = np.zeros(0, np.float32), 0  # `before`: steps at the start of what is held that were given out
    for block in blocks:
        held = np.concatenate([held, block])
        while len(held) >= (before + piece + margin) * down:
            part = resample_poly(held[: (before + piece + margin) * down], up, down, window=shape)
            yield np.asarray(part[before * up : (before + piece) * up], np.float32)
            keep = min(margin, before + piece)
            held, before = held[(before + piece - keep) * down :], keep
    if len(held) > before * down:
        yield np.asarray(resample_poly(held, up, down, window=shape)[before * up :], np.float32)

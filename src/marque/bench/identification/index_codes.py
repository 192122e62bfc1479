"""Codes to fill an index with: even random bits, and bits that lean together as those of drawn pictures do.

The leaning ones are patches of strips drawn here, each changed in a tenth to three tenths of its bits, so that every
number of them keeps the crowded words of real ones. A master's pictures may crowd other words.
"""

from collections.abc import Iterator
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from marque.bench.identification.drawing import STYLES, episode
from marque.signals.pictures.pdq import BITS, Bytes
from marque.works import patches
from marque.works.strip import PIXELS, Strip

RANDOM, DRAWN = "random", "drawn"
_CHUNK = 1 << 16
_PANELS = 3  # of each style
_LEAST, _MOST = 0.1, 0.3  # share of bits changed


def codes(kind: str, count: int, seed: int) -> Bytes:
    """So many codes of one kind; the same for a seed."""
    rng = np.random.default_rng([seed, count])
    if kind == RANDOM:
        return rng.integers(0, 256, (count, BITS // 8), np.uint8)
    return np.concatenate([np.zeros((0, BITS // 8), np.uint8), *_varied(rng, count)])


def near(stored: Bytes, count: int, seed: int) -> Bytes:
    """Some of the stored codes, each with up to 31 bits changed."""
    rng = np.random.default_rng([seed, count, len(stored)])
    order = rng.random((count, BITS)).argsort(axis=1)
    flips = order < rng.integers(0, 32, (count, 1))
    return stored[rng.integers(0, len(stored), count)] ^ np.packbits(flips, axis=1)


def _varied(rng: np.random.Generator, count: int) -> Iterator[Bytes]:
    ancestors = _drawn()
    for at in range(0, count, _CHUNK):
        some = min(_CHUNK, count - at)
        share = rng.uniform(_LEAST, _MOST, (some, 1)).astype(np.float32)
        flips = np.packbits(rng.random((some, BITS), np.float32) < share, axis=1)
        yield ancestors[rng.integers(0, len(ancestors), some)] ^ flips


@cache
def _drawn() -> Bytes:
    found = [
        patches.find(Strip(_grey(episode(900, number, style, "en", _PANELS).pixels), ()), patches.KEPT)
        for number, style in enumerate(STYLES)
    ]
    return np.concatenate([part.codes for part in found])


def _grey(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if pixels.ndim == 3 else pixels
    height = max(1, round(grey.shape[0] * PIXELS / grey.shape[1]))
    return np.asarray(cv2.resize(grey, (PIXELS, height), interpolation=cv2.INTER_AREA), np.uint8)

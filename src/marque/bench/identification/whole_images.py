"""The peers: one hash a delivered picture, as hash databases hold them. PDQ within 31 bits, pHash within 8 of 64."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

import cv2
import numpy as np
from PIL import Image

from marque.bench.identification import asking
from marque.bench.identification.attacks import ATTACKS, Attack
from marque.bench.identification.drawing import Pixels, Source, resized
from marque.bench.model import Absent, Figure
from marque.signals.pictures import pdq

Hashed = list[int]
Named = Sequence[tuple[str, bool, Source, Callable[[], Source]]]
ROWS = ("sliced again", "quality 20", "half the size", "sides cut 4 %", "another language", "combined")


def peers(bench: str, works: Named) -> Iterator[Figure | Absent]:
    """Share of delivered slices whose nearest stored slice within the radius is of the right unit, a row an attack."""
    for name, radius, take in (("whole-image PDQ", 31, _pdq), ("imagehash pHash", 8, _phash)):
        try:
            stored = [(work, code) for work, known, source, _ in works if known for code in _slices(source, take)]
        except ImportError:
            yield Absent(bench, name, "imagehash")
            continue
        for attack in (attack for attack in ATTACKS if attack.name in ROWS):
            yield from _row(bench, name, attack, works, partial(_nearest, take, stored, radius))


def _row(
    bench: str, name: str, attack: Attack, works: Named, nearest: Callable[[Pixels], str | None]
) -> Iterator[Figure]:
    right = asked = wrong = false = unknown = 0
    for work, known, source, other in works:
        shown = attack.change(other() if attack.other else source)
        for said in (nearest(part) for part in _cut(shown, asking.FIRST, asking.HEIGHT)):
            right, wrong = right + (said == work), wrong + (known and said not in (None, work))
            asked, unknown, false = asked + known, unknown + (not known), false + (not known and said is not None)
    case = f"all, whole: {attack.name}"
    yield Figure(bench, name, case, "slices found", round(right / asked, 4), "share")
    yield Figure(bench, name, case, "wrong", wrong, f"of {asked}")
    yield Figure(bench, name, case, "false", false, f"of {unknown}")


def _nearest(take: Callable[[Pixels], int], stored: Sequence[tuple[str, int]], radius: int, part: Pixels) -> str | None:
    """The unit of the nearest stored slice, where it is near enough."""
    code = take(part)
    away, owner = min(((code ^ there).bit_count(), owner) for owner, there in stored)
    return owner if away <= radius else None


def _slices(source: Source, take: Callable[[Pixels], int]) -> Hashed:
    return [take(part) for part in _cut(source.pixels, asking.PUBLISHED, asking.PUBLISHED)]


def _cut(pixels: Pixels, first: int, height: int) -> list[Pixels]:
    stops = [0, *range(first, pixels.shape[0], height), pixels.shape[0]]
    return [pixels[a:b] for a, b in pairwise(stops) if b - a > 8]


def _pdq(pixels: Pixels) -> int:
    small = resized(pixels, 256, 256)
    code, _ = pdq.of_luminance(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32))
    return int.from_bytes(code.tobytes(), "big")


def _phash(pixels: Pixels) -> int:
    import imagehash

    bits = imagehash.phash(Image.fromarray(pixels)).hash
    return int.from_bytes(np.packbits(bits).tobytes(), "big")

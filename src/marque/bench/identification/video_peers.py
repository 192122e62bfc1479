"""Whole frames as a bag, as vPDQ compares them: one a second, PDQ, 80 % of the query's within 31 bits of the unit.

Our own implementation of the published idea, with our own PDQ. When a frame is shown, and in what order, is not asked.
"""

from pathlib import Path

import cv2
import numpy as np

from marque.bench.identification.video_material import decode
from marque.signals.pictures import pdq

NAME = "whole frames in a bag"
NEAR, QUALITY, SHARE = 31, 50, 0.8


def frames(path: Path, rate: float) -> pdq.Bytes:
    """Codes of one frame a second."""
    found = []
    step = max(1, round(rate))
    for number, picture in enumerate(decode(path)):
        if number % step == 0:
            grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
            code, quality = pdq.of_luminance(grey)
            if quality >= QUALITY:
                found.append(code)
    return np.array(found, np.uint8).reshape(-1, pdq.BITS // 8)


def matched(query: pdq.Bytes, units: list[pdq.Bytes]) -> list[int]:
    """Units in which so many of the query's frames are found."""
    found = []
    for number, unit in enumerate(units):
        apart = np.bitwise_count(query[:, None] ^ unit[None]).sum(axis=2)
        if len(query) and len(unit) and (apart.min(axis=1) <= NEAR).mean() >= SHARE:
            found.append(number)
    return found

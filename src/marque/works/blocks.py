"""Blocks: panels, and the parts of tall ones. A strip without gutters is one tall panel and is looked at in parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from marque.works.entries import Unit
from marque.works.strip import Rectangle

BLOCK = 960  # strip units
ENDS = 2  # blocks at either end of a unit that may be a title card or credits


@dataclass(frozen=True, slots=True)
class Block:
    """A panel or a part of one."""

    panel: int
    place: Rectangle


def blocks(unit: Unit) -> tuple[Block, ...]:
    """The blocks of a unit, in reading order."""
    found = []
    for outline in unit.panels:
        place = outline.place
        parts = max(1, round(place.h / BLOCK))
        stops = [place.y + place.h * part // parts for part in range(parts + 1)]
        found += [
            Block(outline.panel, Rectangle(place.x, top, place.w, bottom - top)) for top, bottom in pairwise(stops)
        ]
    return tuple(found)


def block_of(panel: npt.NDArray[np.int32], y: npt.NDArray[np.float32], found: Sequence[Block]) -> npt.NDArray[np.int64]:
    """The block each patch lies in: of its panel, the last that begins above it."""
    panels = np.array([block.panel for block in found])
    tops = np.array([block.place.y for block in found])
    number = np.zeros(len(y), np.int64)
    for one in np.unique(panel).tolist():  # panels beside each other do not begin below one another
        first, end = np.searchsorted(panels, [one, one + 1])
        here = panel == one
        number[here] = np.clip(first + np.searchsorted(tops[first:end], y[here], side="right") - 1, first, end - 1)
    return number

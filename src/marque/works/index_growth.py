"""How an index grows and shrinks without being made anew: new codes are a segment of their own, small ones are merged.

A segment is merged into the one before it while that one is not much larger; so a code is written again only a few
times (once for each doubling or two), and a search asks few segments. What is removed stays until its segment is
merged, or until half of the segment is gone; it is not found meanwhile.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from marque.signals.pictures.pdq import Bytes
from marque.works.index import WHOLE, Index
from marque.works.segments import segment, words
from marque.works.segments.segment import Segment
from marque.works.segments.tables import MOST

_MUCH = 4  # times: a larger neighbour is left alone

Sizes = npt.NDArray[np.uint32]


def empty() -> Index:
    """An index that holds nothing."""
    none = np.zeros(0, np.uint8)
    return Index((), none, none, none)


def added(index: Index, owners: Bytes, sizes: Sizes, codes: Bytes, columns: Mapping[str, npt.NDArray[Any]]) -> Index:
    """With runs of codes behind those held: `sizes` of each, `owners` of 32 bytes each. Every code has a whole vote."""
    made, starts = [], np.r_[0, np.cumsum(sizes, dtype=np.int64)]
    for first, stop in _portions(sizes):
        rows, runs = slice(int(starts[first]), int(starts[stop])), slice(first, stop)
        part = {name: column[rows] for name, column in columns.items()}
        made.append(segment.build(words.spread(codes[rows]), owners[runs], sizes[runs], part))
    votes = np.full(len(codes), WHOLE, np.uint8)
    return Index(
        (*index.segments, *made),
        np.concatenate([index.votes, votes]),
        np.concatenate([index.alive, np.ones(len(sizes), np.uint8)]),
        np.concatenate([index.rough, votes]),
    )


def _portions(sizes: Sizes) -> list[tuple[int, int]]:
    """Runs in portions that fit a segment each."""
    portions, first, held = [], 0, 0
    for number, size in enumerate(sizes.tolist()):
        if held + size > MOST:
            portions.append((first, number))
            first, held = number, 0
        held += size
    return [*portions, (first, len(sizes))] if len(sizes) else portions


def removed(index: Index, gone: npt.NDArray[np.bool_]) -> Index:
    """Without the runs that are gone: their codes keep their numbers and are not found."""
    return replace(index, alive=np.where(gone, 0, index.alive).astype(np.uint8))


def merged(index: Index) -> Index:
    """With small and half-empty segments made into larger ones. Codes keep their order, not their numbers."""
    ends = np.cumsum([len(part.sizes) for part in index.segments], dtype=np.int64)
    alive = [index.alive[end - len(part.sizes) : end] > 0 for part, end in zip(index.segments, ends, strict=True)]
    live = [int(part.sizes[held].sum()) for part, held in zip(index.segments, alive, strict=True)]
    kept, parts, runs = [], [], []
    for _, group in groupby(enumerate(_together(live)), key=lambda pair: pair[1]):
        numbers = [number for number, _ in group]
        mine, held = [index.segments[n] for n in numbers], [alive[n] for n in numbers]
        anew = len(mine) > 1 or sum(live[n] for n in numbers) * 2 < len(mine[0])
        rows = [
            np.repeat(flags if anew else np.ones_like(flags), part.sizes)
            for part, flags in zip(mine, held, strict=True)
        ]
        kept += rows
        parts.append(_joined(mine, held, rows) if anew else mine[0])
        runs += [flags[flags] if anew else flags for flags in held]
    still = np.concatenate([np.zeros(0, np.bool_), *kept])
    flags = np.concatenate([np.zeros(0, np.bool_), *runs]).astype(np.uint8)
    return Index(tuple(part for part in parts if len(part)), index.votes[still], flags, index.rough[still])


def _together(sizes: list[int]) -> list[int]:
    """For each segment the number of the one it is merged into: the last ones, while none before is much larger."""
    first, held = len(sizes) - 1, sizes[-1] if sizes else 0
    while first > 0 and sizes[first - 1] < _MUCH * held and sizes[first - 1] + held <= MOST:
        first -= 1
        held += sizes[first]
    return [min(number, first) for number in range(len(sizes))]


def _joined(parts: list[Segment], held: list[npt.NDArray[np.bool_]], rows: list[npt.NDArray[np.bool_]]) -> Segment:
    """One segment of what is alive in several."""
    both = list(zip(parts, rows, strict=True))
    lanes = np.concatenate([np.concatenate([part.front[row], part.back[row]], axis=1) for part, row in both])
    owners = np.concatenate([part.owners[flags] for part, flags in zip(parts, held, strict=True)])
    sizes = np.concatenate([part.sizes[flags] for part, flags in zip(parts, held, strict=True)])
    columns = {name: np.concatenate([part.columns[name][row] for part, row in both]) for name in parts[0].columns}
    return segment.build(lanes, owners, sizes, columns)

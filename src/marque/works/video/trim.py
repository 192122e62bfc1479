"""Bars around a picture are not the picture: letterbox, pillarbox, or a plain frame that somebody put around it.

A bar is plain and stays. A dark scene or a plain sky looks like one for a while; so what counts is how narrow the bars
ever are within some seconds. Bars with a logo or a blurred copy in them are no bars here; places within the frame are
found all the same.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from marque.works.video.model import Floats, Grey

AROUND = 12_000  # milliseconds before and after a frame that its bars must stay
_PLAIN = 4.0  # standard deviation of a plain row
_SAME = 8.0  # shades between rows of one bar
_MOST = 0.6  # of a side: a frame with less picture than the rest is plain altogether

Bars = tuple[int, int, int, int]  # rows above and below, columns left and right


@dataclass(frozen=True, slots=True)
class _Held:
    time: int
    grey: Grey
    bars: Bars | None


def trimmed(frames: Iterator[tuple[int, Grey]]) -> Iterator[tuple[int, Grey]]:
    """Frames without their bars; some seconds of them are held at a time."""
    held: deque[_Held] = deque()
    waiting = 0  # the first of those held that were not given yet
    for time, grey in frames:
        held.append(_Held(time, grey, bars(grey)))
        while held[waiting].time + AROUND < time:
            yield _without(held[waiting], held)
            waiting += 1
            while held[0].time + AROUND < held[waiting].time:
                held.popleft()
                waiting -= 1
    for number in range(waiting, len(held)):
        yield _without(held[number], held)


def bars(grey: Grey) -> Bars | None:
    """The bars of one frame as they seem; None where nothing is left between them."""
    upright, across = _edges(grey), (0, 0)
    if sum(upright) < _MOST * grey.shape[0]:
        across = _edges(grey[upright[0] : grey.shape[0] - upright[1]].T)
    if sum(upright) >= _MOST * grey.shape[0] or sum(across) >= _MOST * grey.shape[1]:
        return None
    return (*upright, *across)


def _edges(grey: Grey) -> tuple[int, int]:
    """Plain rows at the top and at the bottom."""
    rows = grey.astype(np.float32)
    plain, mean = rows.std(axis=1) <= _PLAIN, rows.mean(axis=1).astype(np.float64)
    return _run(plain, mean), _run(plain[::-1], mean[::-1])


def _run(plain: np.ndarray[tuple[int], np.dtype[np.bool_]], mean: Floats) -> int:
    other = ~(plain & (np.abs(mean - mean[0]) <= _SAME))
    return int(np.argmax(other)) if other.any() else len(plain)


def _without(frame: _Held, held: "deque[_Held]") -> tuple[int, Grey]:
    near = [
        each.bars
        for each in held
        if each.bars is not None and abs(each.time - frame.time) <= AROUND and each.grey.shape == frame.grey.shape
    ]
    if not near:
        return frame.time, frame.grey
    above, below, left, right = (min(column) for column in zip(*near, strict=True))
    rows, columns = frame.grey.shape
    # The row beside a bar is half bar.
    top, bottom = above + (above > 0), rows - below - (below > 0)
    return frame.time, frame.grey[top:bottom, left + (left > 0) : columns - right - (right > 0)]

"""Which frames of a film are kept: one a second, counted anew from every cut, so that a copy's fall on the same scenes.

Where a clip begins, or what was taken out before, moves frames that are counted from the beginning, but not cuts.
"""

import numpy as np
import numpy.typing as npt

from marque.works.video.decoding.messages import WIDTH

STEP = 75  # milliseconds between frames looked at: every film of 12 to 60 frames a second is looked at alike
EVERY = 1_000
SETTLED = 160  # after a cut: the encoder's first frames are its worst, and some fade
APART = 450  # between frames kept, at least
LATEST = 1_250  # and at most, however much flickers
_DIFFERENT = 0.35  # 1 - correlation of two frames looked at
_SUDDEN = 3.0  # times what the frames before differed
_USUAL = 0.02
_ROWS, _COLUMNS = 18, 32

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


class Choice:
    """Told of frame after frame, says which to keep."""

    def __init__(self) -> None:
        self._seen = self._next = self._last = -EVERY
        self._small: Floats | None = None
        self._usual = 0.0

    def looks(self, time: int) -> bool:
        """Whether the frame of this time is looked at at all."""
        return time >= self._seen + STEP

    def keeps(self, time: int, grey: Grey) -> bool:
        """Whether to keep a frame that is looked at."""
        self._seen = time
        if self._cut(grey):
            self._next = max(self._last + APART, min(time + SETTLED, self._last + LATEST))
        if time < self._next:
            return False
        self._last, self._next = time, time + EVERY
        return True

    def _cut(self, grey: Grey) -> bool:
        before, self._small = self._small, _small(grey)
        if before is None or before.shape != self._small.shape:
            return True  # a film begins like a scene
        apart = 1.0 - float((before * self._small).mean())
        sudden = apart > _DIFFERENT and apart > _SUDDEN * (self._usual + _USUAL)
        self._usual = 0.0 if sudden else max(apart, 0.7 * self._usual)
        return sudden


def _small(grey: Grey) -> Floats:
    """The frame on a few squares, without its brightness and contrast: neither makes a cut."""
    grey = grey[::2, ::2]  # enough to see a cut
    rows = np.linspace(0, grey.shape[0], min(_ROWS, grey.shape[0]) + 1).astype(np.intp)
    columns = np.linspace(0, grey.shape[1], min(_COLUMNS, grey.shape[1]) + 1).astype(np.intp)
    sums = np.add.reduceat(np.add.reduceat(grey.astype(np.float32), rows[:-1], axis=0), columns[:-1], axis=1)
    small = sums / (np.diff(rows)[:, None] * np.diff(columns)[None, :])
    small -= small.mean()
    return np.asarray(small / np.sqrt((small**2).mean() + 16.0), np.float32)


def size_of(width: int, height: int) -> tuple[int, int]:
    """Columns and rows that a frame of this size comes in."""
    columns = min(WIDTH, width)
    return columns, max(1, round(height * columns / width))

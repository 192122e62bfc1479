"""Sound as a picture: time across, pitch upwards, brightness relative to what is usual there.

Pitch is on a logarithmic axis, so that playing higher moves the picture and does not stretch it. Brightness is power
divided by its own average over some seconds at that pitch, so that neither volume nor an equaliser shows, and on a
logarithmic scale that presses down what is below the average, noise most of all.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RATE = 11_025
WINDOW, HOP = 2_048, 256  # samples: 186 ms and 23 ms
FRAMES = RATE / HOP  # a second
STEPS = 24  # of pitch in an octave
LOWEST, OCTAVES = 180.0, 4.5  # hertz: a telephone's band and half an octave more on either side
AVERAGE = 1.5 * FRAMES  # frames, standard deviation of the average over time
PRESSED = 0.5  # of the average: what is weaker shows hardly
AROUND = 0.5  # of the average of neighbouring pitches: where the sound has nothing, faint noise does not shine
FLOOR = 1e-4  # power below which nothing shows: about the last of 16 bits

_BATCH = 512


def picture(sound: Floats) -> Floats:
    """Brightness, frames x pitches. Frame k is centred on sample k x HOP."""
    from scipy.ndimage import gaussian_filter1d

    power = _power(sound)
    usual = gaussian_filter1d(power, AVERAGE, axis=0, mode="nearest")
    around = gaussian_filter1d(usual, STEPS / 2, axis=1, mode="nearest")
    return np.asarray(np.log1p(power / (PRESSED * (usual + AROUND * around + FLOOR))), np.float32)


def _power(sound: Floats) -> Floats:
    from scipy.fft import rfft

    padded = np.pad(sound.astype(np.float32), WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    shape = np.hanning(WINDOW).astype(np.float32)
    parts = []
    for at in range(0, len(frames), _BATCH):
        bands = rfft(frames[at : at + _BATCH] * shape, axis=1)
        parts.append((bands.real**2 + bands.imag**2) @ _bank())
    return np.concatenate(parts)


@lru_cache(maxsize=1)
def _bank() -> Floats:
    """From frequencies to pitches: overlapping triangles, never narrower than the transform resolves."""
    edges = LOWEST * 2 ** (np.arange(-1, int(STEPS * OCTAVES) + 1) / STEPS)
    below, middle, above = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    hertz = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    finest = RATE / WINDOW
    rising = 1 - (middle - hertz) / np.maximum(middle - below, finest)
    falling = 1 - (hertz - middle) / np.maximum(above - middle, finest)
    weight = np.maximum(0, np.minimum(rising, falling))
    return np.ascontiguousarray((weight / weight.sum(axis=1, keepdims=True)).T, np.float32)

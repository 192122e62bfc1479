"""Places that the sound itself chooses, and a code of what lies around each.

A place is a local maximum of brightness; it moves with the sound, wherever a clip begins and however high or fast it is
played. The patch around it, 2.4 seconds by two octaves, is transformed by cosines; a bit is the sign of a coefficient.
Coefficients even in both directions say only that a maximum is in the middle, and those constant in time say only
which instruments play: neither is used. The coarsest coefficients come first; they change least. Where most of them are
next to nothing (a steady tone, a sweep, clicks) anybody's would look the same, and no code is made.
"""

import numpy as np
import numpy.typing as npt

from marque.works.audio.model import CODE_BYTES, Codes
from marque.works.audio.spectrogram import FRAMES, HOP, RATE, STEPS, Floats, picture

SECONDS, HEIGHT = 2.4, 2.0  # of a patch: seconds, octaves
GRID = 32
MOST = 10  # codes a second

_SMOOTH = (3.0, 1.0)  # frames and pitches: standard deviation before maxima are looked for
_APART = (11, 5)  # frames and pitches: of the neighbourhood a maximum is the highest of
_BRIGHT = 0.2
_PLAIN = 0.6  # median size of the coefficients: tones have 0.0, clicks 0.3, sweeps 0.5, music 0.7 and more
_EDGE = 0.3  # of a patch's seconds that must lie to either side of a place

Places = npt.NDArray[np.float64]


def find(sound: Floats, first: int, last: int) -> Codes:
    """Codes whose place lies in frames `first` to `last` of the sound given. Times count from its beginning."""
    bright = picture(sound)
    time, pitch = _places(bright, first, last)
    waves = _waves(bright, time, pitch)
    rich = np.median(np.abs(waves), axis=1) >= _PLAIN
    time, pitch, codes = time[rich], pitch[rich], np.packbits(waves[rich] > 0, axis=1)
    seconds = (time * HOP / RATE).astype(np.float32)
    return Codes(len(sound) / RATE, seconds, (pitch * 12 / STEPS).astype(np.float32), codes)


def _places(bright: Floats, first: int, last: int) -> tuple[Places, Places]:
    """Frame and pitch of each place, to a fraction."""
    from scipy.ndimage import gaussian_filter, maximum_filter

    smooth = gaussian_filter(bright, _SMOOTH)
    margin, edge = int(HEIGHT * STEPS / 2), int(_EDGE * SECONDS * FRAMES)
    time, pitch = np.nonzero((smooth == maximum_filter(smooth, _APART)) & (smooth > _BRIGHT))
    inside = (pitch >= margin) & (pitch < bright.shape[1] - margin)
    inside &= (time >= max(first, edge)) & (time < min(last, len(bright) - edge))
    time, pitch = time[inside], pitch[inside]
    kept = _strongest(time // round(FRAMES), smooth[time, pitch])
    return _refined(smooth, time[kept], pitch[kept])


def _strongest(second: npt.NDArray[np.intp], strength: Floats) -> npt.NDArray[np.intp]:
    """At most MOST of each second."""
    order = np.lexsort((-strength, second))
    rank = np.arange(len(order)) - np.searchsorted(second[order], second[order])
    return np.sort(order[rank < MOST])


def _refined(smooth: Floats, time: npt.NDArray[np.intp], pitch: npt.NDArray[np.intp]) -> tuple[Places, Places]:
    """The top of the parabola through a maximum and its neighbours, along each axis."""
    frame, row = np.clip(time, 1, len(smooth) - 2), np.clip(pitch, 1, smooth.shape[1] - 2)
    here = smooth[frame, row].astype(np.float64)
    later = _top(smooth[frame - 1, row], here, smooth[frame + 1, row])
    higher = _top(smooth[frame, row - 1], here, smooth[frame, row + 1])
    return frame + later, row + higher


def _top(before: Floats, here: Places, after: Floats) -> Places:
    bend = before - 2 * here + after
    sharp = bend < -1e-9
    return np.clip(np.where(sharp, 0.5 * (before - after) / np.where(sharp, bend, -1.0), 0.0), -0.5, 0.5)


def _waves(bright: Floats, time: Places, pitch: Places) -> Places:
    """The chosen coefficients of each place's patch."""
    from scipy.ndimage import gaussian_filter, map_coordinates

    wide, high = SECONDS * FRAMES, HEIGHT * STEPS
    smooth = gaussian_filter(bright, (wide / GRID / 2, high / GRID / 2))
    step = (np.arange(GRID) + 0.5) / GRID - 0.5
    frames = np.broadcast_to((time[:, None] + step * wide)[:, :, None], (len(time), GRID, GRID))
    pitches = np.broadcast_to((pitch[:, None] + step * high)[:, None, :], (len(time), GRID, GRID))
    patch = map_coordinates(smooth, [frames.ravel(), pitches.ravel()], order=1, mode="nearest")
    waves = _COSINES @ patch.reshape(len(time), GRID, GRID).astype(np.float64) @ _COSINES.T
    return np.asarray(waves[:, _CHOSEN[0], _CHOSEN[1]], np.float64)


def _chosen() -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Which coefficients become bits, coarsest first; time counts double, for a change of tempo blurs its fine ones."""
    along, across = (part.ravel() for part in np.mgrid[1:GRID, 0:GRID])
    odd = (along % 2 == 1) | (across % 2 == 1)
    along, across = along[odd], across[odd]
    order = np.lexsort((across, along, 2 * along + across))[: CODE_BYTES * 8]
    return along[order].astype(np.intp), across[order].astype(np.intp)


_COSINES = np.cos(np.pi / GRID * np.arange(GRID)[:, None] * (np.arange(GRID)[None, :] + 0.5))
_CHOSEN = _chosen()

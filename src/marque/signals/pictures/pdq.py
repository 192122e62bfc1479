"""PDQ (Meta, 2019): 256 bits that say what a picture looks like at low frequencies, and how much there is to see.

Two ways to the same hash. `of_luminance` follows the reference step by step in single precision, for whole pictures.
`of_patches` is for the many small squares that identification works on: there the two box filters shrink to nothing,
so the hash is two matrix products, done on integers so that every machine gets the same bits. Equal hashes say that
two pictures look alike; they do not say that one was copied from the other.
"""

import cv2
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

BITS = 256
SIDE = 64  # what a picture is shrunk to
_TERMS = 16  # frequencies kept a side
_MEDIAN = BITS // 2 - 1  # the lower of the two middle values, as the reference's selection returns
_SMALLEST = 5  # the reference gives no hash below five pixels a side
_STEP_OF_CHANGE = (np.arange(256) * 100 // 255).astype(np.uint8)
_STEPS = 1 << 16  # cosines as whole numbers: products stay below 2**53, so double precision adds them exactly


def of_rgb(pixels: Bytes) -> tuple[Bytes, int]:
    """Hash (32 bytes) and quality (0 to 100) of a picture of rows x columns x 3."""
    weights = np.array([0.299, 0.587, 0.114], np.float32)
    red, green, blue = (pixels[:, :, channel].astype(np.float32) for channel in range(3))
    return of_luminance(weights[0] * red + weights[1] * green + weights[2] * blue)


def of_luminance(luminance: Floats) -> tuple[Bytes, int]:
    """Hash and quality of luminance values 0 to 255."""
    if min(luminance.shape) < _SMALLEST:
        return np.zeros(BITS // 8, np.uint8), 0
    small = _shrink(luminance.astype(np.float32))
    matrix = _cosines().astype(np.float32)
    return _threshold((matrix @ small @ matrix.T)[None])[0], int(_quality(small[None])[0])


def of_patches(patches: Bytes) -> tuple[Bytes, Bytes, npt.NDArray[np.int64]]:
    """Hashes, hashes of the patches turned upside down, and qualities of n x 64 x 64 patches.

    A mirrored picture's keypoint looks along the mirrored angle, so its upright patch is ours upside down; that only
    changes the sign of every second row of the transform, which makes the second hash nearly free.
    """
    matrix = np.rint(_cosines() * _STEPS)
    spectrum = matrix @ patches.astype(np.float64) @ matrix.T
    turned = spectrum * np.where(np.arange(_TERMS) % 2 == 0, -1.0, 1.0)[None, :, None]
    return _threshold(spectrum), _threshold(turned), _quality_of_bytes(patches)


def inverse(codes: Bytes) -> Bytes:
    """From the hashes of upright patches of a negative, nearly those of the picture.

    Light becomes dark, so a keypoint looks the other way and its patch is turned by half a circle too. Both change
    signs of the transform only; a bit whose term lies between nothing and the median, a few in 256, comes out wrong.
    """
    places = np.arange(_TERMS)
    changed = (places[:, None] + places[None, :]) % 2 == 0
    return codes ^ np.packbits(changed.reshape(-1)[::-1])


def hexadecimal(code: Bytes) -> str:
    """A hash as 64 hex digits, in the order other tools print it."""
    return code.tobytes().hex()


def distance(one: Bytes, other: Bytes) -> int:
    """How many of the 256 bits differ."""
    return int(np.bitwise_count(one ^ other).sum())


def _cosines() -> npt.NDArray[np.float64]:
    frequency, place = np.arange(1, _TERMS + 1)[:, None], np.arange(SIDE)[None, :]
    return np.asarray(np.sqrt(2 / SIDE) * np.cos(np.pi / 2 / SIDE * frequency * (2 * place + 1)))


def _threshold(spectrum: npt.NDArray[np.floating]) -> Bytes:
    flat = spectrum.reshape(-1, BITS)
    median = np.partition(flat, _MEDIAN, axis=1)[:, _MEDIAN : _MEDIAN + 1]
    return np.packbits((flat > median)[:, ::-1], axis=1)  # the last place first, as the reference prints it


def _quality(small: Floats) -> npt.NDArray[np.int64]:
    """How much the picture changes from one of the 64 x 64 places to the next, capped at 100."""
    down = ((small[:, :-1] - small[:, 1:]) * np.float32(100) / np.float32(255)).astype(np.int64)
    across = ((small[:, :, :-1] - small[:, :, 1:]) * np.float32(100) / np.float32(255)).astype(np.int64)
    total = np.abs(down).sum(axis=(1, 2)) + np.abs(across).sum(axis=(1, 2))
    return np.asarray(np.minimum(total // 90, 100), np.int64)


def _quality_of_bytes(small: Bytes) -> npt.NDArray[np.int64]:
    """The same as `_quality`, by a table of all possible changes."""
    flat = np.ascontiguousarray(small).reshape(len(small), SIDE * SIDE)
    if not len(flat):
        return np.zeros(0, np.int64)
    down = cv2.LUT(cv2.absdiff(flat[:, SIDE:], flat[:, :-SIDE]), _STEP_OF_CHANGE)
    across = cv2.LUT(cv2.absdiff(flat[:, 1:], flat[:, :-1]), _STEP_OF_CHANGE)
    across[:, SIDE - 1 :: SIDE] = 0  # from the end of a row to the start of the next is no neighbour
    total = sum(
        cv2.reduce(steps, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0].astype(np.int64) for steps in (down, across)
    )
    return np.asarray(np.minimum(total // 90, 100), np.int64)


def _shrink(luminance: Floats) -> Floats:
    """Two passes of box filters along each side (Jarosz), then every 64th place."""
    rows, columns = luminance.shape
    along, down = _window(columns), _window(rows)
    for _ in range(2):
        luminance = _box(luminance.T, along).T
        luminance = _box(luminance, down)
    take_rows = ((np.arange(SIDE) + 0.5) * rows / SIDE).astype(np.intp)
    take_columns = ((np.arange(SIDE) + 0.5) * columns / SIDE).astype(np.intp)
    return np.ascontiguousarray(luminance[np.ix_(take_rows, take_columns)])


def _window(length: int) -> int:
    return (length + 2 * SIDE - 1) // (2 * SIDE)


def _box(values: Floats, window: int) -> Floats:
    """Running mean down the first axis, summed in the reference's order so that rounding agrees with it."""
    values = np.ascontiguousarray(values)
    length, half = values.shape[0], (window + 2) // 2
    out, total = np.empty_like(values), np.zeros(values.shape[1], np.float32)
    count = left = written = 0
    for right in range(length + half - 1):
        if right < length:
            total = total + values[right]
            count += 1
        if right >= window or right >= length:
            total = total - values[left]
            left, count = left + 1, count - 1
        if right >= half - 1:
            out[written] = total / np.float32(count)
            written += 1
    return out

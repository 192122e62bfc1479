"""Encoded pictures to grey pixels, one way for catalogue and query alike. Every picture is hostile until decoded.

What a file costs is read from its header before a pixel is decoded. Only the first frame of an animation is looked at.
A picture that cannot be read whole is refused by name: half a picture is never passed off as one.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, JpegImagePlugin, UnidentifiedImageError

from marque.errors import InputRefused

Grey = npt.NDArray[np.uint8]

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")  # what readers' browsers show; nothing that runs a helper
MAX_BYTES = 64 << 20
MAX_PIXELS_JPEG = 64_000_000  # 720 x 65,535, the tallest, has 47 million; shrunk while decoding, it costs little
MAX_PIXELS = 20_000_000  # of all others, which must be unpacked whole: half a gigabyte at worst
MAX_SIDE = 65_535
MAX_COEFFICIENTS = 300 << 20  # bytes, of a progressive JPEG
MAX_FRAMES = 2_000

MAX_GREY = 90_000_000  # grey pixels given out: a picture of one column is not blown up to a width without end
PROBLEMS = ("works.image-too-large", "works.image-unknown", "works.image-damaged", "works.image-frames")

cv2.setNumThreads(1)  # the callers share the machine by captures; threads here would only fight


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture: its own size, and its grey pixels at the width asked for."""

    width: int
    height: int
    grey: Grey


def decode(data: bytes, name: str, width: int) -> Picture:
    """The picture in `data`, grey, `width` pixels wide. Raises InputRefused with the reason."""
    if len(data) > MAX_BYTES:
        raise InputRefused("works.image-too-large", file=name)
    with opened(data, name) as image:
        size = image.size
        if rows_of(size, width) * width > MAX_GREY:
            raise InputRefused("works.image-too-large", file=name)
        image.draft("L", (width, 1))  # a JPEG may come out at a half, a quarter or an eighth, never below `width`
        return Picture(size[0], size[1], _grey(image, size, width))


def size(data: bytes, name: str) -> tuple[int, int]:
    """Width and height as the header states them."""
    with opened(data, name) as image:
        return image.size


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Image.Image]:
    """The picture, its header read and found within limits; whatever fails while it is used is one refusal."""
    with _pillow(name):
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        _check(image, name)
        yield image


@contextmanager
def _pillow(name: str) -> Iterator[None]:
    """Pillow's many ways to fail, as one refusal that names the file and the kind of damage."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as reason:
        raise InputRefused("works.image-too-large", file=name) from reason
    except UnidentifiedImageError as reason:
        raise InputRefused("works.image-unknown", file=name) from reason
    except InputRefused:
        raise
    except Exception as reason:  # a dozen decoders raise what they like
        raise InputRefused("works.image-damaged", file=name) from reason


def _check(image: Image.Image, name: str) -> None:
    width, height = image.size
    most = MAX_PIXELS_JPEG if image.format == "JPEG" else MAX_PIXELS
    if width * height > most or max(width, height) > MAX_SIDE:
        raise InputRefused("works.image-too-large", file=name)
    if _coefficients(image) > MAX_COEFFICIENTS:
        raise InputRefused("works.image-too-large", file=name)
    # PNG, WebP and AVIF say so in their headers; for GIF the count would cost a walk through the file.
    if image.format != "GIF" and int(getattr(image, "n_frames", 1)) > MAX_FRAMES:
        raise InputRefused("works.image-frames", file=name)


def _coefficients(image: Image.Image) -> int:
    """Bytes a progressive JPEG takes while decoding, whatever size it is shrunk to: all its coefficients at once."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or "progressive" not in image.info:
        return 0
    sampled = [across * down for _, across, down, _ in image.layer]
    return 2 * image.width * image.height * sum(sampled) // max(1, *sampled)


def _grey(image: Image.Image, size: tuple[int, int], width: int) -> Grey:
    """Luma of the first frame at the width asked for; what is transparent lies on white."""
    if not image.has_transparency_data:
        return _resize(np.asarray(image.convert("L"), np.uint8), size, width)
    layered = image.convert("RGBA")
    luma = _resize(np.asarray(layered.convert("L"), np.uint8), size, width).astype(np.uint16)
    alpha = _resize(np.asarray(layered.getchannel("A"), np.uint8), size, width).astype(np.uint16)
    return ((luma * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def rows_of(size: tuple[int, int], width: int) -> int:
    """How many rows a picture of this size has when it is made so wide."""
    return max(1, round(size[1] * width / size[0]))


def _resize(pixels: Grey, size: tuple[int, int], width: int) -> Grey:
    height = rows_of(size, width)
    if pixels.shape == (height, width):
        return pixels
    shrinks = pixels.shape[1] > width
    resized = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return np.asarray(resized, np.uint8)

"""A picture, or a rectangle of it, as colour pixels for people to look at. Called where hostile bytes may be decoded.

A rectangle counts the picture's own pixels, as it is stored; so the camera's orientation is followed only where the
whole picture is asked for.
"""

import math

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from marque.errors import InputRefused
from marque.signals.pictures import images

Box = tuple[int, int, int, int]  # left, top, width, height
WIDEST, TALLEST = 1_600, 4_000


def draw(data: bytes, name: str, width: int, box: Box | None) -> tuple[tuple[int, int], npt.NDArray[np.uint8]]:
    """The picture's own size, and rows x columns x 3 of it, at most so wide. Raises InputRefused with the reason."""
    if len(data) > images.MAX_BYTES:
        raise InputRefused("works.image-too-large", file=name)
    with images.opened(data, name) as image:
        size = image.size
        wanted = _inside(box, size) if box else (0, 0, *size)
        scale = min(1.0, min(width, WIDEST) / (wanted[2] - wanted[0]), TALLEST / (wanted[3] - wanted[1]))
        image.draft("RGB", (math.ceil(size[0] * scale), math.ceil(size[1] * scale)))
        stored = (image.size[0] / size[0], image.size[1] / size[1])
        picture = image if box else ImageOps.exif_transpose(image)
        if box:
            left, top, right, bottom = wanted
            picture = image.crop(
                (
                    math.floor(left * stored[0]),
                    math.floor(top * stored[1]),
                    max(math.ceil(right * stored[0]), math.floor(left * stored[0]) + 1),
                    max(math.ceil(bottom * stored[1]), math.floor(top * stored[1]) + 1),
                )
            )
        return size, _on_white(picture, min(width, WIDEST))


def _on_white(picture: Image.Image, width: int) -> npt.NDArray[np.uint8]:
    layered = picture.convert("RGBA")
    layered.thumbnail((width, TALLEST))
    ground = Image.new("RGB", layered.size, (255, 255, 255))
    ground.paste(layered, mask=layered.getchannel("A"))
    return np.asarray(ground, np.uint8)


def _inside(box: Box, size: tuple[int, int]) -> Box:
    left, top = min(max(box[0], 0), size[0] - 1), min(max(box[1], 0), size[1] - 1)
    right, bottom = min(max(box[0] + box[2], left + 1), size[0]), min(max(box[1] + box[3], top + 1), size[1])
    return left, top, right, bottom

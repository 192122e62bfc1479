"""Pictures out of captures, decoded within limits and drawn again: no captured byte reaches the browser as it was."""

import io
import os
from pathlib import Path

from PIL import Image, ImageOps

from marque.digest import sha256
from marque.errors import InputRefused
from marque.signals.pictures import images

Box = tuple[int, int, int, int]
WIDEST = 1600
_TALLEST = 4000


def draw(data: bytes, name: str, width: int, box: Box | None) -> bytes:
    """A PNG of a picture, or of one rectangle of it, at most so wide. Raises InputRefused for what cannot be drawn."""
    images.size(data, name)  # refuses by the header, before a pixel is decoded
    try:
        with Image.open(io.BytesIO(data), formats=images.FORMATS) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, TypeError, IndexError, OverflowError, MemoryError) as reason:
        raise InputRefused("works.image-damaged", file=name) from reason
    if box is not None:
        picture = picture.crop(_inside(box, picture.size))
    picture.thumbnail((min(width, WIDEST), _TALLEST))
    ground = Image.new("RGB", picture.size, (255, 255, 255))
    ground.paste(picture, mask=picture.getchannel("A"))
    out = io.BytesIO()
    ground.save(out, "PNG")
    return out.getvalue()


def _inside(box: Box, size: tuple[int, int]) -> Box:
    left, top = min(max(box[0], 0), size[0] - 1), min(max(box[1], 0), size[1] - 1)
    right, bottom = min(max(box[0] + box[2], left + 1), size[0]), min(max(box[1] + box[3], top + 1), size[1])
    return left, top, right, bottom


def kept(cache: Path, key: str) -> bytes | None:
    """A picture drawn before."""
    place = cache / sha256(key.encode())
    return place.read_bytes() if place.exists() else None


def keep(cache: Path, key: str, data: bytes) -> None:
    """Keep a drawn picture. The folder can be deleted and loses nothing; a full disk only makes it slower."""
    place = cache / sha256(key.encode())
    aside = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.rename(place)
    except OSError:
        aside.unlink(missing_ok=True)

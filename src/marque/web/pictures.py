"""Pictures out of captures, decoded in a confined process and drawn again: no captured byte reaches the browser."""

import io
import os
from pathlib import Path

from PIL import Image

from marque.digest import sha256
from marque.signals.pictures.decoding.decoder import Decoder
from marque.signals.pictures.drawing import WIDEST, Box


def draw(data: bytes, name: str, width: int, box: Box | None) -> bytes:
    """A PNG of a picture, or of one rectangle of it, at most so wide. Raises InputRefused for what cannot be drawn."""
    with Decoder() as decoder:
        pixels = decoder.draw(data, name, min(width, WIDEST), box)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


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

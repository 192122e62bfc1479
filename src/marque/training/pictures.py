"""Small pictures that pages embed: favicons, and the banners that gambling houses hand to the sites they pay."""

import io
import struct
import zlib
from functools import cache

from PIL import Image, ImageDraw

from marque.training.dice import Dice
from marque.training.strips.lettering import font

_CHUNK = 0xFFFF


def stored(image: Image.Image) -> bytes:
    """A PNG whose rows are stored, not compressed: the same bytes whatever zlib a machine has."""
    width, height = image.size
    rows = b"".join(b"\x00" + image.crop((0, y, width, y + 1)).tobytes() for y in range(height))
    pieces = [rows[at : at + _CHUNK] for at in range(0, len(rows), _CHUNK)]
    body = b"".join(
        bytes((at == len(pieces),)) + struct.pack("<HH", len(piece), len(piece) ^ _CHUNK) + piece
        for at, piece in enumerate(pieces, 1)
    )
    data = b"\x78\x01" + body + struct.pack(">I", zlib.adler32(rows))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _part(b"IHDR", head) + _part(b"IDAT", data) + _part(b"IEND", b"")


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def favicon(name: str) -> bytes:
    """An icon of an owner's own: coloured squares, mirrored, in an ICO that holds one PNG."""
    dice = Dice("favicon", name)
    image = Image.new("RGB", (32, 32), (dice.below(256), dice.below(256), dice.below(256)))
    draw, tone = ImageDraw.Draw(image), (dice.below(256), dice.below(256), dice.below(256))
    for x in range(0, 16, 4):
        for y in range(0, 32, 4):
            if dice.chance(50):
                draw.rectangle((x, y, x + 3, y + 3), fill=tone)
                draw.rectangle((28 - x, y, 31 - x, y + 3), fill=tone)
    data = stored(image)
    return struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 32, 32, 0, 0, 1, 24, len(data), 22) + data


@cache
def banner(landing: str) -> bytes:
    """A gambling banner: chips, stars and big letters. One picture per house, whoever shows it."""
    dice = Dice("banner", landing)
    dark, gold = (dice.below(90), dice.below(60), dice.below(120)), (240, 190 + dice.below(50), 60)
    image = Image.new("RGB", (468, 60), dark)
    draw = ImageDraw.Draw(image)
    for _ in range(26):
        x, y, r = dice.below(468), dice.below(60), dice.between(3, 14)
        draw.ellipse(
            (x - r, y - r, x + r, y + r),
            fill=(dice.below(256), dice.below(200), dice.below(120)),
            outline=gold,
            width=2,
        )
    draw.rectangle((90, 12, 378, 48), fill=dark, outline=gold, width=3)
    draw.text((104, 14), f"{landing.partition('.')[0].upper()} CASINO 300%", font=font("en", 22), fill=gold)
    out = io.BytesIO()
    out.write(stored(image))
    return out.getvalue()

"""Pictures made to cost much, made by little: each a few bytes to a few megabytes."""

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image

Code = str | None  # the problem each is named by; None where it is read, at a bounded price

NOISE = np.random.default_rng(3).integers(0, 256, (300, 400, 3)).astype(np.uint8)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * (min(width, 999) + 1) * min(height, 999))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zeros(megabytes: int) -> bytes:
    """As many megabytes of nothing, deflated."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(megabytes)), packer.flush()])


def saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(NOISE).save(out, kind, **options)
    return out.getvalue()


def jpeg_header(side: int) -> bytes:
    data = saved("JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", side, side) + data[at + 4 :]


def gif_header(side: int) -> bytes:
    data = saved("GIF")
    frame = data.index(b"\x2c\0\0\0\0") + 5
    wide = struct.pack("<HH", side, side)
    return data[:6] + wide + data[10:frame] + wide + data[frame + 4 :]


def gif_frames(count: int) -> bytes:
    data = saved("GIF")
    frame = b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c\0\0\0\0\1\0\1\0\0" + b"\2\2\x44\1\0"
    return data[:-1] + frame * count + b"\x3b"


def webp_header(side: int) -> bytes:
    size = (side - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size + size + saved("WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_frames(count: int) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "WEBP", lossless=True)
    still = picture.getvalue()[12:]
    frame = b"\0" * 6 + (7).to_bytes(3, "little") * 2 + b"\1\0\0\0" + still
    canvas = (299).to_bytes(3, "little") * 2
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\2\0\0\0" + canvas + b"ANIM" + struct.pack("<IIH", 6, 0, 0)
    body += (b"ANMF" + struct.pack("<I", len(frame)) + frame) * count
    return b"RIFF" + struct.pack("<I", len(body)) + body


def avif_header(side: int) -> bytes:
    data = saved("AVIF", speed=10)
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", side, side) + data[at + 8 :]


def tiff_header(side: int) -> bytes:
    tags = [(256, side), (257, side), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, side), (279, side * side)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value & 0xFFFFFFFF) for tag, value in tags)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + b"\0\0\0\0"


def scans(count: int, side: int = 7_900) -> bytes:
    """A progressive JPEG that goes over its 60 million coefficients again and again, at some bytes a time."""
    out = io.BytesIO()
    Image.new("L", (side, side), 90).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    last = data.rindex(b"\xff\xda")
    table = data.rindex(b"\xff\xc4", 0, last)
    return data[:-2] + data[table:-2] * count + b"\xff\xd9"


def bmp_runs(side: int) -> bytes:
    """Run-length coded: jumps of 255 rows, each a few bytes."""
    jumps = b"\0\2\xff\xff" * 2_000_000
    palette = b"\0\0\0\0" * 256
    start = 14 + 40 + len(palette)
    info = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 8, 1, len(jumps), 0, 0, 256, 0)
    return b"BM" + struct.pack("<IHHI", start + len(jumps), 0, 0, start) + info + palette + jumps


def ico(depth: int) -> bytes:
    """An icon in an icon in an icon."""
    data = png(16, 16)
    for _ in range(depth):
        data = struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(data), 22) + data
    return data


TOO_LARGE, UNKNOWN, DAMAGED = "works.image-too-large", "works.image-unknown", "works.image-damaged"
BOMBS: dict[str, tuple[Callable[[], bytes], Code]] = {
    "png-header": (lambda: png(65_000, 65_000), TOO_LARGE),
    "jpeg-header": (lambda: jpeg_header(65_000), TOO_LARGE),
    "gif-header": (lambda: gif_header(65_000), TOO_LARGE),
    "webp-header": (lambda: webp_header(65_000), TOO_LARGE),
    "avif-header": (lambda: avif_header(65_000), UNKNOWN),
    "tiff-header": (lambda: tiff_header(65_000), UNKNOWN),
    "one-column": (lambda: png(1, 65_000), TOO_LARGE),
    "png-ztxt": (lambda: png(400, 300, chunk(b"zTXt", b"Comment\0\0" + zeros(100))), DAMAGED),
    "png-iccp": (lambda: png(400, 300, chunk(b"iCCP", b"Colours\0\0" + zeros(100))), DAMAGED),
    "png-many-texts": (lambda: png(400, 300, *[chunk(b"zTXt", b"C\0\0" + zeros(1)[:-4])] * 5_000), DAMAGED),
    "apng": (lambda: png(400, 300, chunk(b"acTL", struct.pack(">II", 100_000, 0))), "works.image-frames"),
    "gif-frames": (lambda: gif_frames(100_000), None),
    "webp-frames": (lambda: webp_frames(20_000), "works.image-frames"),
    "jpeg-scans": (lambda: scans(20_000), "works.image-too-costly"),
    "bmp-runs": (lambda: bmp_runs(4_400), None),
    "ico": (lambda: ico(500), UNKNOWN),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", UNKNOWN),
    "jpeg-cut": (lambda: saved("JPEG")[:9_000], DAMAGED),
    "webp-cut": (lambda: saved("WEBP")[:9_000], DAMAGED),
    "avif-cut": (lambda: saved("AVIF", speed=10)[:2_000], UNKNOWN),
}

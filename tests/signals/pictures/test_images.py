"""Decoding: what a file costs is known before it is paid, and every refusal has a name."""

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from marque.errors import InputRefused
from marque.signals.pictures import images
from marque.words import known
from tests.works.drawing import encode

NOISE = np.random.default_rng(5).integers(0, 256, (500, 400, 3)).astype(np.uint8)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def animated(frames: int) -> bytes:
    control = chunk(b"acTL", struct.pack(">II", frames, 0))
    return png(8, 8, control, chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 8, 8, 0, 0, 1, 10, 0, 0)))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(lambda: png(50_000, 50_000), "works.image-too-large", id="50,000 x 50,000 in the header"),
        pytest.param(lambda: png(100_000, 600), "works.image-too-large", id="one side too long"),
        pytest.param(lambda: png(5_000, 5_000), "works.image-too-large", id="25 million pixels"),
        pytest.param(lambda: animated(100_000), "works.image-frames", id="100,000 frames"),
        pytest.param(lambda: encode(NOISE)[:20_000], "works.image-damaged", id="JPEG cut short"),
        pytest.param(lambda: encode(NOISE, kind="PNG")[:9_000], "works.image-damaged", id="PNG cut short"),
        pytest.param(lambda: encode(NOISE, kind="WEBP")[:9_000], "works.image-damaged", id="WebP cut short"),
        pytest.param(lambda: png(0, 10), "works.image-unknown", id="no width"),
        pytest.param(lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "works.image-unknown", id="SVG"),
        pytest.param(lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "works.image-unknown", id="EPS"),
        pytest.param(lambda: b"SIMPLE  =                    T" + b" " * 3000, "works.image-unknown", id="FITS"),
        pytest.param(lambda: b"", "works.image-unknown", id="empty"),
        pytest.param(lambda: b"\xff\xd8\xff", "works.image-unknown", id="only a signature"),
        pytest.param(lambda: b"\0" * (images.MAX_BYTES + 1), "works.image-too-large", id="too many bytes"),
    ],
)
def test_refuses_by_name(data: Callable[[], bytes], code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        images.decode(data(), "page/007.jpg", 360)
    assert (refused.value.code, refused.value.params["file"]) == (code, "page/007.jpg")
    assert known(code)


@pytest.mark.parametrize("cut", range(0, 3000, 97))
def test_any_cut_is_refused_or_harmless(cut: int) -> None:
    data = encode(NOISE[:60, :60], kind="PNG")[:cut]
    with pytest.raises(InputRefused):
        images.decode(data, "cut", 360)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"])
def test_reads_what_browsers_show_whatever_its_name(kind: str) -> None:
    picture = images.decode(encode(NOISE, kind=kind), "really.jpg", 360)
    assert (picture.width, picture.height, picture.grey.shape) == (400, 500, (450, 360))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_becomes_grey(mode: str) -> None:
    image = Image.new(mode, (400, 300), 0)
    out = io.BytesIO()
    image.save(out, "PNG")
    assert images.decode(out.getvalue(), "x", 360).grey.shape == (270, 360)


def test_what_is_transparent_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(out, "PNG")
    assert images.decode(out.getvalue(), "x", 360).grey.min() == 255


def test_a_jpeg_shrunk_while_decoding_is_the_same_picture() -> None:
    soft = np.asarray(Image.fromarray(NOISE[:9, :9]).resize((1440, 1440), Image.Resampling.BICUBIC), np.uint8)
    by_jpeg = images.decode(encode(soft, 95), "x", 360).grey.astype(int)
    by_png = images.decode(encode(soft, kind="PNG"), "x", 360).grey.astype(int)
    assert np.abs(by_jpeg - by_png).mean() < 1.5


def test_size_is_read_without_decoding() -> None:
    assert images.size(png(4_000, 3_000), "x") == (4_000, 3_000)

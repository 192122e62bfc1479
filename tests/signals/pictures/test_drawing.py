"""Pictures drawn for people: the right rectangle in colour, at most so wide, whatever numbers are asked for."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from marque.errors import InputRefused
from marque.signals.pictures import drawing
from marque.signals.pictures.decoding.decoder import Decoder


def quarters(kind: str = "PNG", side: int = 400, **how: object) -> bytes:
    """A picture of four colours: red, green, blue, white."""
    pixels = np.full((side, side, 3), 255, np.uint8)
    half = side // 2
    pixels[:half, :half], pixels[:half, half:], pixels[half:, :half] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **how)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize(
    ("box", "colour"),
    [
        pytest.param((0, 0, 200, 200), (255, 0, 0), id="first"),
        pytest.param((200, 0, 200, 200), (0, 255, 0), id="second"),
        pytest.param((0, 200, 200, 200), (0, 0, 255), id="third"),
        pytest.param((300, 300, 9_999, 9_999), (255, 255, 255), id="beyond the edge"),
    ],
)
def test_draws_the_rectangle_asked_for(kind: str, box: drawing.Box, colour: tuple[int, int, int]) -> None:
    size, pixels = drawing.draw(quarters(kind), "x", 100, box)
    assert size == (400, 400)
    inner = pixels[8:-8, 8:-8].reshape(-1, 3).astype(int)
    assert np.abs(inner - colour).max() <= 20
    assert pixels.shape[1] <= 100


@given(st.tuples(*[st.integers(-10, 2_000)] * 2, *[st.integers(1, 2_000)] * 2), st.integers(1, 3_000))
def test_any_numbers_give_a_picture_within_bounds(box: drawing.Box, width: int) -> None:
    _, pixels = drawing.draw(quarters(side=64), "x", width, box)
    assert 1 <= pixels.shape[1] <= min(width, drawing.WIDEST, 64)
    assert 1 <= pixels.shape[0] <= drawing.TALLEST
    assert pixels.shape[2] == 3


def test_a_tall_strip_is_drawn_whole_and_small() -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 20_000), (9, 9, 9)).save(out, "PNG")
    _, pixels = drawing.draw(out.getvalue(), "x", 1_000, None)
    assert pixels.shape[0] == drawing.TALLEST


def test_what_is_clear_lies_on_white_and_turned_pictures_stand_upright() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    assert drawing.draw(out.getvalue(), "x", 50, None)[1].min() == 255
    turned = Image.Exif()
    turned[0x0112] = 6
    data = quarters("JPEG", exif=turned)
    assert drawing.draw(data, "x", 100, None)[1][10, 90, 0] > 200  # red, once top left, is top right
    assert drawing.draw(data, "x", 100, (0, 0, 100, 100))[1][10, 10, 0] > 200  # rectangles count stored pixels


def test_the_confined_process_draws_the_same() -> None:
    for box in (None, (100, 100, 250, 200)):
        data = quarters("JPEG", quality=90)
        with Decoder() as decoder:
            assert np.array_equal(decoder.draw(data, "x", 150, box), drawing.draw(data, "x", 150, box)[1])
    with Decoder() as decoder, pytest.raises(InputRefused) as refused:
        decoder.draw(data[:900], "x", 150, None)
    assert refused.value.code == "works.image-damaged"

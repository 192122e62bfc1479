"""Small pictures are real PNG and ICO files, whatever compressor a machine has."""

import io

import pytest
from PIL import Image

from marque.training.pictures import banner, favicon, stored
from marque.training.signs import favicon_number


@pytest.mark.parametrize("size", [(1, 1), (32, 32), (300, 200)], ids=str)
def test_stored_pictures_come_back(size: tuple[int, int]) -> None:
    image = Image.effect_noise(size, 90).convert("RGB")
    assert Image.open(io.BytesIO(stored(image))).convert("RGB").tobytes() == image.tobytes()


def test_an_icon_is_an_icon_and_each_owner_has_one() -> None:
    assert Image.open(io.BytesIO(favicon("a"))).size == (32, 32)
    assert favicon_number(favicon("a")) == favicon_number(favicon("a")) != favicon_number(favicon("b"))


def test_a_house_has_one_banner_wherever_it_hangs() -> None:
    assert Image.open(io.BytesIO(banner("royalseven.example"))).size == (468, 60)
    assert banner("royalseven.example") != banner("goldcrane.example")

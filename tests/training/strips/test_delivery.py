"""Strips: drawn the same each time, other words in each language, cut as each site cuts."""

import io

import pytest
from PIL import Image, ImageChops

from marque.training.dice import Dice
from marque.training.library import works
from marque.training.strips.delivery import Cut, fill, panel

WHOLE = Cut(height=1 << 20)


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    orders = [("W-0001", "1", language, WHOLE) for language in ("ko", "es")]
    return {order[2]: slices[0].data for order, slices in fill("W-0001", "1", orders, Dice(5)).items()}


def test_the_same_dice_draw_the_same_panel() -> None:
    work = works()[0]
    assert panel(work, 3, Dice(5)).tobytes() == panel(work, 3, Dice(5)).tobytes()
    assert panel(work, 3, Dice(5)).tobytes() != panel(work, 3, Dice(6)).tobytes()


def test_only_balloons_differ_between_languages(drawn: dict[str, bytes]) -> None:
    korean, spanish = picture(drawn["ko"]), picture(drawn["es"])
    assert korean.size == spanish.size
    changed = ImageChops.difference(korean, spanish).convert("L").point(lambda value: 255 if value > 60 else 0)
    share = sum(1 for value in changed.tobytes() if value) / (changed.width * changed.height)
    assert 0.001 < share < 0.2


def test_slices_together_are_the_strip() -> None:
    orders = [("W-0002", "1", "ja", WHOLE), ("W-0002", "1", "ja", Cut(height=900, form="webp", width=480, mark="X"))]
    whole, cut = (fill("W-0002", "1", orders, Dice(5))[order] for order in orders)
    assert sum(piece.height for piece in cut) == whole[0].height * 480 // 720
    assert {piece.width for piece in cut} == {480}
    assert all(picture(piece.data).size == (piece.width, piece.height) for piece in cut)


def test_an_excerpt_has_fewer_panels() -> None:
    order = ("W-0003", "1", "en", Cut(height=1 << 20, only=(2,)))
    assert fill("W-0003", "1", [order], Dice(5))[order][0].height < 900

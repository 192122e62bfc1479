"""Patches: the picture chooses the same places however it was cut, and lettering and edges choose none."""

import numpy as np
import pytest

from marque.signals.pictures.images import decode
from marque.works import patches
from marque.works.patches import Patches
from marque.works.strip import PIXELS, WIDTH, Strip, columns_for, stitch
from tests.works import drawing
from tests.works.drawing import Pixels

EPISODE = drawing.episode(21, panels=3)


def strip_of(pictures: list[Pixels]) -> Strip:
    named = enumerate(drawing.encode(pixels, kind="PNG") for pixels in pictures)
    return stitch(((str(n), decode(data, str(n), PIXELS)) for n, data in named), "s")


def found_in(one: Patches, other: Patches) -> float:
    """Share of the first's patches that the second has within 31 bits."""
    away = np.bitwise_count(one.codes[:, None] ^ other.codes[None]).sum(axis=2)
    return float((away.min(axis=1) <= 31).mean())


WHOLE = patches.find(strip_of(drawing.slices(EPISODE)))


@pytest.mark.parametrize("height", [400, 1000, 5000])
def test_slicing_does_not_move_them(height: int) -> None:
    assert found_in(WHOLE, patches.find(strip_of(drawing.slices(EPISODE, height, 222)))) >= 0.9


def test_the_same_pixels_give_the_same_patches() -> None:
    again = patches.find(strip_of(drawing.slices(EPISODE)))
    assert WHOLE.x.tobytes() == again.x.tobytes()
    assert WHOLE.codes.tobytes() == again.codes.tobytes()


def test_a_mirrored_strip_has_the_mirrored_codes() -> None:
    turned = patches.find(strip_of([drawing.mirrored(part) for part in drawing.slices(EPISODE)]))
    away = np.bitwise_count(WHOLE.mirrored[:, None] ^ turned.codes[None]).sum(axis=2)
    assert (away.min(axis=1) <= 31).mean() >= 0.6


def test_other_lettering_keeps_most_of_them() -> None:
    assert found_in(WHOLE, patches.find(strip_of(drawing.slices(drawing.episode(21, 3, "ko"))))) >= 0.7


def test_they_are_few_in_order_and_inside() -> None:
    kept = patches.find(strip_of(drawing.slices(EPISODE)), patches.KEPT)
    for found, beyond in ((kept, 0.0), (WHOLE, patches.OVERHANG)):
        reach = found.size * patches.RADIUS * (1 - beyond)
        assert np.all(np.diff(found.y) >= 0)
        assert np.all(found.x >= reach - 1) and np.all(found.x <= WIDTH - reach + 1)
    assert len(kept) / 3 <= 30  # a panel as busy as these


def test_part_of_a_panel_shows_places_that_reach_beyond_it() -> None:
    """Most large places of a small part lie across its edge, and are still near what the whole has there."""
    found = patches.find(strip_of([EPISODE[300:800, 60:660]]))
    reach = found.size * patches.RADIUS
    across = (found.x < reach) | (found.x > WIDTH - reach) | (found.y < reach) | (found.y > 600 - reach)
    kept = patches.find(strip_of(drawing.slices(EPISODE)), patches.KEPT)
    away = np.bitwise_count(found.codes[:, None] ^ kept.codes[None]).sum(axis=2)
    assert across.sum() >= 5
    assert (away[across].min(axis=1) <= 64).sum() >= 3


@pytest.mark.parametrize(("levels", "many"), [(2, True), (4, True), (256, False)])
def test_art_of_a_few_greys_asks_more(levels: int, many: bool) -> None:
    light = [part.mean(axis=2, keepdims=True).repeat(3, axis=2) for part in drawing.slices(drawing.episode(21, 6))]
    greys = [np.asarray(part // (256 // levels) * (255 // (levels - 1)), np.uint8) for part in light]
    assert (len(patches.find(strip_of(greys))) > 300) == many


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_an_even_strip_has_none(shade: int) -> None:
    assert len(patches.find(strip_of([np.full((900, WIDTH, 3), shade, np.uint8)]))) == 0


def test_no_strip_has_none() -> None:
    assert len(patches.find(stitch([], "none"))) == 0


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 9, 17])
def test_a_sliver_is_no_trouble(rows: int) -> None:
    patches.find(strip_of([EPISODE[300 : 300 + 2 * rows]]))


def test_lettering_on_white_has_none() -> None:
    page = np.full((1000, WIDTH, 3), 255, np.uint8)
    rng = np.random.default_rng(1)
    for y in range(30, 960, 60):
        page[y : y + 16, 60:640] = np.repeat(rng.choice([0, 255], (8, 290)), 2, 0).repeat(2, 1)[:, :580, None]
    assert len(patches.find(strip_of([page]))) == 0


def test_a_panel_has_its_patches_whatever_stands_below() -> None:
    """Credits that two works share must have the same codes in both, or the votes do not know them."""
    both = [
        patches.find(strip_of(drawing.slices(np.concatenate([EPISODE, drawing.episode(seed, 1)[:rows]]))), patches.KEPT)
        for seed, rows in ((22, 301), (23, 402))
    ]
    kept = [found.codes[found.y < EPISODE.shape[0] - 300].tobytes() for found in both]
    assert kept[0] == kept[1] and kept[0]


def test_a_wide_picture_is_looked_at_twice_as_large() -> None:
    """A screen or a frame shows the strip small: its patches are those of the strip, some of them at least."""
    screen = np.full((720, 1280, 3), 90, np.uint8)
    screen[:, 400:880] = drawing.scaled(2 / 3)(EPISODE[200:1280])
    data = drawing.encode(screen, 90)
    found = {
        wide: patches.find(stitch([("s", decode(data, "s", wide))], "s")) for wide in (PIXELS, columns_for(1280, 720))
    }
    away = {
        wide: np.bitwise_count(one.codes[:, None] ^ WHOLE.codes[None]).sum(axis=2).min(axis=1, initial=256)
        for wide, one in found.items()
    }
    assert (away[2 * PIXELS] <= 31).sum() > (away[PIXELS] <= 31).sum()
    assert np.all(np.diff(found[2 * PIXELS].y) >= 0)

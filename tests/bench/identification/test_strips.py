"""The benchmark of strips: its material is what it says, and the frozen figures of a small run do not drop."""

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from marque.bench.identification import asking, excerpts, strips
from marque.bench.identification.attacks import ATTACKS, Attack
from marque.bench.identification.drawing import STYLES, Style, episode
from marque.bench.model import Figure
from marque.training.dice import Dice

FROZEN = json.loads(files("marque.bench.identification").joinpath("frozen", "strips.json").read_text("utf-8"))
COMIC = Path(__file__).parents[3] / ".." / "shared" / "data" / "images" / "comic" / "strips"


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_languages_share_pictures_and_panels(style: Style) -> None:
    one, other = (episode(3, 0, style, language, 2) for language in ("en", "ko"))
    assert one.panels == other.panels
    assert one.pixels.shape == other.pixels.shape
    differing = (one.pixels != other.pixels).any(axis=2).mean()
    assert 0 < differing < 0.25


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attacks_give_pictures_that_can_be_pressed(attack: Attack) -> None:
    source = episode(4, 0, STYLES[0], "en", 2)
    pixels = attack.change(source)
    assert pixels.dtype == np.uint8 and pixels.shape[2] == 3 and pixels.shape[0] > 300
    assert all(data.startswith(b"\xff\xd8") for data in asking.pressed(pixels, 50))


def test_a_fragment_is_rows_of_the_unit() -> None:
    source = episode(5, 0, STYLES[1], "en")
    part = excerpts.fragment(source, Dice("fragment"))
    assert 4 <= len(part.bands) <= 8
    top, bottom = part.bands[-1]
    shown = part.pixels[top:bottom]
    assert any(np.array_equal(source.pixels[a:b], shown) for a, b in source.bands)


@pytest.mark.slow
def test_frozen_figures_do_not_drop() -> None:
    small = FROZEN["small"]
    rows = strips.run(small["seed"], small["works"], small["attacks"], beside=False)
    found = {f"{row.case}: {row.metric}": row.value for row in rows if isinstance(row, Figure)}
    for name, least in small["at_least"].items():
        assert found[name] >= least, name
    for name, value in found.items():
        if name.endswith((": wrong", ": false matches", ": false unsure")):
            assert value == 0, name


@pytest.mark.realdata
@pytest.mark.slow
@pytest.mark.skipif(not COMIC.exists(), reason="no shared data")
def test_real_strips_are_found_in_other_languages() -> None:
    rows = list(strips.run(attacks=("combined", "another language"), folder=COMIC, beside=False))
    found = {f"{row.case}: {row.metric}": row.value for row in rows if isinstance(row, Figure)}
    assert found["real, whole: another language: units named"] == 1
    assert found["real, whole: combined: units named"] == 1
    assert found["unknown works: false matches"] == 0

"""Pieces: the query rectangle shows what the catalogue rectangle shows, also mirrored and across slices."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from marque.works import unit
from marque.works.identify import identify
from marque.works.pieces import Piece, pieces
from marque.works.reference import Reference
from tests.works import drawing
from tests.works.drawing import Attack, Pixels
from tests.works.test_identify import query

EPISODE = drawing.episode(1)


def found(folder: Path, slices: list[Pixels], reference: Reference, *, mirrored: bool = False) -> list[Piece]:
    asked = query(folder, slices)
    (candidate,) = identify(asked, reference, mirrored=mirrored)
    return pieces(candidate, asked, reference.units[candidate.unit].panels)


def shown(place: tuple[int, int, int, int], pixels: Pixels) -> Pixels:
    """The part of a picture, at a size that can be compared."""
    x, y, w, h = place
    part = drawing.grey(pixels)[y : y + h, x : x + w]
    return np.asarray(Image.fromarray(part).resize((24, 24)), np.uint8)


@pytest.mark.parametrize(
    ("attack", "mirrored"),
    [
        pytest.param(lambda pixels: pixels, False, id="as it is"),
        pytest.param(drawing.scaled(0.5), False, id="half the size"),
        pytest.param(drawing.sides_cut(0.04), False, id="sides cut"),
        pytest.param(drawing.mirrored, True, id="mirrored"),
    ],
)
def test_both_rectangles_show_the_same(tmp_path: Path, reference: Reference, attack: Attack, mirrored: bool) -> None:
    slices = [attack(part) for part in drawing.slices(EPISODE, 1100, 700)]
    rows = found(tmp_path / "q", slices, reference, mirrored=mirrored)
    panels = reference.units[0].panels
    assert {piece.panel for piece in rows} >= {0, 1, 2}
    good = 0
    for piece in rows:
        corner, there, here = panels[piece.panel].place, piece.catalogue, piece.query
        original = shown((corner.x + there.x, corner.y + there.y, there.w, there.h), EPISODE)
        copy = shown((here.x, here.y, here.w, here.h), slices[int(Path(piece.name).stem)])
        copy = copy[:, ::-1] if mirrored else copy
        good += np.corrcoef(original.ravel(), copy.ravel())[0, 1] > 0.7
    assert good >= 0.8 * len(rows)


def test_rectangles_lie_on_picture_and_panel(tmp_path: Path, reference: Reference) -> None:
    slices = drawing.slices(EPISODE, 300)
    rows = found(tmp_path / "q", slices, reference)
    panels = reference.units[0].panels
    assert len(rows) > len({piece.panel for piece in rows})  # panels lie across slices
    for piece in rows:
        height = slices[int(Path(piece.name).stem)].shape[0]
        assert piece.query.x >= 0 and piece.query.x + piece.query.w <= 720
        assert piece.query.y >= 0 and piece.query.y + piece.query.h <= height
        panel = panels[piece.panel].place
        assert piece.catalogue.x >= 0 and piece.catalogue.x + piece.catalogue.w <= panel.w + 1
        assert piece.catalogue.y >= 0 and piece.catalogue.y + piece.catalogue.h <= panel.h + 1
    assert rows == sorted(rows, key=lambda piece: (piece.panel, piece.catalogue.y, piece.name, piece.query.y))


def test_a_unit_matches_itself_everywhere(tmp_path: Path, reference: Reference) -> None:
    strip, _ = unit.read_strip(drawing.save(tmp_path / "all", drawing.slices(EPISODE)))
    rows = found(tmp_path / "q", drawing.slices(EPISODE), reference)
    shown_area = sum(piece.query.w * piece.query.h for piece in rows)
    assert shown_area > 0.6 * sum(segment.width * segment.height for segment in strip.segments)

"""Votes: the right unit, its panels in order, whatever language; nothing for what is not in the catalogue."""

from pathlib import Path

import numpy as np
import pytest

from marque.works import patches, unit
from marque.works.identify import Query, identify
from marque.works.reference import Reference
from tests.works import drawing
from tests.works.conftest import KNOWN, UNKNOWN
from tests.works.drawing import Pixels


def query(folder: Path, pictures: list[Pixels], quality: int = 85) -> Query:
    """What a page with these pictures asks."""
    strip, refused = unit.read_strip(drawing.save(folder, pictures, quality))
    assert not refused
    found = patches.find(strip)
    places = np.stack([found.x, found.y, found.size, found.angle], axis=1).astype(np.float64)
    return Query(places, found.codes, found.mirrored, strip.segments)


@pytest.mark.parametrize("seed", KNOWN)
def test_names_the_unit_and_its_panels_in_order(tmp_path: Path, reference: Reference, seed: int) -> None:
    asked = query(tmp_path / "q", drawing.slices(drawing.episode(seed, language="es"), 900, 500))
    (found,) = identify(asked, reference, mirrored=False)
    assert reference.units[found.unit].work == f"w{seed}"
    assert [seen.number for seen in found.in_order] == [0, 1, 2, 3, 4, 5]
    assert found.weight >= 12


def test_says_nothing_of_unknown_works(tmp_path: Path, reference: Reference) -> None:
    for seed in UNKNOWN:
        asked = query(tmp_path / str(seed), drawing.slices(drawing.episode(seed)))
        for mirrored in (False, True):
            assert identify(asked, reference, mirrored=mirrored) == []


def test_shuffled_slices_are_found_out_of_order(tmp_path: Path, reference: Reference) -> None:
    slices = drawing.slices(drawing.episode(2), 600)
    (found,) = identify(query(tmp_path / "q", slices[::-1]), reference, mirrored=False)
    assert reference.units[found.unit].work == "w2"
    assert len(found.in_order) < len(found.seen)


def test_two_works_on_a_page_are_both_named(tmp_path: Path, reference: Reference) -> None:
    slices = drawing.slices(drawing.episode(1)) + drawing.slices(drawing.episode(3))
    found = identify(query(tmp_path / "q", slices), reference, mirrored=False)
    assert [reference.units[candidate.unit].work for candidate in found] == ["w1", "w3"]


def test_mirrored_pictures_are_found_when_asked_for(tmp_path: Path, reference: Reference) -> None:
    asked = query(tmp_path / "q", [drawing.mirrored(part) for part in drawing.slices(drawing.episode(1))])
    assert identify(asked, reference, mirrored=False) == []
    (found,) = identify(asked, reference, mirrored=True)
    assert reference.units[found.unit].work == "w1"


def test_a_page_without_patches_asks_nothing(reference: Reference) -> None:
    nothing = np.zeros((0, 32), np.uint8)
    assert identify(Query(np.zeros((0, 4)), nothing, nothing, ()), reference, mirrored=False) == []

"""A catalogue in memory: tall panels in parts, every patch in its block, the index made once."""

from pathlib import Path

import numpy as np
import pytest

from marque.errors import InputRefused
from marque.works import reference
from marque.works.catalogue import Catalogue
from marque.works.reference import Reference
from tests.works import drawing


def build(folder: Path, units: list[tuple[str, str, int]]) -> Catalogue:
    made = Catalogue.create(folder / "c")
    for work, unit, seed in units:
        strip = drawing.episode(seed, panels=2)
        made.add(work, unit, "en", images=[drawing.save(folder / work / unit, drawing.slices(strip))])
    return made


def test_a_strip_without_gutters_is_looked_at_in_parts(tmp_path: Path) -> None:
    strip = np.concatenate([np.asarray(drawing.panel(np.random.default_rng(n), 900, 720)) for n in range(4)])
    made = Catalogue.create(tmp_path / "c")
    made.add("a", "1", "en", images=[drawing.save(tmp_path / "s", drawing.slices(strip))])
    loaded = reference.load(made)
    assert len(loaded.units[0].panels) == 1
    assert len(loaded.blocks[0]) == len(set(np.asarray(loaded.block).tolist())) == 4


def test_every_patch_lies_in_its_block(reference: Reference) -> None:
    for unit, block, (_, y, *_) in zip(
        *(np.asarray(part) for part in (reference.unit, reference.block, reference.places)), strict=True
    ):
        place = reference.blocks[unit][block].place
        assert place.y - 120 <= y <= place.y + place.h + 120


def test_the_index_is_kept_and_only_what_came_is_brought_in(tmp_path: Path) -> None:
    made = build(tmp_path, [("a", "1", 51)])
    first = len(reference.load(made).index)
    folder = tmp_path / "c" / "index"
    kept = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    updating = Catalogue.open(tmp_path / "c")
    assert len(reference.load(updating).index) == first
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == kept
    build(tmp_path, [("b", "1", 52)])
    assert len(reference.load(made).index) > first


def test_a_damaged_index_is_refused_with_advice(tmp_path: Path) -> None:
    made = build(tmp_path, [("a", "1", 57)])
    (tmp_path / "c" / "index" / "current").write_bytes(b"marqueix" + b"\0" * 99)
    with pytest.raises(InputRefused):
        reference.load(made)


def test_an_empty_catalogue_finds_nothing(tmp_path: Path) -> None:
    assert len(reference.load(Catalogue.create(tmp_path / "c")).index) == 0

"""Furniture and patterns have no vote; what two units show has half a one."""

from pathlib import Path

import numpy as np
import pytest

from marque.works import reference
from marque.works.catalogue import Catalogue
from marque.works.reference import Reference
from marque.works.votes import numbers
from tests.works import drawing

CARD = drawing.episode(99, panels=1)  # a publisher's credits


def build(folder: Path, units: list[tuple[str, str, int]]) -> Catalogue:
    made = Catalogue.create(folder / "c")
    for work, unit, seed in units:
        strip = drawing.episode(seed, panels=2)
        whole = np.concatenate([CARD, strip])
        made.add(work, unit, "en", images=[drawing.save(folder / work / unit, drawing.slices(whole))])
    return made


def votes_of_panel(loaded: Reference, unit: int, first: bool) -> list[int]:
    block = np.asarray(loaded.block)
    rows = (np.asarray(loaded.unit) == unit) & ((block == 0) if first else (block > 0))
    return [int(vote) for vote in loaded.index.votes[rows]]


@pytest.mark.parametrize(
    "units",
    [
        pytest.param([("a", "1", 51), ("b", "1", 52)], id="in two works"),
        pytest.param([("a", "1", 51), ("a", "2", 52), ("a", "3", 53)], id="in three units of one"),
    ],
)
def test_a_shared_card_has_no_vote(tmp_path: Path, units: list[tuple[str, str, int]]) -> None:
    loaded = reference.load(build(tmp_path, units))
    for unit in range(len(units)):
        assert np.mean(votes_of_panel(loaded, unit, first=True)) < 5
        assert np.mean(votes_of_panel(loaded, unit, first=False)) > 90


def test_what_two_units_show_has_half_a_vote(tmp_path: Path) -> None:
    loaded = reference.load(build(tmp_path, [("a", "1", 51), ("a", "2", 52)]))
    assert set(votes_of_panel(loaded, 0, first=True)) <= {50, 100}
    assert votes_of_panel(loaded, 0, first=True).count(50) > 10


def test_two_editions_of_a_unit_do_not_take_each_others_votes(tmp_path: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    for language in ("en", "ko"):
        slices = drawing.slices(drawing.episode(55, 2, language))
        made.add("a", "1", language, images=[drawing.save(tmp_path / language, slices)])
    assert reference.load(made).index.votes.mean() > 95


def test_a_pattern_has_no_vote(tmp_path: Path) -> None:
    tile = np.asarray(drawing.panel(np.random.default_rng(8), 90, 90), np.uint8)
    wall = np.tile(tile, (14, 8, 1))
    made = Catalogue.create(tmp_path / "c")
    made.add("a", "1", "en", images=[drawing.save(tmp_path / "wall", [wall])])
    assert reference.load(made).index.votes.mean() < 10


def test_equal_names_have_equal_numbers() -> None:
    assert numbers(["b", "a", "b"]).tolist() == [0, 1, 0]

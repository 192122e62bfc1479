"""Pages read from the right: panels are numbered so, everywhere, and nothing else changes."""

import json
from pathlib import Path

import numpy as np
import pytest
from Crypto.PublicKey import ECC

from marque.errors import InputRefused
from marque.works import partners, paths, unit
from marque.works.catalogue import Catalogue
from marque.works.comparison.model import Copy, Page
from marque.works.comparison.pictures import compare
from marque.works.entries import Unit, Work, unit_of
from tests.works import drawing
from tests.works.drawing import Pixels

WORK = Work("manga", {"ja": "月の川"}, "Holder")
SIZE, GAP = 400, 60


def sheet(seed: int, rows: int = 3) -> tuple[Pixels, list[Pixels]]:
    """A page of two panels a row, and its panels from the left, row by row."""
    rng = np.random.default_rng(seed)
    panels = [np.asarray(drawing.panel(rng, SIZE, SIZE), np.uint8) for _ in range(2 * rows)]
    page = np.full((rows * (SIZE + GAP) + GAP, 2 * SIZE + 3 * GAP, 3), 255, np.uint8)
    for at, panel in enumerate(panels):
        top, left = GAP + at // 2 * (SIZE + GAP), GAP + at % 2 * (SIZE + GAP)
        page[top : top + SIZE, left : left + SIZE] = panel
    return page, panels


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rtl")
    drawing.save(folder / "pages", [sheet(5)[0]])
    for name, turned in (("right", True), ("left", False)):
        made = Catalogue.create(folder / name)
        paths.add(made, WORK, "1", "ja", [folder / "pages"], thumbnails=True, right_to_left=turned)
    drawing.save(folder / "copy", sheet(5)[1][:2])  # the first row as a scanlator cuts it: left panel, right panel
    return folder


def of(home: Path, name: str) -> Unit:
    (kept,) = Catalogue.open(home / name).units()
    return kept


def test_rows_are_numbered_from_the_right(home: Path) -> None:
    right, left = of(home, "right"), of(home, "left")
    assert (right.right_to_left, left.right_to_left) == (True, False)
    order = [1, 0, 3, 2, 5, 4]
    assert [outline.panel for outline in right.panels] == list(range(6))
    assert [outline.place for outline in right.panels] == [left.panels[at].place for at in order]
    assert [outline.thumbnail and outline.thumbnail.name for outline in right.panels] == [
        (left.panels[at].thumbnail or Path()).name for at in order
    ]


def test_the_fingerprint_is_the_same_and_the_catalogue_is_not(home: Path) -> None:
    right, left = of(home, "right"), of(home, "left")
    assert right.digest == left.digest
    assert Catalogue.open(home / "right").digest != Catalogue.open(home / "left").digest


@pytest.mark.parametrize(("name", "wanted"), [("right", {0: 1, 1: 0}), ("left", {0: 0, 1: 1})])
def test_what_a_page_shows_is_named_in_the_reading_order(home: Path, name: str, wanted: dict[int, int]) -> None:
    shown = paths.shown(home / "copy", Catalogue.open(home / name))
    assert shown.problems == [] and [row["unit"] for row in shown.rows] == ["1"]
    files = sorted(file.name for file in (home / "copy").iterdir())
    found: dict[int, tuple[int, int]] = {}
    for piece in shown.rows[0]["pieces"]:  # a picture may also share a line with its neighbour: most codes tell
        at = files.index(Path(piece["query"]["file"]).name)
        found[at] = max(found.get(at, (0, 0)), (piece["codes"], piece["catalogue"]["panel"]))
    assert {at: panel for at, (_, panel) in found.items()} == wanted


def test_the_side_by_side_counts_panels_as_readers_do(home: Path) -> None:
    copies = tuple(Copy(file.name, "", "", file.read_bytes()) for file in sorted((home / "copy").iterdir()))
    page = Page("pirate.example", "https://pirate.example/1", "", copies)
    made = compare(Catalogue.open(home / "right"), [page], [home / "pages"])
    panels = {piece.facts["panel"] for piece in made.sections[0].pieces}
    assert panels == {1, 2} and made.unit.right_to_left


def test_a_partner_learns_of_it(home: Path, tmp_path: Path) -> None:
    there = Catalogue.create(tmp_path / "there")
    partners.export(Catalogue.open(home / "right"), tmp_path / "p", ECC.generate(curve="Ed25519"), thumbnails=True)
    partners.bring_in(there, tmp_path / "p", True)
    assert there.units() == [unit_of(of(home, "right").body(), "x", tmp_path / "there" / "thumbnails")]
    assert there.digest == Catalogue.open(home / "right").digest


def test_units_written_before_are_read_from_the_left(home: Path) -> None:
    body = of(home, "left").body()
    assert "right_to_left" not in body
    assert not unit_of(body, "x", Path()).right_to_left


@pytest.mark.parametrize("said", [1, "yes", None, []])
def test_only_yes_or_no_is_understood(home: Path, said: object) -> None:
    body = json.loads(json.dumps(of(home, "right").body())) | {"right_to_left": said}
    with pytest.raises(InputRefused):
        unit_of(body, "x", Path())


def test_strips_of_one_panel_a_row_do_not_change(tmp_path: Path) -> None:
    slices = drawing.save(tmp_path / "s", drawing.slices(drawing.episode(61, panels=3)))
    found = [unit.fingerprint([slices], "x", thumbnails=False, right_to_left=turned) for turned in (False, True)]
    assert found[0].panels == found[1].panels and found[0].patches.equals(found[1].patches)

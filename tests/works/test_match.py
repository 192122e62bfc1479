"""Matching under attack: every known work found, no unknown one claimed; covers, credits and patterns make no match."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from marque.works.catalogue import Catalogue
from marque.works.fingerprint import fingerprints
from marque.works.match import match
from marque.works.model import MATCH, MATCHES, UNSURE
from marque.works.rights import read as read_rights
from tests.works import drawing
from tests.works.conftest import KNOWN, UNKNOWN
from tests.works.drawing import Attack, Pixels
from tests.works.exchanges import reader

ATTACKS: dict[str, tuple[list[Attack], int]] = {
    "re-sliced, other lettering": ([], 85),
    "quality 25": ([], 25),
    "half the size": ([drawing.scaled(0.5)], 85),
    "a third of the size": ([drawing.scaled(0.36)], 85),
    "sides cut by 4 %": ([drawing.sides_cut(0.04)], 85),
    "sides cut by 12 %": ([drawing.sides_cut(0.12)], 85),
    "watermark": ([drawing.watermarked], 85),
    "grey": ([drawing.grey], 85),
    "contrast": ([drawing.contrasted], 85),
    "coloured bars": ([drawing.framed], 85),
    "mirrored": ([drawing.mirrored], 85),
    "a negative": ([drawing.negative], 85),
    "all together": ([drawing.watermarked, drawing.sides_cut(0.04), drawing.scaled(0.6)], 40),
}


def page(slices: list[Pixels], attacks: list[Attack], quality: int, first: int = 0) -> pa.Table:
    for attack in attacks:
        slices = [attack(part) for part in slices]
    return fingerprints(reader([drawing.encode(part, quality) for part in slices], first))


def answers(table: pa.Table) -> list[tuple[str, str]]:
    return [(row["work"], row["answer"]) for row in table.to_pylist()]


@pytest.mark.parametrize("name", ATTACKS)
def test_copies_are_found_and_strangers_are_not(catalogue: Catalogue, name: str) -> None:
    attacks, quality = ATTACKS[name]
    for seed in (*KNOWN, *UNKNOWN):
        slices = drawing.slices(drawing.episode(seed, language="ko"), 1000, 333)
        found = answers(match(page(slices, attacks, quality), catalogue))
        assert found == ([(f"w{seed}", MATCH)] if seed in KNOWN else [])


@pytest.mark.parametrize("shade", [(0, 0, 0), (200, 40, 90), (128, 128, 128)])
def test_recoloured_gutters(catalogue: Catalogue, shade: tuple[int, int, int]) -> None:
    slices = drawing.slices(drawing.episode(2, gutter=shade), 800)
    assert answers(match(page(slices, [], 80), catalogue)) == [("w2", MATCH)]


def test_missing_slices_and_two_works_on_a_page(catalogue: Catalogue) -> None:
    one, other = (drawing.slices(drawing.episode(seed), 640) for seed in (1, 3))
    mixed = [part for n, part in enumerate([*one, *other]) if n % 4 != 1]
    assert answers(match(page(mixed, [], 80), catalogue)) == [("w1", MATCH), ("w3", MATCH)]


def test_a_single_panel_is_no_unit(catalogue: Catalogue) -> None:
    """A cover or a review's picture: the work may be named, but never as a match."""
    place = catalogue.panels("w1", "1", "en")[2].place
    cover = drawing.episode(1)[place.y : place.y + place.h, place.x : place.x + place.w]
    assert answers(match(page([cover], [], 85), catalogue)) == [("w1", UNSURE)]


def test_a_picture_a_page_is_a_unit_when_half_of_it_is_shown(catalogue: Catalogue) -> None:
    parts = drawing.slices(drawing.episode(1), 700)
    pages = [page([part], [], 85, 10 * number) for number, part in enumerate(parts)]
    assert answers(match(pages[0], catalogue)) == [("w1", UNSURE)]
    assert {said for _, said in answers(match(pa.concat_tables(pages), catalogue))} == {MATCH}


def test_shared_furniture_is_no_match(tmp_path: Path) -> None:
    """Credits and a title card that works share: an unknown work that shows them too is not claimed."""
    card = drawing.episode(99, panels=3)
    made = Catalogue.create(tmp_path / "c")
    for seed in (61, 62):
        strip = np.concatenate([card, drawing.episode(seed, panels=3)])
        made.add(f"w{seed}", "1", "en", images=[drawing.save(tmp_path / str(seed), drawing.slices(strip))])
    stranger = np.concatenate([card, drawing.episode(63, panels=3)])
    assert answers(match(page(drawing.slices(stranger), [], 85), made)) == []
    known = np.concatenate([card, drawing.episode(62, panels=3)])
    assert answers(match(page(drawing.slices(known), [], 85), made)) == [("w62", MATCH)]


def test_a_pattern_is_no_match(tmp_path: Path) -> None:
    """A facade of equal windows is drawn by many."""
    tile = np.asarray(drawing.panel(np.random.default_rng(8), 90, 90), np.uint8)
    wall = np.concatenate([np.tile(tile, (7, 8, 1)), np.full((60, 720, 3), 255, np.uint8)] * 4)
    made = Catalogue.create(tmp_path / "c")
    made.add("w", "1", "en", images=[drawing.save(tmp_path / "w", drawing.slices(wall))])
    assert answers(match(page(drawing.slices(wall[200:], 700), [], 85), made)) == []


def test_rows_say_where_and_whether_licensed(catalogue: Catalogue, tmp_path: Path) -> None:
    made = Catalogue.create(tmp_path / "c")
    made.add("w2", "1", "en", images=[drawing.save(tmp_path / "w2", drawing.slices(drawing.episode(2)))])
    (tmp_path / "r.csv").write_text(
        "work,holder,territory,language,outlet,from,to\nw2,H,,,https://www.licensed.example/,2020-01-01,2030-01-01\n"
    )
    made.replace_rights(read_rights(tmp_path / "r.csv", frozenset(made.works())))
    pictures = [drawing.encode(part) for part in drawing.slices(drawing.episode(2), 900)]
    prints = [
        fingerprints(reader(pictures, first, site)) for first, site in enumerate(["licensed.example", "pirate.example"])
    ]
    table = match(pa.concat_tables(prints), made)
    assert table.schema.equals(MATCHES, check_metadata=True)
    licensed, pirate = table.to_pylist()
    assert (licensed["site"], licensed["licensed"]) == ("licensed.example", True)
    assert (pirate["site"], pirate["licensed"]) == ("pirate.example", False)
    assert (pirate["panels"], pirate["panels_of"]) == (6, 6)
    assert {piece["query"]["record"] for piece in pirate["pieces"]} <= {f"cap:{n}" for n in range(1, 9)}
    assert all(piece["query"]["file"] is None and piece["codes"] >= 2 for piece in pirate["pieces"])


def test_the_same_input_gives_the_same_table(catalogue: Catalogue) -> None:
    prints = page(drawing.slices(drawing.episode(3)), [], 85)
    assert match(prints, catalogue).equals(match(prints, catalogue))


def test_no_pages_and_no_units_give_an_empty_table(catalogue: Catalogue, tmp_path: Path) -> None:
    assert match(fingerprints([]), catalogue).num_rows == 0
    empty = Catalogue.create(tmp_path / "c")
    assert match(page(drawing.slices(drawing.episode(1)), [], 85), empty).num_rows == 0

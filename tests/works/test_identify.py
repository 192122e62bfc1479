"""Votes: the right unit, its panels in order, whatever language; nothing for what is not in the catalogue."""

from pathlib import Path

import numpy as np
import pytest

from marque.bench.identification import drawing as bench
from marque.signals.pictures.pdq import Bytes
from marque.works import identify as identification
from marque.works import patches, unit
from marque.works.blocks import Block
from marque.works.catalogue import Catalogue
from marque.works.consensus import Placing
from marque.works.identify import FACE, Query, Seen, breadth, identify, in_order
from marque.works.index import Index
from marque.works.match import decided
from marque.works.model import UNSURE
from marque.works.reference import Reference, load
from marque.works.segments.segment import Found
from marque.works.strip import Rectangle
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


def test_a_face_alone_is_narrow_and_a_panel_is_not(tmp_path: Path, reference: Reference) -> None:
    (found,) = identify(query(tmp_path / "q", drawing.slices(drawing.episode(2))), reference)
    assert not any(seen.narrow for seen in found.seen)
    assert all(FACE <= seen.across <= abs(complex(seen.block.place.w, seen.block.place.h)) for seen in found.seen)


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


@pytest.mark.parametrize(("seeds", "blocks", "asks"), [((1, 2), [12], 2), ((5, 6), [], 1)], ids=["known", "unknown"])
def test_a_large_catalogue_is_glanced_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: tuple[int, int], blocks: list[int], asks: int
) -> None:
    """A few codes of a long page show whether it is worth asking as mirrored; one that is, is found whole."""
    catalogue = Catalogue.create(tmp_path / "catalogue")
    catalogue.add("w1", "1", "en", images=[drawing.save(tmp_path / "w1", drawing.slices(long((1, 2))))])
    reference, search, counted = load(catalogue), Index.search, list[int]()

    def counting(index: Index, codes: Bytes) -> Found:
        counted.append(len(codes))
        return search(index, codes)

    monkeypatch.setattr(Index, "search", counting)
    monkeypatch.setattr(identification, "ALL_COMPARED", 0)
    page = query(tmp_path / "page", [drawing.mirrored(part) for part in drawing.slices(long(seeds))])
    found = identify(page, reference, mirrored=True)
    assert [len(one.seen) for one in found] == blocks
    assert counted == [identification.GLANCE, len(page.codes)][:asks]


def long(seeds: tuple[int, int]) -> Pixels:
    """Two episodes as one."""
    return np.concatenate([drawing.episode(seed) for seed in seeds])


def test_a_page_without_patches_asks_nothing(reference: Reference) -> None:
    nothing = np.zeros((0, 32), np.uint8)
    assert identify(Query(np.zeros((0, 4)), nothing, nothing, ()), reference, mirrored=False) == []


def test_a_copy_of_another_shape_is_found_by_far_codes(tmp_path: Path, reference: Reference) -> None:
    """Four flat greys move most codes beyond what the index finds: the unit is compared code by code."""
    slices = [np.asarray(np.minimum(255, part // 64 * 85), np.uint8) for part in drawing.slices(drawing.episode(2))]
    asked = query(tmp_path / "q", slices)
    (found,) = identify(asked, reference)
    assert reference.units[found.unit].work == "w2"
    assert len(found.in_order) >= 4
    assert max(seen.distance for seen in found.seen) > 31


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        pytest.param([0, 500, 5, 900], [0, 2, 1, 3], id="read from the left, the second a little lower"),
        pytest.param([0, 5, 500, 900], [0, 1, 2, 3], id="as numbered"),
        pytest.param([900, 500, 490, 0], [2, 1], id="rows in another order"),
    ],
)
def test_panels_beside_each_other_have_no_order(at: list[int], kept: list[int]) -> None:
    """The second and third stand side by side in the unit."""
    places = [Rectangle(0, 0, 700, 300), Rectangle(0, 320, 340, 300), Rectangle(360, 330, 340, 300)]
    places.append(Rectangle(0, 700, 700, 300))
    seen = tuple(
        Seen(n, Block(n, place), Placing(1 + 0j, complex(0, down - place.y), np.zeros(0, np.int64)), 2.0, 0)
        for n, (place, down) in enumerate(zip(places, at, strict=True))
    )
    assert [one.number for one in in_order(seen)] == kept


@pytest.mark.parametrize(
    ("places", "least", "most"),
    [
        pytest.param([(211, 4325), (319, 4326), (247, 4329)], 0, 5, id="a line of lettering"),
        pytest.param([(100, 100), (300, 300), (200, 201)], 0, 2, id="a slanting line"),
        pytest.param([(100, 100), (300, 100), (200, 160)], 50, 61, id="a triangle"),
        pytest.param([(50, 10), (52, 400), (49, 200)], 0, 5, id="an upright line"),
    ],
)
def test_how_far_places_lie_from_one_line(places: list[tuple[int, int]], least: float, most: float) -> None:
    assert least <= breadth(np.array(places, np.float32)) <= most


def test_the_same_words_at_the_same_place_name_nobody(tmp_path: Path) -> None:
    """A line without balloon, the same in both works, on hatching and on colour."""
    styles = {style.name: style for style in bench.STYLES}
    known = bench.episode(210_028, 28, styles["hatching"], "en")
    other = bench.episode(215_016, 100_016, styles["coloured gutters, no balloons"], "en")
    catalogue = Catalogue.create(tmp_path / "catalogue")
    catalogue.add("w", "1", "en", images=[drawing.save(tmp_path / "w", drawing.slices(known.pixels))])
    asked = query(tmp_path / "q", drawing.slices(other.pixels, 1000, 333))
    seen = {block.number for candidate in identify(asked, load(catalogue)) for block in candidate.seen}
    assert seen == {0, 9, 10}, "the house's card and credits, which both have; no panel"


def test_a_card_that_an_unknown_work_has_too_is_no_match(tmp_path: Path) -> None:
    """The catalogue has one work only, and cannot learn what its house puts into all of them."""
    known, other = (bench.episode(series, 1, bench.STYLES[0], "en") for series in (1, 2))
    catalogue = Catalogue.create(tmp_path / "catalogue")
    catalogue.add("w", "1", "en", images=[drawing.save(tmp_path / "w", drawing.slices(known.pixels))])
    said = decided(query(tmp_path / "q", drawing.slices(other.pixels, 1000, 333)), load(catalogue))
    assert [answer for _, _, answer in said] == [UNSURE]

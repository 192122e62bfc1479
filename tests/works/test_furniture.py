"""Credits, title cards, quoted panels: what many works or units show names none of them; an excerpt is no unit."""

from pathlib import Path

import numpy as np
import pytest

from marque.bench.identification import asking, attacks, strips
from marque.works import furniture
from marque.works.catalogue import Catalogue
from marque.works.consensus import Placing
from marque.works.identify import Candidate, Seen
from marque.works.match import match
from marque.works.model import MATCH, UNSURE
from marque.works.reference import load
from tests.works import drawing
from tests.works.drawing import Attack, Pixels
from tests.works.test_match import answers, page

CREDITS = drawing.episode(99, panels=1)
CARD = drawing.episode(98, panels=3)
LONG = drawing.episode(97, panels=12)
ATTACKS: dict[str, tuple[list[Attack], int]] = {
    "as it is": ([], 88),
    "quality 25, half the size": ([drawing.scaled(0.5)], 25),
    "sides cut": ([drawing.sides_cut(0.08)], 80),
    "watermark": ([drawing.watermarked], 80),
    "mirrored": ([drawing.mirrored], 80),
    "a negative": ([drawing.negative], 80),
}


def add(made: Catalogue, folder: Path, work: str, unit: str, pictures: list[Pixels], quality: int = 88) -> None:
    made.add(work, unit, "en", images=[drawing.save(folder / work / unit, pictures, quality)])


@pytest.fixture(scope="module")
def credited(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Five works that end with the same credits, each delivered at its own size and quality."""
    folder: Path = tmp_path_factory.mktemp("credited")
    made = Catalogue.create(folder / "catalogue")
    for number, factor in enumerate((1.0, 0.9, 1.1, 1.2, 0.8)):
        strip = drawing.slices(drawing.episode(61 + number, panels=3))
        add(made, folder, f"w{number}", "1", [*strip, drawing.scaled(factor)(CREDITS)], 50 + 9 * number)
    return made


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("copies", [1, 3])
def test_credits_that_five_works_share_name_none(credited: Catalogue, name: str, copies: int) -> None:
    attacks, quality = ATTACKS[name]
    assert answers(match(page([CREDITS] * copies, attacks, quality), credited)) == []


def test_a_stranger_with_those_credits_is_not_claimed_and_a_known_one_is(credited: Catalogue) -> None:
    stranger = [*drawing.slices(drawing.episode(77, panels=3)), CREDITS]
    assert answers(match(page(stranger, [], 85), credited)) == []
    known = [*drawing.slices(drawing.episode(63, panels=3), 900), CREDITS]
    assert answers(match(page(known, [], 85), credited)) == [("w2", MATCH)]


def test_a_card_of_two_units_is_neither_of_them(tmp_path: Path) -> None:
    made = Catalogue.create(tmp_path / "catalogue")
    strips = {unit: np.concatenate([CARD, drawing.episode(70 + unit, panels=6)]) for unit in (1, 2)}
    for unit, strip in strips.items():
        add(made, tmp_path, "series", str(unit), drawing.slices(strip))
    said = {answer for _, answer in answers(match(page(drawing.slices(CARD), [], 85), made))}
    assert said <= {UNSURE}
    rows = match(page(drawing.slices(strips[2], 900), [], 85), made).to_pylist()
    assert [row["unit"] for row in rows if row["answer"] == MATCH] == ["2"]


def test_a_chapter_that_a_volume_holds_too_is_found(tmp_path: Path) -> None:
    made = Catalogue.create(tmp_path / "catalogue")
    chapters = [drawing.episode(80 + number, panels=4) for number in range(3)]
    add(made, tmp_path, "series", "1", drawing.slices(chapters[0]))
    add(made, tmp_path, "series", "volume", drawing.slices(np.concatenate(chapters)))
    rows = match(page(drawing.slices(chapters[0], 900), [], 85), made).to_pylist()
    assert [(row["unit"], row["answer"]) for row in rows] == [("1", MATCH), ("volume", UNSURE)]


def test_a_unit_that_two_holders_registered_is_named_by_both(tmp_path: Path) -> None:
    made = Catalogue.create(tmp_path / "catalogue")
    pictures = drawing.slices(drawing.episode(83, panels=4))
    for work in ("ours", "theirs"):
        add(made, tmp_path, work, "1", pictures)
    assert answers(match(page(drawing.slices(drawing.episode(83, panels=4), 900), [], 85), made)) == [
        ("ours", MATCH),
        ("theirs", MATCH),
    ]


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, list[Pixels]]:
    """One unit of twelve panels, and those panels."""
    folder: Path = tmp_path_factory.mktemp("long")
    made = Catalogue.create(folder / "catalogue")
    add(made, folder, "long", "1", drawing.slices(LONG))
    places = [outline.place for outline in made.panels("long", "1", "en")]
    return made, [LONG[p.y : p.y + p.h, p.x : p.x + p.w] for p in places]


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("shown", [slice(4, 5), slice(7, 9)], ids=["one panel", "two panels"])
def test_what_a_review_quotes_is_no_unit(long: tuple[Catalogue, list[Pixels]], name: str, shown: slice) -> None:
    attacks, quality = ATTACKS[name]
    made, panels = long
    assert {said for _, said in answers(match(page(panels[shown], attacks, quality), made))} <= {UNSURE}


@pytest.mark.slow
def test_one_tall_panel_of_a_long_unit_is_no_unit(tmp_path: Path) -> None:
    tall = np.full((3_000, drawing.WIDTH, 3), 255, np.uint8)
    tall[:, 24:696] = np.asarray(drawing.panel(np.random.default_rng(5), 3_000))
    made = Catalogue.create(tmp_path / "catalogue")
    whole = np.concatenate([drawing.episode(5, panels=20), tall, drawing.episode(6, panels=20)])
    add(made, tmp_path, "long", "1", drawing.slices(whole))
    assert {said for _, said in answers(match(page(drawing.slices(tall), [], 85), made))} <= {UNSURE}


@pytest.mark.slow
def test_credits_sampled_otherwise_name_nobody(tmp_path: Path) -> None:
    """Two pixels further down the same credits have other codes: the panel itself is asked for."""
    works = list(strips.drawn(2, 5))
    held = [work for work in works if work.known]
    reference = asking.catalogue(tmp_path, [(work.name, "1", asking.published(work.source)) for work in held])
    for work in (works[3], works[4]):
        files = list(asking.pressed(attacks.scaled(0.5)(work.source), 85))
        named = {answer.name for answer in asking.ask(files, reference)}
        assert named == ({f"{work.name}/1"} if work.known else set())


@pytest.mark.parametrize(("before", "kept"), [(0, False), (3, True)], ids=["at the beginning", "within"])
def test_two_places_that_agree_make_a_card_at_the_ends_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int, kept: bool
) -> None:
    """A card's own words may leave two places that other works' cards have; here no more than two are looked for."""
    made, card = Catalogue.create(tmp_path / "catalogue"), drawing.episode(96, panels=1)
    first = [drawing.episode(60, panels=before)] if before else []
    for work, strip in (("a", np.concatenate([*first, card, drawing.episode(61, panels=4)])), ("b", card)):
        add(made, tmp_path, work, "1", drawing.slices(strip), 80)
    reference = load(made)
    unit = next(number for number, each in enumerate(reference.units) if each.work == "a")
    placing = Placing(1 + 0j, 0j, np.zeros(0, np.int64))
    seen = Seen(before, reference.blocks[unit][before], placing, 2.0, 50)
    monkeypatch.setattr(furniture, "LEAST_FAR", 99)
    assert bool(furniture.own(Candidate(unit, False, (seen,), (seen,)), reference).seen) is kept

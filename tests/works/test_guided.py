"""Panels found by their neighbours: the missed are found where they stand, what is not there is not, nothing counts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from marque.works import guided
from marque.works.catalogue import Catalogue
from marque.works.decide import evidence
from marque.works.identify import Candidate, Query, identify, turned
from marque.works.match import decided
from marque.works.reference import Reference, load
from tests.works import drawing
from tests.works.test_identify import query

EPISODE = drawing.episode(2, panels=8)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("guided")
    catalogue = Catalogue.create(folder / "catalogue")
    for number, strip in ((2, EPISODE), (3, drawing.episode(3, panels=8))):
        images = [drawing.save(folder / f"w{number}", drawing.slices(strip))]
        catalogue.add(f"w{number}", "1", "en", images=images)
    return load(catalogue)


def found_in(asked: Query, reference: Reference, *, mirrored: bool = False) -> tuple[Candidate, guided.Page]:
    (candidate,) = identify(asked, reference, mirrored=mirrored)
    return candidate, guided.page(*turned(asked, mirrored=mirrored, inverted=False))


def without(candidate: Candidate, *numbers: int) -> Candidate:
    """As if some blocks had been missed."""
    seen, ordered = (
        tuple(one for one in kept if one.number not in numbers) for kept in (candidate.seen, candidate.in_order)
    )
    return replace(candidate, seen=seen, in_order=ordered)


@pytest.mark.parametrize("missed", [(0,), (3,), (2, 3, 4), (7,), (0, 1, 6, 7)], ids=str)
def test_what_was_missed_is_found_where_it_stands(
    tmp_path: Path, reference: Reference, missed: tuple[int, ...]
) -> None:
    whole, page = found_in(query(tmp_path / "q", drawing.slices(EPISODE, 900)), reference)
    assert {seen.number for seen in whole.seen} == set(range(8))
    again = guided.completed(without(whole, *missed), page, reference)
    assert {seen.number for seen in again.seen} == set(range(8))
    for seen in again.seen:
        assert abs(seen.at - next(one.at for one in whole.seen if one.number == seen.number)) < 20


def test_it_carries_no_weight(tmp_path: Path, reference: Reference) -> None:
    whole, page = found_in(query(tmp_path / "q", drawing.slices(EPISODE, 900)), reference)
    missing = without(whole, 3, 4)
    again = guided.completed(missing, page, reference)
    assert len(again.seen) == 8
    assert evidence(again) == evidence(missing)


@pytest.mark.parametrize("number", range(8))
def test_a_picture_that_is_not_there_is_not_found(tmp_path: Path, reference: Reference, number: int) -> None:
    """Another work's picture stands in a panel's place."""
    strip, place = EPISODE.copy(), reference.blocks[0][number].place
    other = drawing.panel(np.random.default_rng(900 + number), place.h, place.w)
    strip[place.y : place.y + place.h, place.x : place.x + place.w] = np.asarray(other)
    candidate, page = found_in(query(tmp_path / "q", drawing.slices(strip, 900)), reference)
    assert number not in {seen.number for seen in candidate.seen}
    assert number not in {seen.number for seen in guided.completed(candidate, page, reference).seen}


def test_few_guides_lead_nowhere(tmp_path: Path, reference: Reference) -> None:
    whole, page = found_in(query(tmp_path / "q", drawing.slices(EPISODE, 900)), reference)
    two = without(whole, *range(2, 8))
    assert guided.completed(two, page, reference) == two


@pytest.mark.parametrize("attack", [drawing.mirrored, drawing.negative], ids=["mirrored", "a negative"])
def test_pages_that_were_turned(tmp_path: Path, reference: Reference, attack: drawing.Attack) -> None:
    asked = query(tmp_path / "q", [attack(part) for part in drawing.slices(EPISODE, 900)])
    ((candidate, _, _),) = decided(asked, reference)
    assert len(candidate.seen) == 8
    page = guided.page(*turned(asked, mirrored=candidate.mirrored, inverted=candidate.inverted))
    again = guided.completed(without(candidate, 2, 5), page, reference)
    assert {seen.number for seen in again.seen} == set(range(8))


def test_three_greys_show_more_panels_than_were_found_alone(tmp_path: Path, reference: Reference) -> None:
    light = [part.mean(axis=2, keepdims=True).repeat(3, axis=2) for part in drawing.slices(EPISODE)]
    greys = [drawing.scaled(0.3)(np.asarray(part // 86 * 127, np.uint8)) for part in light]
    alone, page = found_in(query(tmp_path / "q", greys), reference)
    assert len(guided.completed(alone, page, reference).seen) > len(alone.seen)

"""Covers found again after what list pages do to them, and the traps: volumes, other covers, patterns, details."""

import numpy as np
import pytest
from PIL import Image

from marque.works.cover.identify import identify
from marque.works.cover.reference import Reference
from tests.works.cover import covers, shelf

KNOWN = range(12)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return shelf.reference_of([covers.cover(series) for series in KNOWN])


@pytest.mark.parametrize("attack", covers.ATTACKS)
def test_a_cover_is_named_after_each_attack(reference: Reference, attack: str) -> None:
    for series in (1, 5, 8):
        found = identify(shelf.fingerprint(covers.ATTACKS[attack](covers.cover(series))), reference)
        assert [(each.unit, each.answer, each.seen, each.of) for each in found] == [(series, "unsure", 0, 0)]
        assert found[0].score > 0.9 and found[0].mirrored == ("mirrored" in attack)


def test_other_covers_and_pictures_name_nobody(reference: Reference) -> None:
    for number in range(12):
        for picture in (covers.cover(500 + number), covers.photograph(number)):
            assert identify(shelf.fingerprint(covers.jpeg(picture, 160, 50)), reference) == []


def test_another_volume_in_the_same_layout_names_nobody(reference: Reference) -> None:
    for series in KNOWN:
        assert identify(shelf.fingerprint(covers.jpeg(covers.cover(series, 2), 200, 60)), reference) == []


def test_of_two_known_volumes_the_right_one_is_named() -> None:
    volumes = shelf.reference_of([covers.cover(3, volume) for volume in (1, 2, 3)])
    for volume in (1, 2, 3):
        data = covers.ATTACKS["3:4, badges, bar, 120 px, quality 30"](covers.cover(3, volume))
        assert [each.unit for each in identify(shelf.fingerprint(data), volumes)] == [volume - 1]


def test_two_volumes_in_one_drawing_are_both_named_and_neither_is_sure() -> None:
    first = covers.cover(4)
    second = first.copy()
    second.paste(covers.cover(4, 2).crop((380, first.height - 80, 480, first.height)), (380, first.height - 80))
    both = shelf.reference_of([first, second])
    found = identify(shelf.fingerprint(covers.jpeg(first, 160, 40)), both)
    assert sorted(each.unit for each in found) == [0, 1]
    assert all(each.score <= 0.5 for each in found)


def test_a_detail_of_a_cover_is_no_cover(reference: Reference) -> None:
    picture = covers.cover(1)
    detail = picture.crop((140, 200, 340, 500))
    assert identify(shelf.fingerprint(covers.jpeg(detail, 200, 60)), reference) == []


def test_a_screenshot_with_a_cover_in_it_is_no_cover(reference: Reference) -> None:
    sheet = Image.new("RGB", (960, 1280), (240, 240, 240))
    for at in range(4):
        sheet.paste(covers.cover(1 if at == 2 else 700 + at), ((at % 2) * 480, (at // 2) * 640))
    assert identify(shelf.fingerprint(covers.jpeg(sheet, 400, 70)), reference) == []


@pytest.mark.parametrize("step", [8, 12, 20])
def test_patterns_name_nobody(step: int) -> None:
    down, across = np.indices((720, 480))
    stripes = [Image.fromarray(((axis // step % 2) * 255).astype(np.uint8)) for axis in (down, across, down + across)]
    known = shelf.reference_of(stripes)
    for picture in stripes:
        assert identify(shelf.fingerprint(covers.jpeg(picture.resize((480, 640)), 160, 50)), known) == []


def test_the_answer_is_the_same_each_time(reference: Reference) -> None:
    query = shelf.fingerprint(covers.jpeg(covers.cover(2), 100, 30))
    assert identify(query, reference) == identify(query, shelf.reference_of([covers.cover(series) for series in KNOWN]))

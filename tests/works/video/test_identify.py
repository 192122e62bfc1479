"""Which film, when in it, mirrored or not; nothing for a film that is not there, nor for what films share."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import cv2
import numpy as np
import pyarrow as pa
import pytest

from marque.bench.identification.video_material import Picture, decode
from marque.works.media import Found
from marque.works.model import MATCH, UNSURE
from marque.works.video.fingerprint import fingerprint
from marque.works.video.identify import identify
from marque.works.video.model import TABLE
from marque.works.video.reference import Reference, build
from tests.works.video.films import film, shown

pytest.importorskip("av", reason="PyAV is not installed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def catalogue(tables: dict[str, pa.Table]) -> Reference:
    return build([tables["one"], tables["two"]])


def part(path: Path, first: float, last: float) -> Iterator[Picture]:
    return islice(decode(path), int(12 * first), int(12 * last))


def asked(folder: Path, pictures: Iterator[Picture], catalogue: Reference) -> list[Found]:
    return identify(fingerprint(film(folder, "query", pictures), "query"), catalogue)


def test_a_clip_is_found_where_it_lies(films: dict[str, Path], tmp_path: Path, catalogue: Reference) -> None:
    found = asked(tmp_path, part(films["two"], 4, 26), catalogue)
    assert [(each.unit, each.answer, each.mirrored) for each in found] == [(1, MATCH, False)]
    span = found[0].spans[0]
    assert abs(span.start - span.query_start - 4) < 1
    assert span.query_end > 18
    assert 18 <= found[0].seen <= found[0].of
    assert found[0].of in (27, 28)


def test_a_mirrored_letterboxed_copy_is_found(films: dict[str, Path], tmp_path: Path, catalogue: Reference) -> None:
    copy = (
        np.asarray(cv2.copyMakeBorder(frame[:, ::-1], 30, 30, 0, 0, cv2.BORDER_CONSTANT), np.uint8)
        for frame in part(films["one"], 0, 22)
    )
    assert [(each.unit, each.answer, each.mirrored) for each in asked(tmp_path, copy, catalogue)] == [(0, MATCH, True)]


def test_two_films_cut_together_are_both_found(films: dict[str, Path], tmp_path: Path, catalogue: Reference) -> None:
    both = chain(part(films["one"], 2, 26), part(films["two"], 4, 28))
    found = asked(tmp_path, both, catalogue)
    assert {(each.unit, each.answer) for each in found} == {(0, MATCH), (1, MATCH)}
    spans = {each.unit: each.spans for each in found}
    assert max(span.query_end for span in spans[0]) <= 26
    assert min(span.query_start for span in spans[1]) >= 22


def test_another_film_is_not_found(tables: dict[str, pa.Table], catalogue: Reference) -> None:
    assert identify(tables["other"], catalogue) == []


def test_a_few_seconds_are_no_match(films: dict[str, Path], tmp_path: Path, catalogue: Reference) -> None:
    assert all(each.answer == UNSURE for each in asked(tmp_path, part(films["one"], 9, 16), catalogue))


def test_what_episodes_share_names_none_of_them(tmp_path: Path) -> None:
    """Two episodes known, a third that begins with the same opening."""
    tables = [
        fingerprint(film(tmp_path, name, shown(name, 20, "series")), name) for name in ("first", "second", "third")
    ]
    assert all(each.answer == UNSURE for each in identify(tables[2], build(tables[:2])))
    assert [each.unit for each in identify(tables[0], build(tables[:2])) if each.answer == MATCH] == [0]


def test_one_film_under_two_names_is_found_under_both(tables: dict[str, pa.Table]) -> None:
    found = identify(tables["one"], build([tables["one"], tables["one"]]))
    assert [(each.unit, each.answer) for each in found] == [(0, MATCH), (1, MATCH)]


@pytest.mark.parametrize("units", [[], [TABLE.empty_table()]], ids=["no-unit", "empty-unit"])
def test_nothing_is_found_in_nothing(units: list[pa.Table], tables: dict[str, pa.Table]) -> None:
    assert identify(tables["one"], build(units)) == []
    assert identify(TABLE.empty_table(), build(units)) == []

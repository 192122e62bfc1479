"""Matching shared out over processes: whatever their number, and whatever becomes of them, the same matches."""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

from marque.evidence import tables
from marque.runs import recognition, stages, workplace
from marque.works import reference
from marque.works.catalogue import Catalogue
from marque.works.entries import Work
from marque.works.fingerprint import table
from marque.works.model import FINGERPRINTS
from marque.works.patches import find
from marque.works.paths import add
from marque.works.unit import read_strip
from tests.works import drawing

EPISODE = drawing.episode(71, panels=6)
DIGESTS = [letter * 64 for letter in "abcde"]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("home")
    made = Catalogue.create(folder / "catalogue")
    for name, strip in (("moon", EPISODE), ("tide", drawing.episode(72))):
        add(
            made,
            Work(name, {}, None),
            "1",
            "en",
            [drawing.save(folder / name, drawing.slices(strip))],
            thumbnails=False,
        )
    return made


@pytest.fixture(scope="module")
def derived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five captures: four of one site that show a part of the same episode each, one that could not be read."""
    folder = tmp_path_factory.mktemp("derived")
    (folder / stages.FINGERPRINTS_STAGE).mkdir()
    height = len(EPISODE) // 4
    for number, digest in enumerate(DIGESTS[:4]):
        part = EPISODE[number * height : (number + 1) * height]
        strip, _ = read_strip(drawing.save(folder / digest, [part]))
        rows = table(strip, find(strip), f"{digest}:0", "toon.example", None, column="record")
        tables.write(folder / stages.FINGERPRINTS_STAGE / f"{digest}.parquet", rows)
    broken = [{"site": "toon.example", "page": "p", "record": "r", "problem": "works.image-damaged"}]
    last = pa.Table.from_pylist(broken, schema=FINGERPRINTS)
    tables.write(folder / stages.FINGERPRINTS_STAGE / f"{DIGESTS[4]}.parquet", last)
    return folder


def recognised(derived: Path, catalogue: Catalogue | None, workers: int) -> tuple[pa.Table, dict[str, str]]:
    return recognition.recognise(derived, DIGESTS, catalogue, workers, lambda stage, done, total: None)


def test_any_number_of_processes_gives_the_same_table(derived: Path, catalogue: Catalogue) -> None:
    matches, unread = recognised(derived, catalogue, 1)
    assert unread == {"r": "works.image-damaged"}
    assert {(row["work"], row["answer"]) for row in matches.to_pylist()} == {("moon", "match")}
    assert matches.num_rows == 4
    for workers in (2, 3):
        assert recognised(derived, catalogue, workers) == (matches, unread)


def test_processes_that_die_cost_time_and_nothing_else(
    derived: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = recognised(derived, catalogue, 1)
    pool, made = workplace.pool, []

    def doomed(count: int) -> ProcessPoolExecutor:
        made.append(pool(count))
        made[-1].submit(os._exit, 1)
        return made[-1]

    monkeypatch.setattr(workplace, "pool", doomed)
    assert recognised(derived, catalogue, 2) == wanted
    assert len(made) == 1


def test_without_a_catalogue_problems_are_still_named(derived: Path) -> None:
    matches, unread = recognised(derived, None, 2)
    assert (matches.num_rows, unread) == (0, {"r": "works.image-damaged"})


def test_an_index_that_is_behind_is_not_shared(catalogue: Catalogue, tmp_path: Path) -> None:
    reference.load(catalogue)
    assert reference.kept(catalogue)
    new = drawing.save(tmp_path / "new", drawing.slices(drawing.episode(73, panels=2)))
    add(catalogue, Work("new", {}, None), "1", "en", [new], thumbnails=False)
    assert not reference.kept(catalogue)
    reference.load(catalogue)
    assert reference.kept(catalogue)

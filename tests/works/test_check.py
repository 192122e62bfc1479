"""A catalogue verified: sound as made, and every change of a fingerprint, thumbnail or description is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from marque.evidence.findings import exit_status
from marque.works import paths
from marque.works.catalogue import Catalogue
from marque.works.check import is_catalogue, verify
from marque.works.entries import Work
from marque.works.reference import load
from tests.works import drawing
from tests.works.writing import prose


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "c"
    catalogue = Catalogue.create(folder)
    slices = drawing.save(tmp_path / "slices", drawing.slices(drawing.episode(91, panels=2)))
    (tmp_path / "book.txt").write_text(prose(9))
    paths.add(catalogue, Work("moon", {}, None), "1", "en", [slices], thumbnails=True)
    paths.add(catalogue, Work("moon", {}, None), "book", "en", [tmp_path / "book.txt"], thumbnails=False)
    load(catalogue)
    return folder


def first(folder: Path, pattern: str) -> Path:
    return sorted(folder.glob(pattern))[0]


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_sound_catalogue(made: Path) -> None:
    assert is_catalogue(made) and not is_catalogue(made.parent)
    found = list(verify(made))
    assert exit_status(each.grade for each in found) == 0
    assert [each.check for each in found] == ["objects", "derived"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda folder: spoil(first(folder, "units/*.parquet")), id="a fingerprint spoilt"),
        pytest.param(lambda folder: first(folder, "units/*.parquet").unlink(), id="a fingerprint gone"),
        pytest.param(lambda folder: spoil(first(folder, "thumbnails/*.png")), id="a thumbnail spoilt"),
        pytest.param(lambda folder: first(folder, "thumbnails/*.png").unlink(), id="a thumbnail gone"),
        pytest.param(lambda folder: first(folder, "units/*.json").write_text("{}"), id="a description emptied"),
        pytest.param(lambda folder: first(folder, "works/*.json").write_text("[]"), id="a work emptied"),
        pytest.param(lambda folder: (folder / "catalogue.json").write_text("{}"), id="another catalogue"),
        pytest.param(lambda folder: spoil(first(folder, "index/*.segment")), id="the index spoilt"),
    ],
)
def test_every_change_is_named(made: Path, change: Callable[[Path], object]) -> None:
    change(made)
    assert exit_status(each.grade for each in verify(made)) in (1, 2)

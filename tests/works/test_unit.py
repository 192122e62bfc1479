"""One unit: files and folders in order, refused whole where a picture cannot be read."""

from pathlib import Path

import numpy as np
import pytest

from marque.errors import InputRefused, WrongUsage
from marque.works import unit
from tests.works import drawing

STRIP = drawing.episode(31, panels=2)


def test_reads_a_folder_in_name_order_and_files_as_given(tmp_path: Path) -> None:
    folder = drawing.save(tmp_path / "a", drawing.slices(STRIP, 300))
    (folder / ".hidden").write_bytes(b"x")
    assert [path.name for path in unit.files([folder / "002.jpg", folder])][:3] == ["002.jpg", "000.jpg", "001.jpg"]
    with pytest.raises(WrongUsage):
        list(unit.files([tmp_path / "nothing"]))


def test_keeps_thumbnails_only_with_consent(tmp_path: Path) -> None:
    folder = drawing.save(tmp_path / "a", drawing.slices(STRIP))
    found = unit.fingerprint([folder], "a", thumbnails=True)
    assert len(found.panels) == len(found.thumbnails) == 2
    assert unit.fingerprint([folder], "a", thumbnails=False).thumbnails == ()
    assert found.patches.num_rows > 10


def test_a_picture_that_cannot_be_read_refuses_the_unit_by_name(tmp_path: Path) -> None:
    folder = drawing.save(tmp_path / "a", drawing.slices(STRIP, 400))
    (folder / "001.jpg").write_bytes((folder / "001.jpg").read_bytes()[:5000])
    with pytest.raises(InputRefused) as refused:
        unit.fingerprint([folder], "a", thumbnails=False)
    assert (refused.value.code, refused.value.params["file"]) == ("works.image-damaged", str(folder / "001.jpg"))
    strip, problems = unit.read_strip(folder)
    assert [problem.code for problem in problems] == ["works.image-damaged"]
    assert len(strip.segments) == len(list(folder.iterdir())) - 1


def test_nothing_to_fingerprint_is_said(tmp_path: Path) -> None:
    folder = drawing.save(tmp_path / "a", [np.full((900, 720, 3), 200, np.uint8)])
    with pytest.raises(InputRefused) as refused:
        unit.fingerprint([folder], "grey unit", thumbnails=False)
    assert refused.value.code == "works.unit-empty"


def test_numbers_in_names_count_by_their_value(tmp_path: Path) -> None:
    names = [
        "10.jpg",
        "2.jpg",
        "02b.jpg",
        "1.jpg",
        "page 9.jpg",
        "page 11.jpg",
        "a.jpg",
        "9" * 400 + ".jpg",
        "\u0663.jpg",
    ]
    for name in names[:7] + names[8:]:
        (tmp_path / name).write_bytes(b"")
    found = [path.name for path in unit.files([tmp_path])]
    assert found[:4] == ["1.jpg", "2.jpg", "02b.jpg", "10.jpg"]
    assert found.index("page 9.jpg") < found.index("page 11.jpg")

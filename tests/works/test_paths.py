"""Files a person names, whatever they are: kept as a unit of their medium, found again, and told apart by content."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from marque.errors import InputRefused, WrongUsage
from marque.works import paths
from marque.works.catalogue import Catalogue
from marque.works.entries import Work
from tests.works import drawing
from tests.works.cover import covers
from tests.works.writing import prose

WORK = Work("moon", {"en": "Moon River"}, "Holder")
RATE = 11_025


def tune(seed: int, seconds: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Notes of a few harmonics each, struck twice a second."""
    dice, time = np.random.default_rng(seed), np.arange(RATE // 2) / RATE
    notes = [
        sum(np.sin(2 * np.pi * pitch * part * time) / part for part in (1, 2, 3, 5)) * np.exp(-3 * time)
        for pitch in 220 * 2 ** (dice.integers(0, 30, seconds * 2) / 12)
    ]
    return (np.concatenate(notes) * 0.2).astype(np.float32)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paths")
    catalogue = Catalogue.create(folder / "c")
    drawing.save(folder / "slices", drawing.slices(drawing.episode(95, panels=3)))
    (folder / "book").write_text(prose(11), "utf-8")  # no name tells what it is
    soundfile.write(folder / "tune.flac", tune(1, 40), RATE)
    for unit, name in (("1", "slices"), ("book", "book"), ("theme", "tune.flac")):
        paths.add(catalogue, WORK, unit, "en", [folder / name], thumbnails=False)
    return folder


def test_each_medium_is_kept_beside_the_others(home: Path) -> None:
    catalogue = Catalogue.open(home / "c")
    assert catalogue.media() == ("audio", "text")
    assert [(unit.unit, unit.medium) for unit in catalogue.units(None)] == [
        ("1", "strip"), ("book", "text"), ("theme", "audio"),
    ]  # fmt: skip
    assert [unit.unit for unit in catalogue.units()] == ["1"]


def test_each_is_found_by_its_own_kind(home: Path, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "clip.wav", tune(1, 40)[RATE * 10 : RATE * 30], RATE)
    (tmp_path / "page.html").write_text(f"<html><body><p>{prose(11)[2_000:8_000]}</p></body></html>")
    for path, unit in ((tmp_path / "clip.wav", "theme"), (tmp_path / "page.html", "book"), (home / "slices", "1")):
        seen = paths.shown(path, Catalogue.open(home / "c"))
        assert [(row["unit"], row["answer"]) for row in seen.rows] == [(unit, "match")]
        assert (seen.problems, seen.looked_at) == ([], True)
        assert all(piece["query"]["file"].startswith(str(path)) for row in seen.rows for piece in row["pieces"])


def test_strangers_are_not_found(home: Path, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "other.wav", tune(2, 20), RATE)
    (tmp_path / "other.txt").write_text(prose(12))
    for name in ("other.wav", "other.txt"):
        assert paths.shown(tmp_path / name, Catalogue.open(home / "c")) == paths.Shown([], [], looked_at=True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("missing", "works.file-missing", id="missing"),
        pytest.param("a" * 300, "works.file-unreadable", id="name longer than any"),
        pytest.param("hollow", "works.no-files", id="folder without files"),
        pytest.param("deeper", "works.no-files", id="pictures one folder deeper"),
        pytest.param("empty.jpg", "works.image-unknown", id="empty file"),
        pytest.param("cut.flac", "works.sound-damaged", id="sound cut short"),
    ],
)
def test_what_was_not_looked_at_is_told_from_what_shows_nothing(
    home: Path, tmp_path: Path, name: str, code: str
) -> None:
    (tmp_path / "hollow").mkdir()
    drawing.save(tmp_path / "deeper" / "down", drawing.slices(drawing.episode(95, panels=3)))
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "cut.flac").write_bytes(b"fLaC" + bytes(40))
    seen = paths.shown(tmp_path / name, Catalogue.open(home / "c"))
    assert ([problem.code for problem in seen.problems], seen.rows, seen.looked_at) == ([code], [], False)


def test_a_fault_of_the_catalogue_is_raised_whatever_was_asked(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "c", tmp_path / "c")
    (unit,) = (path for path in (tmp_path / "c" / "units").glob("*.json") if b'"book"' in path.read_bytes())
    unit.write_bytes(unit.read_bytes()[:-9])
    for name in ("slices", "book", "tune.flac"):
        with pytest.raises(InputRefused, match="catalogue-damaged"):
            paths.shown(home / name, Catalogue.open(tmp_path / "c"))


def test_a_name_that_is_no_utf8_is_spelt_out(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xff\xfe")
    drawing.save(folder, drawing.slices(drawing.episode(95, panels=3)))
    (row,) = paths.shown(folder, Catalogue.open(home / "c")).rows
    assert row["answer"] == "match"
    assert {Path(piece["query"]["file"]).parent for piece in row["pieces"]} == {tmp_path / r"\xff\xfe"}
    (kept,) = paths.add(Catalogue.create(tmp_path / "c"), WORK, "1", "", [folder], thumbnails=False)
    assert kept.unit == "1"


def test_covers_are_called_by_names_that_can_be_kept(tmp_path: Path) -> None:
    files = [tmp_path / os.fsdecode(name) for name in (b"\xff.jpg", b"b.jpg")]
    for at, file in enumerate(files):
        file.write_bytes(covers.jpeg(covers.cover(5, at + 1), 480, 90))
    kept = paths.add_covers(Catalogue.create(tmp_path / "c"), WORK, None, "", files)
    assert [unit.unit for unit in kept] == [r"cover \xff", "cover b"]


def test_a_film_is_kept_and_found(home: Path, tmp_path: Path) -> None:
    pytest.importorskip("av", reason="the extra `video` is not installed")
    from marque.bench.identification import video_material as material

    first, second = material.shelf(2)
    for name, work in (("a.mp4", first), ("b.mp4", second)):
        material.encode(tmp_path / name, material.frames(work, 1, 24))
    catalogue = Catalogue.create(tmp_path / "c")
    paths.add(catalogue, WORK, "film", "", [tmp_path / "a.mp4"], thumbnails=False)
    assert catalogue.media() == ("video",)  # without sound there is nothing else to keep
    seen = paths.shown(tmp_path / "a.mp4", catalogue)
    assert [(row["medium"], row["answer"]) for row in seen.rows] == [("video", "match")]
    other = paths.shown(tmp_path / "b.mp4", catalogue)
    assert "match" not in [row["answer"] for row in other.rows]
    assert seen.problems == other.problems == []  # that a film is silent is none


def test_what_makes_no_unit_is_refused(home: Path, tmp_path: Path) -> None:
    catalogue = Catalogue.open(home / "c")
    before = catalogue.digest
    (tmp_path / "short.txt").write_text("Too short.")
    (tmp_path / "cut.flac").write_bytes(b"fLaC" + bytes(40))
    for files, error in (
        ([home / "book", home / "tune.flac"], WrongUsage),
        ([tmp_path / "short.txt"], InputRefused),
        ([tmp_path / "cut.flac"], InputRefused),
        ([tmp_path / "none.txt"], WrongUsage),
    ):
        with pytest.raises(error) as refused:
            paths.add(catalogue, WORK, "x", "", files, thumbnails=False)
        assert refused.value.code.startswith("works.")
    assert catalogue.digest == before

"""`marque works list` and `remove`: a wrong `add` is seen and undone, and nothing else goes with it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.calling import marque
from tests.works import drawing
from tests.works.writing import prose


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of two works, one in two languages and two media."""
    folder = tmp_path_factory.mktemp("keeping")
    drawing.save(folder / "right", drawing.slices(drawing.episode(91, panels=3)))
    drawing.save(folder / "korean", drawing.slices(drawing.episode(91, panels=3, language="ko")))
    drawing.save(folder / "wrong", drawing.slices(drawing.episode(92, panels=3)))
    (folder / "book.txt").write_text(prose(3))
    moon, titles = ("--work", "moon", "--unit"), ("--title", "en=Moon River", "--holder", "Holder")
    for given in (
        (*moon, "1", "--language", "en", *titles, "--thumbnails", folder / "right"),
        (*moon, "1", "--language", "ko", "--thumbnails", folder / "korean"),
        (*moon, "book", folder / "book.txt"),
        ("--work", "mooon", "--unit", "1", "--thumbnails", folder / "wrong"),
    ):
        done = marque("works", "add", folder / "c", *given)
        assert done.status == 0, done.err
    return folder


@pytest.fixture
def catalogue(home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(home / "c", tmp_path / "c"))


def listed(catalogue: Path) -> list[tuple[str, str, str, str]]:
    rows = [json.loads(line) for line in marque("works", "list", catalogue, "--json").out.splitlines()]
    return [(row["work"], row["unit"], row.get("language"), row.get("medium")) for row in rows]


ALL = [
    ("moon", "1", "en", "strip"),
    ("moon", "1", "ko", "strip"),
    ("moon", "book", "", "text"),
    ("mooon", "1", "", "strip"),
]


def test_what_is_kept_is_listed(catalogue: Path) -> None:
    assert listed(catalogue) == ALL
    done = marque("works", "list", catalogue)
    assert done.status == 0
    assert done.out.splitlines() == [
        "moon; en: Moon River; Holder", "  1 (en), pictures", "  1 (ko), pictures", "  book, text",
        "mooon", "  1, pictures",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "left"),
    [
        pytest.param(("--work", "mooon"), ALL[:3], id="a work"),
        pytest.param(("--work", "moon", "--unit", "1"), ALL[2:], id="a unit in all languages"),
        pytest.param(("--work", "moon", "--unit", "1", "--edition", "ko"), [ALL[0], *ALL[2:]], id="one edition"),
        pytest.param(("--work", "moon", "--unit", "book"), [*ALL[:2], ALL[3]], id="a text"),
    ],
)
def test_only_what_is_named_is_removed(catalogue: Path, given: tuple[str, ...], left: list[tuple[str, ...]]) -> None:
    done = marque("works", "remove", catalogue, *given, "--json")
    gone = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, len(gone)) == (0, len(ALL) - len(left))
    assert listed(catalogue) == left
    assert marque("verify", catalogue).status == 0


def test_what_was_removed_is_found_no_more_and_the_rest_is(home: Path, catalogue: Path) -> None:
    def found(name: str) -> list[str]:
        (line,) = marque("works", "match", catalogue, home / name, "--json").out.splitlines()
        return [row["work"] for row in json.loads(line)["matches"]]

    assert (found("wrong"), found("right")) == (["mooon"], ["moon"] * len(found("right")))
    before = len(list((catalogue / "thumbnails").iterdir()))
    assert marque("works", "remove", catalogue, "--work", "mooon").status == 0
    assert found("wrong") == []
    assert "moon" in found("right")
    assert 0 < len(list((catalogue / "thumbnails").iterdir())) < before
    assert [path for path in (catalogue / "works").iterdir() if b"mooon" in path.read_bytes()] == []


def test_thumbnails_that_another_unit_shows_stay(home: Path, tmp_path: Path) -> None:
    for work in ("a", "b"):
        given = ("--work", work, "--unit", "1", "--thumbnails", home / "right")
        assert marque("works", "add", tmp_path / "c", *given).status == 0
    before = sorted((tmp_path / "c" / "thumbnails").iterdir())
    assert marque("works", "remove", tmp_path / "c", "--work", "a").status == 0
    assert sorted((tmp_path / "c" / "thumbnails").iterdir()) == before != []


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(("--work", "sun"), id="no such work"),
        pytest.param(("--work", "moon", "--unit", "2"), id="no such unit"),
        pytest.param(("--work", "moon", "--unit", "1", "--language", "fr"), id="no such edition"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_goes(catalogue: Path, given: tuple[str, ...]) -> None:
    done = marque("works", "remove", catalogue, *given)
    assert (done.status, done.out) == (2, "")
    assert "works list" in done.err
    assert listed(catalogue) == ALL

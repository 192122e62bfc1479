"""`marque init` as a user meets it."""

from pathlib import Path

import pytest

from tests.cli.calling import marque


def test_it_makes_a_workspace_and_says_what_next(tmp_path: Path) -> None:
    done = marque("init", tmp_path / "case")
    assert (done.status, done.out) == (0, "")
    assert "marque ingest" in done.err
    assert (tmp_path / "case" / "workspace.json").is_file()


@pytest.mark.parametrize(
    ("made", "words"),
    [
        pytest.param("case/notes.txt", "is not empty", id="not empty"),
        pytest.param("case/workspace.json", "already", id="a workspace"),
    ],
)
def test_it_refuses_what_is_in_use(tmp_path: Path, made: str, words: str) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / made).write_text("mine")
    done = marque("init", tmp_path / "case")
    assert done.status == 2
    assert words in done.err
    assert len(done.err.splitlines()) == 2
    assert [path.read_text() for path in tmp_path.rglob("*") if path.is_file()] == ["mine"]


def test_help_has_an_example() -> None:
    done = marque("init", "--help")
    assert done.status == 0
    assert "Example:  marque init" in done.out

"""`marque investigate`: what it prints, how it ends, and how it refuses."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from marque.cli.investigate import command
from marque.errors import WrongUsage
from marque.runs.workspace import Workspace
from tests.runs.captures import two_sisters_and_a_stranger
from tests.runs.conftest import seal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    seal(Workspace.init(tmp_path / "w"), two_sisters_and_a_stranger(tmp_path / "in"))
    return tmp_path / "w"


def test_prints_the_digest_and_the_counts(folder: Path) -> None:
    answer = CliRunner().invoke(command, [str(folder)], standalone_mode=False)
    current = (folder / "runs" / "current").read_text().strip()
    assert answer.return_value == 0
    assert f"Run {current} (new" in answer.stdout
    assert "3  records read" in answer.stdout


def test_json_is_one_line_on_stdout(folder: Path) -> None:
    answer = CliRunner().invoke(command, [str(folder), "--json"], standalone_mode=False)
    rows = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(rows) == 1
    assert rows[0]["run"] == (folder / "runs" / "current").read_text().strip()
    assert rows[0]["counts"]["records"] == 3
    assert rows[0]["failed"] == {}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--engine", "spark"], id="no cluster extra"),
        pytest.param(["--works", "nowhere"], id="no such catalogue"),
        pytest.param(["--model", "nowhere.json"], id="no such model"),
        pytest.param(["--judgements", "nowhere.parquet"], id="no such judgements"),
    ],
)
def test_refuses_what_it_cannot_do_and_touches_nothing(folder: Path, arguments: list[str]) -> None:
    answer = CliRunner().invoke(command, [str(folder), *arguments], standalone_mode=False)
    assert isinstance(answer.exception, WrongUsage)
    assert answer.exception.exit_status == 2
    assert not (folder / "runs" / "current").exists()


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    answer = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert isinstance(answer.exception, WrongUsage)

"""Printing the truth table: what a person sees on the terminal, and what happens before the first run."""

from pathlib import Path

from click.testing import CliRunner

from marque.errors import WrongUsage
from marque.runs.workspace import Workspace
from marque.training.printed import main


def test_without_a_run_there_is_nothing_to_mark(tmp_path: Path) -> None:
    Workspace.init(tmp_path / "w")
    answer = CliRunner().invoke(main, [str(tmp_path), str(tmp_path / "w")])
    assert isinstance(answer.exception, WrongUsage)

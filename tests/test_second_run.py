"""A second run of the tests without changes is quick: what it is judged by changes with whatever tests depend on."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GIT = shutil.which("git")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    if GIT is None:
        pytest.skip("no git")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text("#!/bin/sh\necho Python 3.11\n")
    (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
    (tmp_path / ".gitignore").write_text(".venv/\nmade/\n")
    (tmp_path / "a file.py").write_text("one")
    subprocess.run([GIT, "init", "--quiet", str(tmp_path)], check=True)
    subprocess.run([GIT, "-C", str(tmp_path), "add", "."], check=True)
    return tmp_path


def state(tree: Path, **settings: str) -> str:
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", **settings}
    script = f'. "{ROOT / "bin" / "environment"}"; state'
    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", script],
        cwd=tree, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def edited(tree: Path) -> None:
    (tree / "a file.py").write_text("two")


def added(tree: Path) -> None:
    (tree / "new.py").write_text("")


def removed(tree: Path) -> None:
    (tree / "a file.py").unlink()


def other_python(tree: Path) -> None:
    (tree / ".venv" / "bin" / "python").write_text("#!/bin/sh\necho Python 3.12\n")


@pytest.mark.parametrize("change", [edited, added, removed, other_python])
def test_whatever_tests_depend_on_changes_it(tree: Path, change: Callable[[Path], None]) -> None:
    before = state(tree)
    change(tree)
    assert state(tree) != before


def test_a_setting_changes_it_and_what_git_ignores_does_not(tree: Path) -> None:
    before = state(tree)
    assert state(tree, MARQUE_LARGE="1") != before
    (tree / "made").mkdir()
    (tree / "made" / "result.txt").write_text("x")
    assert state(tree) == before


def test_without_git_nothing_is_claimed(tmp_path: Path) -> None:
    assert state(tmp_path) == ""

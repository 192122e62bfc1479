"""A workspace: made once, opened by many, written by one, and refused when it is not what it says."""

import json
from pathlib import Path

import pytest

from marque.errors import MarqueError, StoreDamaged, StoreFailure, WrongUsage
from marque.runs.workspace import Workspace, is_workspace
from tests.evidence.faults import FailingFiles


def test_init_makes_the_folders(tmp_path: Path) -> None:
    workspace = Workspace.init(tmp_path / "case")
    assert sorted(path.name for path in workspace.folder.iterdir()) == [
        "cache",
        "derived",
        "log",
        "runs",
        "vault",
        "workspace.json",
    ]
    assert workspace.log.checkpoint.size == 0
    assert workspace.vault.captures() == []


def test_every_workspace_has_a_log_of_its_own(tmp_path: Path) -> None:
    assert Workspace.init(tmp_path / "a").origin != Workspace.init(tmp_path / "b").origin


def test_an_empty_folder_may_become_one(tmp_path: Path) -> None:
    assert is_workspace(Workspace.init(tmp_path).folder)


def _not_empty(path: Path) -> Path:
    path.mkdir()
    (path / "mine.txt").write_text("mine")
    return path


def _existing(path: Path) -> Path:
    return Workspace.init(path).folder


def _a_file(path: Path) -> Path:
    path.write_text("")
    return path


def _no_parent(path: Path) -> Path:
    return path / "deeper" / "case"


def _log_with_entries(path: Path) -> Path:
    """A workspace that lost its identity is no leftover of a stopped init."""
    folder = Workspace.init(path).folder
    (folder / "workspace.json").unlink()
    (folder / "log" / "leaves").write_text("{}\n")
    return folder


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(_not_empty, "runs.folder-not-empty", id="not empty"),
        pytest.param(_existing, "runs.workspace-exists", id="a workspace already"),
        pytest.param(_a_file, "runs.folder-unusable", id="a file"),
        pytest.param(_no_parent, "runs.parent-missing", id="no parent"),
        pytest.param(_log_with_entries, "runs.folder-not-empty", id="a log without its workspace"),
    ],
)
def test_init_touches_nothing_that_is_there(tmp_path: Path, make: object, code: str) -> None:
    assert callable(make)
    path = make(tmp_path / "case")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(WrongUsage) as caught:
        Workspace.init(path)
    assert caught.value.code == code
    assert sorted(tmp_path.rglob("*")) == before


def test_an_init_stopped_at_any_step_can_be_repeated(tmp_path: Path) -> None:
    counting = FailingFiles()
    Workspace.init(tmp_path / "whole", counting)
    for step in range(counting.steps):
        folder = tmp_path / str(step)
        with pytest.raises(StoreFailure):
            Workspace.init(folder, FailingFiles(at=step))
        if not is_workspace(folder):
            Workspace.init(folder)
        assert Workspace.open(folder).log.checkpoint.size == 0


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        pytest.param("", "runs.workspace-unreadable", id="empty"),
        pytest.param("[]\n", "runs.workspace-unreadable", id="a list"),
        pytest.param("{}\n", "runs.workspace-unreadable", id="nothing said"),
        pytest.param("[" * 4000, "runs.workspace-unreadable", id="deep"),
        pytest.param('{"format":2,"origin":"x"}\n', "runs.workspace-format", id="a later format"),
        pytest.param('{"format":1,"origin":"x"}\n', "runs.workspace-mixed", id="another log's"),
        pytest.param('{"format":1, "origin":"x"}\n', "runs.workspace-unreadable", id="not canonical"),
    ],
)
def test_a_workspace_must_be_what_it_says(tmp_path: Path, identity: str, code: str) -> None:
    folder = Workspace.init(tmp_path / "case").folder
    (folder / "workspace.json").write_text(identity)
    with pytest.raises(MarqueError) as caught:
        Workspace.open(folder)
    assert caught.value.code == code


def test_no_workspace_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no-workspace"):
        Workspace.open(tmp_path)
    with pytest.raises(WrongUsage, match="no-workspace"), Workspace.writing(tmp_path, "test"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_readers_need_no_lock(tmp_path: Path) -> None:
    folder = Workspace.init(tmp_path / "case").folder
    with Workspace.writing(folder, "test"):
        assert Workspace.open(folder).log.checkpoint.size == 0


def test_nothing_to_clear_up_says_nothing(tmp_path: Path) -> None:
    folder = Workspace.init(tmp_path / "case").folder
    with Workspace.writing(folder, "test") as workspace:
        assert not workspace.recovered


def test_a_lost_checkpoint_is_named(tmp_path: Path) -> None:
    folder = Workspace.init(tmp_path / "case").folder
    (folder / "log" / "checkpoint").unlink()
    with pytest.raises(StoreDamaged, match="checkpoint-lost"):
        Workspace.open(folder)
    assert json.loads((folder / "workspace.json").read_text())["format"] == 1

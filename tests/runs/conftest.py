"""A workspace with three small captures sealed."""

from pathlib import Path

import pytest

from marque.evidence.derive import Shelf
from marque.evidence.ingest import Sealer, ingest
from marque.runs.workspace import Workspace
from tests.runs.captures import two_sisters_and_a_stranger


def seal(workspace: Workspace, paths: list[Path]) -> list[str]:
    sealer = Sealer(workspace.vault, Shelf(workspace.vault, workspace.derived), "tester", "test")
    return [row.status for row in ingest(sealer, paths)]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.init(tmp_path / "workspace")
    (tmp_path / "in").mkdir()
    assert seal(made, two_sisters_and_a_stranger(tmp_path / "in")) == ["sealed"] * 3
    return made

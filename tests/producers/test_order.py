"""The same captures, ingested in another order from another folder, give the same run, byte for byte."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.producers.recording import WGET, wget

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not WGET.exists(), reason="wget is not here")]


def marque(*words: object) -> str:
    command = [sys.executable, "-m", "marque.cli", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_order_and_place_do_not_matter(proxy: str, tmp_path: Path) -> None:
    first, other = tmp_path / "in", tmp_path / "elsewhere" / "deep"
    first.mkdir()
    other.mkdir(parents=True)
    for number, options in enumerate((["--compression=auto"], ["--no-warc-compression"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = wget(proxy, folder, *options)
        shutil.copy(found, first / f"{number}.warc")
        shutil.copy(found, other / f"{9 - number}.warc")
    runs = []
    for place, folder in (("a", first), ("far/b", other)):
        workspace = tmp_path / place
        workspace.parent.mkdir(exist_ok=True)
        marque("init", workspace)
        for path in sorted(folder.iterdir()):
            marque("ingest", workspace, path)
        marque("investigate", workspace)
        assert "ok" in marque("verify", workspace)
        runs.append({p.name: p.read_bytes() for p in sorted((workspace / "runs").rglob("*")) if p.is_file()})
    assert runs[0] == runs[1]
    assert len(runs[0]) > 10

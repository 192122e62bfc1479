"""`marque serve`: says plainly why it cannot, and answers on loopback only when it can."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen  # noqa: TID251  the command's own server on loopback

import pytest

from marque.runs.workspace import Workspace
from tests.web import served, world


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "marque.cli", "serve", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_no_workspace(tmp_path: Path) -> None:
    result = call(str(tmp_path / "none"), "--port", "0")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_no_run_yet(tmp_path: Path) -> None:
    Workspace.init(tmp_path / "case")
    result = call(str(tmp_path / "case"), "--port", "0")
    assert result.returncode == 2
    assert "marque investigate" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = call(str(tmp_path), "--port", str(port))
    assert result.returncode == 2
    assert str(port) in result.stderr


@pytest.mark.parametrize("arguments", [("--port", "99999"), ("--mode", "team"), ("--nonsense",)])
def test_wrong_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert call(str(tmp_path), *arguments).returncode == 2


@pytest.mark.slow
def test_serves_the_current_run_and_can_lose_its_cache(tmp_path: Path) -> None:
    made = world.build(tmp_path)
    for _ in range(2):
        with served.serving(made.folder, made.catalogue) as base:
            with urlopen(f"{base}/healthz", timeout=10) as answer:
                assert json.loads(answer.read()) == {"status": "ok", "run": world.RUN, "works": 2}
            with urlopen(f"{base}/static/vendor/htmx.min.js", timeout=10) as answer:
                assert answer.status == 200
        for path in sorted((made.folder / "cache").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

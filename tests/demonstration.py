"""One run of `bin/demo --once` for all tests of a session, whichever process asks first."""

import fcntl
import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the demonstration printed. Its world and workspace lie in the checkout afterwards."""
    base = tmp_path_factory.getbasetemp()
    # Processes that share a session's tests have folders beside each other.
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstration.txt"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            place.write_text(_run(), "utf-8")
    return place.read_text("utf-8")


def _run() -> str:
    answer = subprocess.run(
        ["bash", "bin/demo", "--once", "--port", str(free_port())],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-2000:]
    return answer.stdout + answer.stderr

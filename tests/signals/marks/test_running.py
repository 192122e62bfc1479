"""A program in a process of its own: what it may not do, and what becomes of one that goes wrong."""

import platform
import sys
from pathlib import Path

import numpy as np
import pytest

from marque.signals.marks import launcher, running

FILTERED = platform.machine() in {"x86_64", "aarch64"}


def program(folder: Path, script: str, shell: str = "/bin/sh") -> str:
    path = folder / "program"
    path.write_text(f"#!{shell}\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_picture_comes_as_plain_grey_pixels(tmp_path: Path) -> None:
    said = running.output(program(tmp_path, "exec cat"), pixels=np.arange(6, dtype=np.uint8).reshape(2, 3))
    assert said == b"P5\n3 2\n255\n\0\1\2\3\4\5"


@pytest.mark.parametrize(
    ("script", "seconds"),
    [
        pytest.param("echo said; exit 3", 30.0, id="fails"),
        pytest.param("read line; exit 9", 30.0, id="fails without a word"),
        pytest.param("exec sleep 60", 1.0, id="sleeps"),
        pytest.param("while :; do echo said; done", 30.0, id="never stops talking"),
        pytest.param("echo said; exec sleep 60", 1.0, id="sleeps after a word"),
    ],
)
def test_one_that_goes_wrong_says_nothing(tmp_path: Path, script: str, seconds: float) -> None:
    assert not running.output(program(tmp_path, script), seconds=seconds)


def test_one_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert running.output(str(tmp_path / "absent")) is None


def test_it_has_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARQUE_KEY", "secret")
    said = running.output(program(tmp_path, "import os; print(sorted(os.environ))", sys.executable + " -I"))
    assert said is not None
    assert b"MARQUE_KEY" not in said
    assert b"OMP_THREAD_LIMIT" in said


ATTEMPTS = """
import os, resource, socket
def attempt(name, do):
    try:
        do()
        print(name, 'done')
    except (OSError, MemoryError) as reason:
        print(name, type(reason).__name__)
attempt('read', lambda: open('/etc/passwd').close())
attempt('write', lambda: open(PLACE, 'w').close())
attempt('remove', lambda: os.unlink(__file__))
attempt('socket', lambda: socket.socket())
attempt('fork', lambda: os.fork() or os._exit(0))
attempt('memory', lambda: bytearray(2 << 30))
"""


@pytest.mark.skipif(not FILTERED, reason="the kernel's filter knows no numbers for this machine")
def test_it_may_read_and_nothing_else(tmp_path: Path) -> None:
    attempts = f"PLACE = {str(tmp_path / 'written')!r}\n{ATTEMPTS}"
    said = running.output(program(tmp_path, attempts, sys.executable + " -I"))
    assert said is not None
    assert dict(line.split() for line in said.decode().splitlines()) == {
        "read": "done",
        "write": "PermissionError",
        "remove": "PermissionError",
        "socket": "PermissionError",
        "fork": "PermissionError",
        "memory": "MemoryError",
    }
    assert not (tmp_path / "written").exists()


def test_without_numbers_there_is_no_filter() -> None:
    assert launcher.filter_of("pdp11") == b""
    assert len(launcher.filter_of("x86_64")) % 8 == 0

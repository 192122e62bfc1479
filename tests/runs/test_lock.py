"""The writer's lock across processes: one at a time, the other told by whom, free again when the holder is killed."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from marque.errors import StoreFailure
from marque.runs.lock import Holder, hold, holder_of, person

HOLDER = """
import sys
from pathlib import Path
from marque.runs.lock import hold
with hold(Path(sys.argv[1]), "ingest a.warc"):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holding(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=10)


def test_the_second_waits_and_is_told_for_whom(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = holding(path)
    told: list[Holder | None] = []

    def release(holder: Holder | None) -> None:
        told.append(holder)
        threading.Timer(0.1, end, [process]).start()

    start = time.monotonic()
    with hold(path, "investigate", release):
        assert time.monotonic() - start >= 0.1
    assert told[0] is not None
    assert (told[0].who, told[0].pid, told[0].task) == (person(), process.pid, "ingest a.warc")


def test_the_impatient_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = holding(path)
    with pytest.raises(StoreFailure) as caught, hold(path, "investigate", patient=False):
        pass
    assert caught.value.code == "runs.busy"
    assert caught.value.params["pid"] == process.pid
    end(process)


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = holding(path)
    process.kill()
    process.communicate()
    assert holder_of(path) is not None
    with hold(path, "investigate", patient=False):
        holder = holder_of(path)
        assert holder is not None
        assert holder.pid == os.getpid()


def test_a_free_lock_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with hold(path, "investigate"):
        pass
    assert holder_of(path) is None
    assert path.read_bytes() == b""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"who": 1}', "\x00"])
def test_a_lock_file_that_says_nothing_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock").write_text(text)
    assert holder_of(tmp_path / "lock") is None


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreFailure, match="lock-unusable"), hold(tmp_path / "lock", "x"):
        pass

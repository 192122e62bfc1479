"""Words come through the pipe as they were said; silence, an end in the middle and too long a word are refusals."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import pytest

from marque.errors import InputRefused
from marque.works.audio.decoding import pipe
from marque.works.audio.decoding.pipe import HEAD, PROBLEM, Worker

WORKER = Worker("nobody", 100_000, ("works.sound-none", "works.sound-needs-av"), "costly", "crashed")


@contextmanager
def process(program: str) -> Iterator["subprocess.Popen[bytes]"]:
    started = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, bufsize=0)
    assert started.stdout is not None
    try:
        yield started
    finally:
        started.kill()
        started.stdout.close()
        started.wait()


@pytest.mark.parametrize("size", [0, 1, 100_000])
def test_words_come_as_they_were_said(size: int) -> None:
    program = f"from marque.works.audio.decoding.pipe import say\nsay(1, b'one')\nsay(2, bytes({size}))"
    with process(program) as speaker:
        assert list(islice(pipe.words(WORKER, speaker, "x"), 2)) == [(1, b"one"), (2, bytes(size))]


@pytest.mark.parametrize(
    ("program", "code"),
    [
        pytest.param("", "crashed", id="no word"),
        pytest.param("os.write(1, HEAD.pack(1, 9) + b'half')", "crashed", id="half a word"),
        pytest.param("os.write(1, HEAD.pack(1, 100_001))", "crashed", id="too long"),
        pytest.param("os.kill(os.getpid(), 24)", "costly", id="time is up"),
        pytest.param("import time; time.sleep(60)", "costly", id="silence"),
        pytest.param("os.write(1, HEAD.pack(PROBLEM, 1) + b'\\1')", "works.sound-needs-av", id="a problem"),
        pytest.param("os.write(1, HEAD.pack(PROBLEM, 1) + b'\\2')", "crashed", id="an unknown problem"),
        pytest.param("os.write(1, HEAD.pack(PROBLEM, 0))", "crashed", id="a problem without a number"),
    ],
)
def test_what_goes_wrong_is_named(program: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipe, "PATIENCE", 0.5 if code == "costly" else 60.0)
    begin = f"import os, struct\nHEAD, PROBLEM = struct.Struct({HEAD.format!r}), {PROBLEM}\n"
    with process(begin + program) as speaker, pytest.raises(InputRefused) as reason:
        next(pipe.words(WORKER, speaker, "x"))
    assert (reason.value.code, reason.value.params) == (code, {"file": "x"})

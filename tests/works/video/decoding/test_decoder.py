"""What comes back from the confined process is checked, and the process can open nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.works.audio.decoding import pipe
from marque.works.video.decoding import decoder, messages
from marque.works.video.decoding.decoder import End, Frame
from tests.works.video.films import film, shown


@contextmanager
def said(data: bytes) -> Iterator[list[Frame | End]]:
    """What a process that says so much is taken to have said."""
    program = f"import os; os.write(1, bytes.fromhex('{data.hex()}'))"
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, bufsize=0)
    assert process.stdout is not None
    try:
        yield list(decoder.checked(pipe.words(decoder.WORKER, process, "film"), "film"))
    finally:
        process.stdout.close()
        process.wait()


def word(kind: int, body: bytes) -> bytes:
    return pipe.HEAD.pack(kind, len(body)) + body


def frame(time: int, rows: int = 16, columns: int = 20) -> bytes:
    return word(messages.FRAME, messages.PLACE.pack(time, rows, columns) + bytes(rows * columns))


END = word(messages.END, messages.LAST.pack(2_000, False))


def test_frames_and_an_end_are_taken() -> None:
    with said(frame(0) + frame(1_000) + END) as found:
        assert [each.time for each in found] == [0, 1_000, 2_000]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", decoder.CRASHED, id="nothing"),
        pytest.param(frame(0), decoder.CRASHED, id="no-end"),
        pytest.param(frame(5) + frame(5) + END, decoder.CRASHED, id="time-stands-still"),
        pytest.param(frame(0)[:-1] + END, decoder.CRASHED, id="a-frame-cut-short"),
        pytest.param(frame(0, 2, 2) + END, decoder.CRASHED, id="a-frame-too-small"),
        pytest.param(word(messages.FRAME, b"x") + END, decoder.CRASHED, id="no-frame-at-all"),
        pytest.param(pipe.HEAD.pack(messages.FRAME, 1 << 31), decoder.CRASHED, id="a-frame-too-large"),
        pytest.param(word(9, b""), decoder.CRASHED, id="an-unknown-word"),
        pytest.param(word(pipe.PROBLEM, b"\xff"), decoder.CRASHED, id="an-unknown-problem"),
        pytest.param(word(pipe.PROBLEM, bytes([messages.NEEDS_AV])), "works.film-needs-av", id="no-decoder"),
    ],
)
def test_what_no_honest_decoder_says_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as reason, said(data):
        pass
    assert reason.value.code == code


@pytest.mark.slow
def test_time_that_is_up_ends_a_film_and_says_so(tmp_path: Path) -> None:
    pytest.importorskip("av", reason="PyAV is not installed")
    descriptor = os.open(film(tmp_path, "film", shown("film", 4)), os.O_RDONLY)
    try:
        found = list(decoder.decoded(descriptor, "film", seconds=0))
    except InputRefused as reason:
        assert reason.code == "works.film-damaged"  # not one frame was ready
    else:
        assert isinstance(found[-1], End)
        assert found[-1].cut
    finally:
        os.close(descriptor)

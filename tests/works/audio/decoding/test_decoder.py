"""Hostile files: each is named, none is opened by what it names, and nothing of it outlives its process."""

import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.bench.identification.audio_material import RATE
from marque.errors import InputRefused
from marque.works.audio.decoding import formats, messages, pipe, worker
from marque.works.audio.fingerprint import fingerprint, of_bytes
from tests.works.audio.files import write, write_by_av
from tests.works.audio.sounds import stereo

LIST = b"#EXTM3U\nhttp://192.0.2.1/a.ts\n"
SHORT = stereo(1)[: 2 * RATE]


def refused(data: bytes) -> str:
    with pytest.raises(InputRefused) as reason:
        of_bytes(data, "x")
    assert reason.value.params["file"] == "x"
    return reason.value.code


def made(tmp_path: Path, name: str) -> bytes:
    return write(tmp_path / name, SHORT, RATE).read_bytes()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(LIST, "works.sound-list", id="playlist"),
        pytest.param(b"ffconcat version 1.0\nfile /etc/passwd\n", "works.sound-list", id="concat script"),
        pytest.param(b"", "works.sound-unknown", id="empty"),
        pytest.param(b"<html>not found</html>", "works.sound-unknown", id="a page"),
        pytest.param(b"ID3\x04\x00\x00\x00\x00\x00\x0a" + LIST * 9, "works.sound-damaged", id="list behind tags"),
        pytest.param(b"RIFF\xff\xff\xff\x7fWAVE" + bytes(99), "works.sound-damaged", id="longer than it is"),
        pytest.param(b"fLaC" + bytes(4_000), "works.sound-damaged", id="FLAC of zeros"),
        pytest.param(b"OggS" + bytes(4_000), "works.sound-damaged", id="Ogg of zeros"),
        pytest.param(b"\x00\x00\x00\x20ftypM4A " + bytes(4_000), "works.sound-damaged", id="M4A of zeros"),
        pytest.param((b"G" + bytes(187)) * 40, "works.sound-none", id="MPEG-TS of nothing"),
    ],
)  # fmt: skip
def test_each_is_named(data: bytes, code: str) -> None:
    assert refused(data) in {code, "works.sound-damaged"}


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_a_file_cut_short_is_not_passed_off_as_whole(name: str, tmp_path: Path) -> None:
    data = made(tmp_path, name)
    assert refused(data[: len(data) * 2 // 3]) == "works.sound-damaged"


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", SHORT, RATE).rename(tmp_path / "a.wav")
    assert fingerprint(path, "a.wav").num_rows >= 1


def test_a_film_without_sound_is_named(tmp_path: Path) -> None:
    path = write_by_av(tmp_path / "a.mkv", SHORT, RATE, picture=True)
    assert refused(path.read_bytes()) == "works.sound-none"


def test_a_file_that_claims_a_day_of_sound(tmp_path: Path) -> None:
    data = bytearray(made(tmp_path, "a.flac"))
    data[21:26] = bytes([data[21] | 0x0F]) + b"\xff\xff\xff\xff"  # 36 bits: samples in all
    assert refused(bytes(data)) == "works.sound-too-long"


def test_a_thousand_channels() -> None:
    form = struct.pack("<HHIIHH", 1, 1_000, RATE, RATE * 2_000, 2_000, 16)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", 40_000) + bytes(40_000)
    assert refused(b"RIFF" + struct.pack("<I", len(body)) + body) == "works.sound-damaged"


@settings(max_examples=4, deadline=None)
@given(at=st.integers(0, 4_000), with_=st.binary(min_size=1, max_size=40), kind=st.sampled_from(["ogg", "mp3", "flac"]))
def test_damage_anywhere_is_read_or_named(
    at: int, with_: bytes, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = made(tmp_path_factory.mktemp("damage"), f"a.{kind}")
    try:
        of_bytes(data[:at] + with_ + data[at + len(with_) :], "x")
    except InputRefused as reason:
        assert reason.code.startswith("works.sound-")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputRefused) as reason:
        fingerprint(tmp_path / "pipe", "x")
    assert reason.value.code == "works.sound-unreadable"


SAYS: list[tuple[str, str, str]] = [
    ("dies", "import os; os.abort()", "works.sound-crashed"),
    ("uses up its time", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "works.sound-too-costly"),
    ("says nothing", "import time; time.sleep(60)", "works.sound-too-costly"),
    ("says nonsense", "print('hello ' * 99)", "works.sound-crashed"),
    ("says sound without a rate", "say(2, bytes(8))", "works.sound-crashed"),
    ("says a rate of no number", "say(1, b'\\0\\x40')", "works.sound-crashed"),
    ("says half a sample", "say(1, b'\\0\\x40\\0\\0'); say(2, bytes(7))", "works.sound-crashed"),
    ("says an absurd rate", "say(1, b'\\1\\0\\0\\0')", "works.sound-crashed"),
    ("stops in the middle", "say(1, b'\\0\\x40\\0\\0'); say(2, bytes(8))", "works.sound-crashed"),
    ("says an unknown problem", "say(4, b'\\x63')", "works.sound-crashed"),
    ("has no PyAV", "say(4, bytes([3]))", "works.sound-needs-av"),
]


@pytest.mark.parametrize(("program", "code"), [pytest.param(*row[1:], id=row[0]) for row in SAYS])
def test_what_a_broken_decoder_says_is_not_believed(
    program: str, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    says = "import sys, struct\ndef say(k, b): sys.stdout.buffer.write(struct.pack('<II', k, len(b)) + b)\n" + program
    start: Callable[..., object] = subprocess.Popen
    monkeypatch.setattr(pipe, "PATIENCE", 0.5)
    monkeypatch.setattr(subprocess, "Popen", lambda _, **how: start([sys.executable, "-c", says], **how))
    data = made(tmp_path, "a.wav")
    assert refused(data) == code


def test_messages_fit_what_the_client_takes() -> None:
    assert np.zeros(messages.BLOCK, "<f4").nbytes <= 4 * messages.BLOCK
    assert worker.CPU_SECONDS < 600
    assert formats.HEAD <= 1 << 16

"""Fingerprints of files: the same sound in any format, in pieces, in any channel."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from marque.bench.identification.audio_material import RATE
from marque.errors import InputRefused
from marque.works.audio import fingerprint as module
from marque.works.audio import model
from marque.works.audio.fingerprint import codes_of, fingerprint, of_bytes
from marque.works.audio.model import Codes, Floats
from tests.works.audio.files import write, write_by_av
from tests.works.audio.sounds import song, stereo

SOUND = stereo(1)[: 12 * RATE]


def likeness(one: Codes, other: Codes) -> float:
    """Share of the codes of one that the other has at the same time."""
    apart = np.bitwise_count(one.codes[:, None] ^ other.codes[None]).sum(axis=2)
    together = np.abs(one.time[:, None] - other.time[None]) < 0.1
    return float(((apart <= 48) & together).any(axis=1).mean())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Codes:
    return model.read(fingerprint(write(tmp_path_factory.mktemp("sound") / "a.wav", SOUND, RATE), "a"))


@pytest.mark.parametrize("name", ["b.flac", "b.ogg", "b.mp3", "b.aiff"])
def test_every_format_sounds_the_same(name: str, plain: Codes, tmp_path: Path) -> None:
    found = model.read(fingerprint(write(tmp_path / name, SOUND, RATE), name))
    assert found.seconds == pytest.approx(12.0, abs=0.1)
    assert likeness(plain, found) >= 0.6


@pytest.mark.parametrize(("name", "codec"), [("c.m4a", "aac"), ("c.ts", "aac")])
def test_with_pyav_also_the_sound_of_films(name: str, codec: str, plain: Codes, tmp_path: Path) -> None:
    found = model.read(fingerprint(write_by_av(tmp_path / name, SOUND, RATE, codec), name))
    assert found.seconds == pytest.approx(12.0, abs=0.3)
    assert likeness(plain, found) >= 0.6


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda sound: sound * np.array([1, -1], np.float32), id="one channel inverted"),
        pytest.param(lambda sound: sound[:, ::-1], id="channels swapped"),
        pytest.param(lambda sound: np.repeat(sound, 2, axis=1), id="four channels"),
    ],
)
def test_channels_do_not_matter(change: Callable[[Floats], Floats], plain: Codes, tmp_path: Path) -> None:
    path = write(tmp_path / "d.wav", change(SOUND), RATE)
    assert likeness(plain, model.read(fingerprint(path, "d"))) >= 0.6


def test_the_same_bytes_give_the_same_table(tmp_path: Path) -> None:
    path = write(tmp_path / "e.flac", SOUND[: 6 * RATE], RATE)
    table = fingerprint(path, "e")
    assert table.equals(of_bytes(path.read_bytes(), "e"))
    assert table.schema.equals(model.TABLE, check_metadata=True)


def test_pieces_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = codes_of(iter([song(1)]))
    monkeypatch.setattr(module, "PIECE", 6 * 43)
    pieces = codes_of(iter(np.array_split(song(1), 7)))
    assert pieces.time.tolist() == pytest.approx(whole.time.tolist(), abs=0.02)
    assert np.bitwise_count(pieces.codes ^ whole.codes).sum(axis=1).mean() < 4


def test_a_silent_file_is_a_fingerprint_without_rows(tmp_path: Path) -> None:
    table = fingerprint(write(tmp_path / "f.wav", np.zeros(3 * RATE, np.float32), RATE), "f")
    assert table.num_rows == 0


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.mp3", tmp_path):
        with pytest.raises(InputRefused) as refused:
            fingerprint(path, "x")
        assert refused.value.code == "works.sound-unreadable"

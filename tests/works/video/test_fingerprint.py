"""Files become fingerprints, the same every time; what is hostile, damaged or no film is named and costs little."""

import os
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from marque.errors import InputRefused
from marque.works import packed
from marque.works.video.fingerprint import fingerprint, of_bytes
from marque.works.video.model import DAMAGED, FRAME, PLACE, TABLE, read
from tests.works.video.films import film, shown

av = pytest.importorskip("av", reason="PyAV is not installed")


def refused(data: bytes) -> str:
    with pytest.raises(InputRefused) as reason:
        of_bytes(data, "film")
    return reason.value.code


@pytest.mark.slow
def test_file_and_payload_give_the_same_table_every_time(films: dict[str, Path], tables: dict[str, pa.Table]) -> None:
    table = tables["one"]
    assert table.schema.equals(TABLE, check_metadata=True)
    assert packed.pack(table) == packed.pack(of_bytes(films["one"].read_bytes(), "payload"))
    codes = read(table)
    assert 26 <= codes.seconds <= 28
    assert (np.diff(codes.time) >= 0).all()
    assert 20 <= int((codes.kind == FRAME).sum()) <= 56
    assert len(codes) <= 25 * 28
    assert set(codes.kind.tolist()) == {FRAME, PLACE}


@pytest.mark.slow
def test_a_film_that_was_cut_short_is_read_as_far_as_it_goes_and_said_to_be_cut(tmp_path: Path) -> None:
    data = film(tmp_path, "cut", shown("cut", 12), "mkv").read_bytes()
    table = of_bytes(data[: len(data) // 2], "film")
    assert DAMAGED in table.schema.metadata
    assert 2 <= read(table).seconds <= 9


@pytest.mark.slow
def test_what_stands_still_is_kept_once(tmp_path: Path) -> None:
    still = next(shown("still", 5))
    codes = read(fingerprint(film(tmp_path, "still", iter([still] * 12 * 25)), "still"))
    assert int((codes.kind == FRAME).sum()) == 3
    assert codes.lasts.max() >= 9


def test_a_film_of_nothing_has_no_rows(tmp_path: Path) -> None:
    black = np.zeros((90, 160, 3), np.uint8)
    assert fingerprint(film(tmp_path, "black", iter([black] * 30)), "black").num_rows == 0


def test_a_film_without_its_index_is_damaged(tmp_path: Path) -> None:
    data = film(tmp_path, "small", shown("small", 2)).read_bytes()
    assert data.rindex(b"moov") > len(data) // 2
    assert refused(data[: len(data) // 2]) == "works.film-damaged"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "works.film-unknown", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(99), "works.film-unknown", id="picture"),
        pytest.param(b"#EXTM3U\n#EXTINF:10\nhttps://films.example/1.ts\n", "works.film-list", id="hls"),
        pytest.param(b"ffconcat version 1.0\nfile /etc/passwd\n", "works.film-list", id="ffconcat"),
        pytest.param(b"\0\0\0\x18ftypisom" + os.urandom(4_000), "works.film-damaged", id="mp4-of-noise"),
        pytest.param(b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 16, "works.film-damaged", id="matroska-of-noise"),
        pytest.param(b"RIFF\xff\xff\xff\xffAVI LIST" + bytes(5_000), "works.film-damaged", id="avi-of-nothing"),
    ],
)
def test_what_is_no_film_is_named(data: bytes, code: str) -> None:
    assert refused(data) == code


def canvas(width: int, height: int) -> bytes:
    """A moving GIF that says it is so large."""
    head = b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    picture = (
        b"\x21\xf9\x04\0\x0a\0\0\0" + b"\x2c" + bytes(4) + (8).to_bytes(2, "little") * 2 + b"\0\x02\x03\x84\x8f\x05\0"
    )
    return head + picture * 3 + b"\x3b"


def test_a_canvas_of_fifty_thousand_pixels_is_refused() -> None:
    assert refused(canvas(50_000, 50_000)) in ("works.film-too-large", "works.film-damaged")


@pytest.mark.slow
def test_an_animation_of_many_frames_ends_when_its_time_is_up(tmp_path: Path) -> None:
    data = canvas(640, 480)
    many = tmp_path / "many.gif"
    many.write_bytes(data[:19] + data[19:-1] * 33_334 + b"\x3b")
    begun = time.monotonic()
    try:
        table = fingerprint(many, "many", seconds=2)
        assert table.num_rows == 0 or DAMAGED in table.schema.metadata
    except InputRefused as reason:
        assert reason.code in ("works.film-too-costly", "works.film-damaged", "works.film-none")
    assert time.monotonic() - begun < 60


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "missing", tmp_path / "pipe", tmp_path):
        with pytest.raises(InputRefused) as reason:
            fingerprint(path, "film")
        assert reason.value.code == "works.film-unreadable"

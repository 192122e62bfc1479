"""The file layer: one failure ends it, a short write is continued, an aside file appears whole or not at all."""

import os
from pathlib import Path

import pytest

from marque.errors import StoreFailure
from marque.evidence.files import Files, Writer, put_aside
from tests.evidence.faults import FailingFiles


class Dribbling(Files):
    """A disk that takes three bytes at a time."""

    def write_some(self, file: int, data: memoryview) -> int:
        return os.write(file, data[:3])


def test_a_short_write_is_continued(tmp_path: Path) -> None:
    put_aside(Dribbling(), tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


@pytest.mark.parametrize(
    ("fault", "only", "code"),
    [
        pytest.param("ENOSPC", "write", "evidence.disk-full", id="full"),
        pytest.param("short", "write", "evidence.disk-full", id="full half-way"),
        pytest.param("EIO", "write", "evidence.disk-failed", id="I/O error"),
        pytest.param("EIO", "sync", "evidence.sync-failed", id="fsync"),
        pytest.param("ENOSPC", "sync", "evidence.sync-failed", id="fsync on a full disk"),
        pytest.param("EIO", "rename", "evidence.disk-failed", id="rename"),
    ],
)
def test_a_failure_has_a_name_and_ends_it(tmp_path: Path, fault: str, only: str, code: str) -> None:
    (tmp_path / "a").write_bytes(b"before")
    files = FailingFiles(0, fault, only)
    with pytest.raises(StoreFailure) as caught:
        put_aside(files, tmp_path / "a", b"after")
    assert caught.value.code == code
    assert (tmp_path / "a").read_bytes() == b"before"
    with pytest.raises(StoreFailure):
        files.remove(tmp_path / "a")
    assert (tmp_path / "a").exists()


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreFailure):
        Files().create(tmp_path / "link")
    assert not (tmp_path / "elsewhere").exists()


def test_a_stream_is_not_there_before_it_is_finished(tmp_path: Path) -> None:
    writer = Writer(Files(), tmp_path / "a")
    writer.write(b"x" * 10)
    assert (tmp_path / "a").read_bytes() == b""
    writer.finish()
    writer.close()
    assert (writer.tell(), (tmp_path / "a").read_bytes()) == (10, b"x" * 10)

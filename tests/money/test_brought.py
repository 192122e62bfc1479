"""Files that operators bring: plain files of bounded size, and nothing that has no end."""

import os
from pathlib import Path

import pytest

from marque.errors import InputRefused, WrongUsage
from marque.money.brought import opened, whole, write


def test_a_plain_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert whole(tmp_path / "x", 3) == b"abc"


def test_one_byte_too_many_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abcd")
    with pytest.raises(InputRefused, match="file-too-large"):
        whole(tmp_path / "x", 3)


@pytest.mark.parametrize("what", ["folder", "pipe", "device"])
def test_what_is_no_plain_file_is_not_waited_for(what: str, tmp_path: Path) -> None:
    path = Path("/dev/zero") if what == "device" else tmp_path / "x"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    with pytest.raises(InputRefused, match="no-plain-file"):
        opened(path, 10)


def test_what_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no-such-file"):
        opened(tmp_path / "x", 10)


def test_bytes_are_kept_whole_in_the_place_of_what_was_there(tmp_path: Path) -> None:
    for data in (b"one", b"two"):
        write(tmp_path / "a" / "x", data)
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "a").iterdir()] == [("x", b"two")]

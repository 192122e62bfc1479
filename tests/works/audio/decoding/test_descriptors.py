"""Files and payloads are given as descriptors that end with their use; what is no file is named and not waited for."""

import os
from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.works.audio.decoding.descriptors import held, opened


def content(descriptor: int) -> bytes:
    return os.pread(descriptor, 1 << 20, 0)


@pytest.mark.parametrize("data", [b"", b"sound", bytes(200_000)], ids=["empty", "short", "long"])
def test_a_file_and_a_payload_hold_the_same(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with opened(path, "file", "works.film-unreadable") as one, held(data) as other:
        assert content(one) == content(other) == data
    for closed in (one, other):
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(closed)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_named(kind: str, tmp_path: Path) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(InputRefused) as reason, opened(path, "it", "works.film-unreadable"):
        pass
    assert (reason.value.code, reason.value.params) == ("works.film-unreadable", {"file": "it"})

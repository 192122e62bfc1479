"""Small files are written whole or not at all."""

from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.works.storage import read_json, write_bytes


def test_writes_whole(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a.json", b'{"a": 1}')
    write_bytes(tmp_path / "a.json", b'{"a": 2}')
    assert read_json(tmp_path / "a.json") == {"a": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff\xfe", b"{"])
def test_refuses_what_is_no_object(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(InputRefused):
        read_json(tmp_path / "a.json")


def test_refuses_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        read_json(tmp_path / "a.json")

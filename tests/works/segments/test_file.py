"""A file of arrays: what was written, mapped; anything else refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from marque.errors import InputRefused
from marque.words import known
from marque.works.segments import file

ARRAYS: dict[str, file.Array] = {"codes": np.arange(30, dtype=np.uint64).reshape(10, 3), "none": np.zeros(0, np.uint8)}


def written(folder: Path, extra: int = 0) -> Path:
    arrays = ARRAYS | {"much": np.zeros(extra, np.uint8)}
    return folder / file.write(folder, None, "thing", {"a": 1}, arrays)


def test_what_was_written_comes_back_mapped(tmp_path: Path) -> None:
    found = file.read(written(tmp_path), "thing")
    assert found.meta == {"a": 1}
    assert found.arrays["codes"].tolist() == ARRAYS["codes"].tolist()
    assert not found.arrays["codes"].flags.writeable
    assert len(found.arrays["none"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == [f"{found.name}.thing"]


def test_the_same_content_has_the_same_name_and_bytes(tmp_path: Path) -> None:
    one = written(tmp_path)
    data = one.read_bytes()
    assert (written(tmp_path), one.read_bytes()) == (one, data)


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        pytest.param(lambda data: b"PK\3\4" + data[4:], "works.index-foreign", id="foreign"),
        pytest.param(lambda _: b"", "works.index-damaged", id="empty"),
        pytest.param(lambda data: flip(data, 8), "works.index-version", id="version"),
        pytest.param(lambda data: flip(data, 13), "works.index-damaged", id="length of the contents"),
        pytest.param(lambda data: flip(data, 17), "works.index-damaged", id="length of the file"),
        pytest.param(lambda data: flip(data, 45), "works.index-damaged", id="contents"),
        pytest.param(lambda data: data[:-1], "works.index-damaged", id="cut short"),
        pytest.param(lambda data: data + b"\0", "works.index-damaged", id="something behind it"),
    ],
)
def test_refused_when_opened_however_large(tmp_path: Path, harm: Callable[[bytes], bytes], code: str) -> None:
    path = written(tmp_path, extra=5 << 20)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(InputRefused) as refused:
        file.read(path, "thing")
    assert refused.value.code == code
    assert known(code) and known(f"{code}.advice")


def test_another_kind_is_foreign(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="foreign"):
        file.read(written(tmp_path), "other")


def test_a_flipped_bit_in_a_large_file_is_found_by_verify(tmp_path: Path) -> None:
    path = written(tmp_path, extra=5 << 20)
    file.verify(path, "thing")
    path.write_bytes(flip(path.read_bytes(), 3 << 20))
    file.read(path, "thing")
    with pytest.raises(InputRefused, match="damaged"):
        file.verify(path, "thing")


def test_a_flipped_bit_in_a_small_file_is_found_when_opened(tmp_path: Path) -> None:
    path = written(tmp_path)
    data = path.read_bytes()
    path.write_bytes(flip(data, data.rindex(bytes(ARRAYS["codes"][9, 2:3].tobytes()))))
    with pytest.raises(InputRefused, match="damaged"):
        file.read(path, "thing")

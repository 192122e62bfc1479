"""An index in a folder: readers beside a writer see one state whole, a killed writer leaves the old one or the new."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.works import index_store
from marque.works.segments import file
from tests.works import growing

ROOT = Path(__file__).parents[2]


def process(*arguments: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.works.growing", *map(str, arguments)], cwd=ROOT)


def test_nothing_is_there_before_the_first_writer(tmp_path: Path) -> None:
    assert index_store.read(tmp_path) is None


def test_it_grows_and_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    growing.grow(tmp_path)
    old = index_store.read(tmp_path)
    for _ in range(3):
        growing.grow(tmp_path)
    new = index_store.read(tmp_path)
    assert old is not None and new is not None
    assert (old[1], new[1]) == ("1", "4")
    assert growing.whole(*old) and growing.whole(*new)
    index_store.verify(tmp_path)


def test_only_what_is_named_stays(tmp_path: Path) -> None:
    for leftover in ("a.part", "b.segment", "old.idx"):
        (tmp_path / leftover).write_bytes(b"x")
    growing.grow(tmp_path)
    assert len(list(tmp_path.iterdir())) == 3  # current, lock, one segment


@pytest.mark.slow
def test_readers_beside_two_writing_processes_see_whole_states(tmp_path: Path) -> None:
    writers = [process(tmp_path, 6) for _ in range(2)]
    seen = []
    while any(writer.poll() is None for writer in writers):
        held = index_store.read(tmp_path)
        if held is not None:
            assert growing.whole(*held)
            seen.append(int(held[1]))
    assert [writer.wait() for writer in writers] == [0, 0]
    assert seen == sorted(seen)
    held = index_store.read(tmp_path)
    assert held is not None and held[1] == "12" and growing.whole(*held)


@pytest.mark.slow
def test_a_writer_killed_at_any_step_leaves_the_old_index_or_the_new(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for _ in range(2):
        growing.grow(old)
    assert process(old, 1, "kill").wait() == 0
    states = []
    for step in range(len(list(tmp_path.glob("old-*")))):
        folder = tmp_path / f"old-{step}"
        held = index_store.read(folder)
        assert held is not None and growing.whole(*held)
        index_store.verify(folder)
        states.append(held[1])
        growing.grow(folder)
        assert len(list(folder.iterdir())) == 3
    assert states == sorted(states) and states[0] == "2" and states[-1] == "3"
    assert len(states) > 8


def test_one_of_an_older_version_counts_as_none_and_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(file, "VERSION", file.VERSION - 1)
        growing.grow(tmp_path)
    assert index_store.read(tmp_path) is None
    growing.grow(tmp_path)
    held = index_store.read(tmp_path)
    assert held is not None and held[1] == "1" and growing.whole(*held)
    assert len(list(tmp_path.iterdir())) == 3


def test_one_of_a_later_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    growing.grow(tmp_path)
    monkeypatch.setattr(file, "VERSION", file.VERSION - 1)
    with pytest.raises(InputRefused, match="version"):
        index_store.read(tmp_path)


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda folder: flip(next(folder.glob("*.segment")), -70), id="a bit of a segment"),
        pytest.param(lambda folder: flip(folder / "current", -70), id="a bit of a vote"),
        pytest.param(lambda folder: next(folder.glob("*.segment")).unlink(), id="a segment is missing"),
        pytest.param(lambda folder: os.truncate(folder / "current", 100), id="cut short"),
        pytest.param(
            lambda folder: (folder / "current").write_bytes(next(folder.glob("*.segment")).read_bytes()),
            id="another file in its place",
        ),
    ],
)
def test_what_is_damaged_is_refused(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    growing.grow(tmp_path)
    harm(tmp_path)
    with pytest.raises(InputRefused):
        index_store.read(tmp_path)
    with pytest.raises(InputRefused):
        index_store.verify(tmp_path)


def test_one_segment_in_the_place_of_another_is_found_by_verify(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        growing.grow(folder)
    growing.grow(other)
    next(one.glob("*.segment")).write_bytes(next(other.glob("*.segment")).read_bytes())
    with pytest.raises(InputRefused):
        index_store.verify(one)

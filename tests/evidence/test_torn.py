"""What a stopped writer leaves at the end of the log, told from what somebody added."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.evidence import log, torn
from marque.evidence.events import Event, Stored, conceal, leaf_line, opening_line
from marque.evidence.findings import exit_status
from marque.evidence.merkle import leaf_hash
from marque.evidence.verify import verify
from marque.runs.workspace import Workspace
from tests.evidence import samples
from tests.evidence.test_verify import seal

STORED = Stored("warc", 10, "a" * 64, "b" * 128)
TEXTS = st.text(max_size=30) | st.sampled_from(['"', "\\\\", "\n\t", "\x01", "\ud800", "가"])


@given(TEXTS, st.sampled_from([STORED, None]), st.sampled_from(["c" * 64, None]), st.data())
def test_every_beginning_of_a_line_is_one(
    text: str, stored: Stored | None, parent: str | None, data: st.DataObject
) -> None:
    event = Event("ingested", stored, text, text, text, parent)
    hidden = conceal(event)
    leaf = leaf_line(event, hidden, 1_700_000_000_000_000)
    opening = opening_line(7, leaf_hash(leaf), hidden)
    cut = data.draw(st.integers(0, len(leaf)))
    assert torn.of_leaf(leaf[:cut])
    assert torn.of_leaf(leaf[:cut] + b"\0" * 9)
    cut = data.draw(st.integers(0, len(opening)))
    assert torn.of_opening(opening[:cut], 7, leaf_hash(leaf))
    assert torn.of_opening(opening[:cut], 7, None)


@pytest.mark.parametrize("data", [b"x", b" ", b"{}", b'{"id":"zz', b'{"id":"00"', b"garbage" * 20, b"\xff"])
def test_anything_else_is_none(data: bytes) -> None:
    assert not torn.of_leaf(data)
    assert not torn.of_opening(data, 7, None)


def test_the_opening_of_another_entry_is_none() -> None:
    assert not torn.of_opening(b'{"index":8,"le', 7, None)
    assert not torn.of_opening(b'{"index":7,"leaf":"00', 7, b"\xff" * 32)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = Workspace.init(tmp_path / "case").folder
    (tmp_path / "a.warc").write_bytes(samples.warc(samples.page(1)))
    seal(folder, tmp_path / "a.warc")
    return folder


def judged(case: Path) -> tuple[int, set[str]]:
    found = list(verify(case, None, None))
    return exit_status(each.grade for each in found), {each.code for each in found}


APPENDED = [
    pytest.param(log.LEAVES, b'{"id":"0123', 0, "evidence.unfinished", id="leaf begun"),
    pytest.param(log.LEAVES, b'{"id":"0123\0\0', 0, "evidence.unfinished", id="leaf begun, zeros behind"),
    pytest.param(log.LEAVES, b"x", 1, "evidence.appended", id="a byte"),
    pytest.param(log.LEAVES, b"\n", 1, "evidence.leaf-damaged", id="a line end"),
    pytest.param(log.LEAVES, b"{}\n", 1, "evidence.leaf-damaged", id="no leaf"),
    pytest.param(log.OPENINGS, b'{"index":2,"leaf":"00', 0, "evidence.unfinished", id="opening begun"),
    pytest.param(log.OPENINGS, b'{"index":9,"leaf":"00', 1, "evidence.appended", id="another opening begun"),
    pytest.param(log.OPENINGS, b"x", 1, "evidence.appended", id="a byte in openings"),
    pytest.param(log.OPENINGS, b"{}\n", 1, "evidence.opening-stray", id="no opening"),
    pytest.param(log.OPENINGS, b"\n", 1, "evidence.opening-stray", id="a line end in openings"),
]


@pytest.mark.parametrize(("name", "data", "expected", "code"), APPENDED)
def test_what_is_appended_is_named_and_cleared(
    case: Path, tmp_path: Path, name: str, data: bytes, expected: int, code: str
) -> None:
    path = case / "log" / name
    before = path.read_bytes()
    path.write_bytes(before + data)
    status, codes = judged(case)
    assert (status, code in codes) == (expected, True), codes
    (tmp_path / "b.warc").write_bytes(samples.warc(samples.page(2)))
    seal(case, tmp_path / "b.warc")
    assert judged(case)[0] == 0
    assert path.read_bytes().startswith(before)

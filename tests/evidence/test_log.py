"""The log through its life: appended, reopened, torn, cut, changed, and proved."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from marque.errors import StoreDamaged, StoreFailure
from marque.evidence import log as logs
from marque.evidence.events import Event, Secret, Stored, commitment, opens
from marque.evidence.files import Files
from marque.evidence.log import Log
from marque.evidence.merkle import leaf_hash, proves_consistency, proves_inclusion
from tests.evidence.faults import FailingFiles

ORIGIN = "marque-log/0123456789abcdef0123456789abcdef"


def event(number: int, kind: str = "ingested") -> Event:
    stored = Stored("warc", number, f"{number:064x}", f"{number:0128x}")
    return Event(kind, stored, "officer@desk", f"site-{number}.warc", "order 12/2026", id=f"{number:032x}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    logs.create(tmp_path / "log", ORIGIN, Files())
    return tmp_path / "log"


@pytest.fixture
def filled(folder: Path) -> Path:
    log = Log(folder)
    log.append([event(1), event(2)])
    log.append([event(3)])
    return folder


def test_an_empty_log_opens(folder: Path) -> None:
    log = Log(folder)
    assert (log.checkpoint.origin, log.checkpoint.size, log.entries) == (ORIGIN, 0, [])


def test_entries_come_back_as_logged(filled: Path) -> None:
    log = Log(filled)
    assert [entry.leaf.object.length for entry in log.entries if entry.leaf.object] == [1, 2, 3]
    first = log.entries[0]
    assert first.hidden is not None
    assert {name: secret.text for name, secret in first.hidden.items()} == {
        "who": "officer@desk",
        "what": "site-1.warc",
        "why": "order 12/2026",
    }
    assert opens(first.leaf, first.hidden)


def test_personal_fields_enter_leaves_only_as_commitments(filled: Path) -> None:
    leaves = (filled / logs.LEAVES).read_text()
    assert not any(word in leaves for word in ("officer", "site-1", "order"))


def test_equal_texts_do_not_look_equal(filled: Path) -> None:
    whos = {entry.leaf.commitments["who"] for entry in Log(filled).entries}
    assert len(whos) == 3


def test_fields_cannot_be_swapped() -> None:
    secret = Secret("00" * 32, "text")
    assert len({commitment(name, secret) for name in ("who", "what", "why")}) == 3


def test_a_repeated_event_is_logged_once(filled: Path) -> None:
    log = Log(filled)
    assert log.append([event(2)]) == []
    assert [entry.index for entry in log.append([event(3), event(4)])] == [3]


def test_proofs_of_a_reopened_log(filled: Path) -> None:
    log = Log(filled)
    leaves = (filled / logs.LEAVES).read_bytes().splitlines()
    root = log.checkpoint.root
    assert all(
        proves_inclusion(leaf_hash(leaf), index, 3, log.tree.inclusion(index), root)
        for index, leaf in enumerate(leaves)
    )
    assert proves_consistency(2, 3, log.tree.root(2), root, log.tree.consistency(2))


def test_a_reader_sees_only_what_the_checkpoint_acknowledges(filled: Path) -> None:
    before = (filled / logs.CHECKPOINT).read_bytes()
    Log(filled).append([event(4)])
    (filled / logs.CHECKPOINT).write_bytes(before)
    assert len(Log(filled).entries) == 3


def test_whole_entries_beyond_the_checkpoint_are_kept_by_the_next_writer(filled: Path) -> None:
    before = (filled / logs.CHECKPOINT).read_bytes()
    Log(filled).append([event(4), event(5)])
    (filled / logs.CHECKPOINT).write_bytes(before)
    log = Log(filled)
    assert log.recover() == logs.Recovered(cut=0, kept=2)
    assert len(Log(filled).entries) == 5


@pytest.mark.parametrize("name", [logs.LEAVES, logs.OPENINGS])
def test_a_torn_tail_is_cut_at_any_length(filled: Path, name: str) -> None:
    before = {path: path.read_bytes() for path in sorted(filled.iterdir())}
    Log(filled).append([event(4)])
    after = {path: path.read_bytes() for path in before}
    path = filled / name
    first, last = len(before[path]) + 1, len(after[path]) - 1
    for length in (*range(first, last, 13), last):
        for each, data in before.items():
            each.write_bytes(data)
        (filled / logs.OPENINGS).write_bytes(after[filled / logs.OPENINGS])
        path.write_bytes(after[path][:length])
        log = Log(filled)
        assert log.recover().cut > 0
        assert {each: each.read_bytes() for each in before} == before


DAMAGE: list[tuple[str, str, Callable[[bytes], bytes], str]] = [
    ("leaf flipped", logs.LEAVES, lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:], "log-entry-damaged"),
    ("leaf cut off", logs.LEAVES, lambda data: b"".join(data.splitlines(True)[:2]), "log-cut"),
    ("leaf torn", logs.LEAVES, lambda data: data[:-1], "log-entry-damaged"),
    ("leaves swapped", logs.LEAVES, lambda data: b"".join(data.splitlines(True)[::-1]), "log-entry-damaged"),
    ("leaf doubled", logs.LEAVES, lambda data: data[: data.index(b"\n") + 1] + data, "log-entry-damaged"),
    ("opening flipped", logs.OPENINGS, lambda data: data[:9] + bytes([data[9] ^ 1]) + data[10:], "log-entry-damaged"),
    ("openings lost", logs.OPENINGS, lambda data: b"", "log-entry-damaged"),
    ("root changed", logs.CHECKPOINT, lambda data: data[:-5] + b"AAA=\n", "log-changed"),
    ("size changed", logs.CHECKPOINT, lambda data: data.replace(b"\n3\n", b"\n4\n"), "log-cut"),
    ("size spelt otherwise", logs.CHECKPOINT, lambda data: data.replace(b"\n3\n", b"\n03\n"), "checkpoint-lost"),
    ("checkpoint emptied", logs.CHECKPOINT, lambda data: b"", "checkpoint-lost"),
]


@pytest.mark.parametrize(("name", "damage", "code"), [pytest.param(*row[1:], id=row[0]) for row in DAMAGE])
def test_damage_to_what_was_acknowledged_is_refused(
    filled: Path, name: str, damage: Callable[[bytes], bytes], code: str
) -> None:
    path = filled / name
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StoreDamaged) as caught:
        Log(filled)
    assert caught.value.code == f"evidence.{code}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('"index":1,', '"index":true,', id="true for one"),
        pytest.param('"index":1,', '"index":1.0,', id="a float for one"),
        pytest.param('"index":1,', '"index":1e0,', id="an exponent for one"),
        pytest.param('"index":1,', '"index":1,"index":1,', id="a doubled key"),
        pytest.param('"text":"site-2.warc"', '"text":"site\\u002d2.warc"', id="an escape"),
        pytest.param('"text":"site-2.warc"', '"text":"site-1.warc"', id="another text"),
    ],
)
def test_an_opening_spelt_otherwise_is_refused(filled: Path, old: str, new: str) -> None:
    path = filled / logs.OPENINGS
    before = path.read_text()
    path.write_text(before.replace(old, new, 1))
    assert path.read_text() != before
    with pytest.raises(StoreDamaged, match="log-entry-damaged"):
        Log(filled)


def test_an_erased_opening_still_opens_the_log(filled: Path) -> None:
    path = filled / logs.OPENINGS
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[1] = {"index": 1, "leaf": rows[1]["leaf"]}
    path.write_text("".join(json.dumps(row, separators=(",", ":"), sort_keys=True) + "\n" for row in rows))
    assert [entry.hidden is None for entry in Log(filled).entries] == [False, True, False]


def test_after_a_failed_step_nothing_more_is_written(filled: Path) -> None:
    log = Log(filled, FailingFiles(at=1, only="sync"))
    with pytest.raises(StoreFailure):
        log.append([event(4)])
    size = (filled / logs.LEAVES).stat().st_size
    with pytest.raises(StoreFailure):
        log.append([event(5)])
    assert (filled / logs.LEAVES).stat().st_size == size
    assert len(Log(filled).entries) == 3


def test_a_leaf_too_long_is_refused_before_anything_is_written(filled: Path) -> None:
    long = Event("ingested", Stored("k" * 70_000, 1, "0" * 64, "0" * 128), "", "", "")
    before = (filled / logs.OPENINGS).read_bytes()
    with pytest.raises(ValueError, match="65535"):
        Log(filled).append([long])
    assert (filled / logs.OPENINGS).read_bytes() == before

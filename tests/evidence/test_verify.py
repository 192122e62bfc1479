"""Verify against everything that can be done to a workspace: flipped, cut, deleted, reordered, doubled, rolled back."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marque.digest import canonical_json
from marque.errors import MarqueError
from marque.evidence import checkpoint, log
from marque.evidence.checkpoint import Checkpoint
from marque.evidence.derive import Shelf
from marque.evidence.events import Event
from marque.evidence.findings import Finding, exit_status
from marque.evidence.ingest import Sealer, ingest
from marque.evidence.objects import digests_of
from marque.evidence.verify import verify
from marque.runs.workspace import Workspace, read_origin
from tests.evidence import samples


def seal(folder: Path, *paths: Path) -> None:
    with Workspace.writing(folder, "test") as opened:
        list(ingest(Sealer(opened.vault, Shelf(opened.vault, opened.derived), "officer", "order"), paths))


def findings(folder: Path, trust: Checkpoint | None = None) -> list[Finding]:
    try:
        origin = read_origin(folder)
    except MarqueError as damage:
        return [Finding("identity", "fault", damage.code)]
    return list(verify(folder, origin, trust))


def status(folder: Path, trust: Checkpoint | None = None) -> int:
    return exit_status(finding.grade for finding in findings(folder, trust))


def codes(folder: Path, trust: Checkpoint | None = None) -> set[str]:
    return {each.code.removeprefix("evidence.") for each in findings(folder, trust) if each.grade != "ok"}


def kept(folder: Path) -> Checkpoint:
    return log.read_checkpoint(folder / "log")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("original")
    folder = Workspace.init(base / "case").folder
    (base / "a.warc").write_bytes(samples.warc(samples.page(1)))
    (base / "b.warc").write_bytes(samples.warc(samples.page(2))[:-30])
    seal(folder, base / "a.warc", base / "b.warc", samples.saved_page(base / "c.html"))
    return folder


@pytest.fixture
def case(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "case"))


def writable(path: Path) -> Path:
    path.chmod(0o644)
    return path


def sealed_files(folder: Path) -> list[Path]:
    """Every file that counts: all but the lock, which only says who is writing."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock")


def test_a_sound_workspace_is_valid_and_says_how_little_that_proves(case: Path) -> None:
    """Also with a capture that was damaged when it was sealed."""
    assert status(case) == 0
    assert codes(case) == {"consistent-only"}


def test_verifying_writes_nothing(case: Path) -> None:
    before = samples.contents(case)
    findings(case)
    assert samples.contents(case) == before


def _flips(folder: Path, every: int) -> Iterator[tuple[Path, int, int]]:
    """One bit a byte, each in its turn; of results, long and all under one digest, every 16th byte at most."""
    for path in sealed_files(folder):
        for place in range(0, path.stat().st_size, max(every, 16 if path.suffix == ".parquet" else 1)):
            yield path, place, place % 8


def _caught(folder: Path, every: int) -> tuple[int, list[str]]:
    tried, missed = 0, []
    for path, place, bit in _flips(folder, every):
        data = path.read_bytes()
        writable(path).write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
        tried += 1
        if status(folder) == 0:
            missed.append(f"{path.name}:{place}:{bit}")
        path.write_bytes(data)
    return tried, missed


def test_a_flipped_bit_is_caught(case: Path) -> None:
    tried, missed = _caught(case, 199)
    assert tried > 100
    assert missed == []


@pytest.mark.slow
def test_a_flipped_bit_is_caught_at_every_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = Workspace.init(tmp_path / "case").folder
    (tmp_path / "a.warc").write_bytes(samples.warc(("https://a.example/", "<p>a")))
    seal(case, tmp_path / "a.warc")
    tried, missed = _caught(case, 1)
    with capsys.disabled():
        print(f"\n{tried} bits flipped, {tried - len(missed)} caught")
    assert missed == []


@pytest.mark.parametrize("part", ["log", "vault", "derived"])
def test_a_file_cut_short_anywhere_is_caught(case: Path, part: str) -> None:
    for path in (each for each in sealed_files(case) if each.is_relative_to(case / part)):
        data = writable(path).read_bytes()
        for length in {0, 1, len(data) // 3, len(data) // 2, len(data) - 1}:
            path.write_bytes(data[:length])
            assert status(case) != 0, (path, length)
        path.write_bytes(data + b"\n")
        assert codes(case) != {"consistent-only"}, path
        path.write_bytes(data)
    assert status(case) == 0


def test_a_deleted_file_is_caught(case: Path) -> None:
    """But for a result, which is worked out again, and then only noted."""
    for path in sealed_files(case):
        if path.name == "workspace.json":
            continue
        away = path.rename(case.parent / "away")
        assert (status(case) == 0) == ("derived" in path.parts), path
        assert "consistent-only" not in codes(case) or "derived-gone" in codes(case)
        away.rename(path)
    assert status(case) == 0


def _lines(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


EDITS: list[tuple[str, Callable[[list[bytes]], list[bytes]]]] = [
    ("last removed", lambda lines: lines[:-1]),
    ("first removed", lambda lines: lines[1:]),
    ("reversed", lambda lines: lines[::-1]),
    ("two swapped", lambda lines: [lines[1], lines[0], *lines[2:]]),
    ("first doubled", lambda lines: [lines[0], *lines]),
    ("last doubled", lambda lines: [*lines, lines[-1]]),
    ("emptied", lambda lines: []),
    ("blank line", lambda lines: [b"\n", *lines]),
    ("one deep", lambda lines: [b"[" * 60_000 + b"\n", *lines[1:]]),
    ("one long", lambda lines: [b" " * 200_000 + b"\n", *lines[1:]]),
]


@pytest.mark.parametrize("name", [log.LEAVES, log.OPENINGS])
@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in EDITS])
def test_an_edited_log_is_caught(case: Path, name: str, change: Callable[[list[bytes]], list[bytes]]) -> None:
    _lines(case / "log" / name, change)
    if change is EDITS[5][1] and name == log.OPENINGS:
        assert "opening-stray" in codes(case)
    else:
        assert status(case) in {1, 2}


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in EDITS[:7]])
def test_both_files_edited_alike_are_caught(case: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    for name in (log.LEAVES, log.OPENINGS):
        _lines(case / "log" / name, change)
    assert status(case) in {1, 2}


@pytest.mark.parametrize("place", ["vault/00/" + "0" * 64, "vault/loose", "vault/0/x", "log/extra", "vault/zz/x"])
def test_what_the_log_does_not_account_for_is_named(case: Path, place: str) -> None:
    path = case / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"marque-object 1\nplanted")
    assert status(case) == 1
    assert "stranger" in codes(case)


def test_a_link_in_place_of_an_object_is_named(case: Path) -> None:
    path = next(each for each in sealed_files(case) if "vault" in each.parts)
    path.symlink_to(path.rename(case.parent / "elsewhere"))
    assert status(case) == 1


@pytest.mark.parametrize("name", ["log/leaves", "log/openings", "log/checkpoint", "vault/incoming/pipe"])
def test_a_pipe_in_place_of_a_file_is_not_waited_for(case: Path, name: str) -> None:
    path = case / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert status(case) in ({0} if "incoming" in name else {1, 2})


def test_openings_erased_without_a_logged_decision_are_named(case: Path) -> None:
    path = case / "log" / log.OPENINGS
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[0] = {"index": 0, "leaf": rows[0]["leaf"]}
    path.write_text("".join(json.dumps(row, separators=(",", ":"), sort_keys=True) + "\n" for row in rows))
    assert status(case) == 2
    assert codes(case) >= {"opening-erased"}


RUN = "a" * 64


@pytest.mark.parametrize(
    ("change", "expected"),
    [("none", 0), ("changed", 1), ("added", 1), ("list", 1), ("named", 1), ("unlisted", 1), ("deleted", 0)],
)
def test_the_files_of_a_logged_run_are_checked(case: Path, change: str, expected: int) -> None:
    run = case / "runs" / RUN
    run.mkdir()
    (run / "inputs.json").write_bytes(b"{}")
    files = run / "files.json"
    files.write_bytes(canonical_json({"inputs.json": hashlib.sha256(b"{}").hexdigest()}))
    (case / "runs" / "current").write_text(f"{RUN}\n")
    with Workspace.writing(case, "test") as opened:
        opened.log.append([Event("derived", digests_of(files, 0, "run"), "officer", "run", "order", parent=RUN)])
    if change == "changed":
        (run / "inputs.json").write_bytes(b"{ }")
    elif change == "added":
        (run / "links.parquet").write_bytes(b"planted")
    elif change == "list":
        files.write_bytes(canonical_json({}))
    elif change == "named":
        (case / "runs" / "current").write_text(f"{RUN[:-1]}b\n")
    elif change == "unlisted":
        files.unlink()
    elif change == "deleted":
        shutil.rmtree(run)
    assert status(case) == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [(2, 0), (1, 2), (0, 1), (None, 2)],
    ids=["the last", "the one before", "an older one", "none"],
)
def test_the_current_run_is_the_last_one(case: Path, named: int | None, expected: int) -> None:
    runs = [letter * 64 for letter in "abc"]
    for digest in runs:
        files = case / "runs" / digest / "files.json"
        files.parent.mkdir()
        files.write_bytes(canonical_json({}))
        with Workspace.writing(case, "test") as opened:
            opened.log.append([Event("derived", digests_of(files, 0, "run"), "officer", "run", "order", parent=digest)])
    if named is not None:
        (case / "runs" / "current").write_text(f"{runs[named]}\n")
    assert status(case) == expected


def test_a_logged_erasure_is_no_fault(case: Path) -> None:
    with Workspace.writing(case, "test") as opened:
        digest = opened.vault.digests()[0]
        entry = opened.log.entries[0]
        opened.log.append([Event("erased", None, "officer", "a.warc", "time is up", parent=digest)])
        opened.vault.path(digest).unlink()
    path = case / "log" / log.OPENINGS
    lines = path.read_text().splitlines(keepends=True)
    leaf = json.loads(lines[entry.index])["leaf"]
    lines[entry.index] = f'{{"index":{entry.index},"leaf":"{leaf}"}}\n'
    path.write_text("".join(lines))
    assert not Workspace.open(case).vault.has(digest)
    assert [finding for finding in findings(case) if exit_status([finding.grade])] == []


def test_an_outside_checkpoint_proves_it_unchanged(case: Path, tmp_path: Path) -> None:
    trust = kept(case)
    assert codes(case, trust) == set()
    (tmp_path / "later.warc").write_bytes(samples.warc(samples.page(9)))
    seal(case, tmp_path / "later.warc")
    assert status(case, trust) == 0


def test_a_rollback_is_caught_only_by_an_outside_checkpoint(case: Path, tmp_path: Path) -> None:
    older = Path(shutil.copytree(case, tmp_path / "older"))
    (tmp_path / "later.warc").write_bytes(samples.warc(samples.page(9)))
    seal(case, tmp_path / "later.warc")
    assert status(older) == 0
    assert status(older, kept(case)) == 1
    assert codes(older, kept(case)) == {"rolled-back"}


def test_a_fork_is_caught(case: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(case, tmp_path / "other"))
    for folder, number in ((case, 8), (other, 9)):
        (tmp_path / "later.warc").write_bytes(samples.warc(samples.page(number)))
        seal(folder, tmp_path / "later.warc")
    assert status(other) == 0
    assert codes(other, kept(case)) == {"forked"}


def test_the_checkpoint_of_another_log_proves_nothing(case: Path, tmp_path: Path) -> None:
    assert status(case, kept(Workspace.init(tmp_path / "other").folder)) == 3


def test_a_workspace_put_together_from_two_is_caught(case: Path, tmp_path: Path) -> None:
    other = Workspace.init(tmp_path / "other").folder
    shutil.copy(other / "workspace.json", case / "workspace.json")
    assert codes(case) >= {"origin-differs"}


def test_a_signed_note_is_read_as_its_checkpoint(case: Path) -> None:
    note = kept(case).text() + b"\n\xe2\x80\x94 marque-log AAAA\n"
    assert checkpoint.parse_note(note) == kept(case)


def test_a_writer_at_work_is_no_fault(case: Path, tmp_path: Path) -> None:
    (tmp_path / "later.warc").write_bytes(samples.warc(samples.page(9)))
    with Workspace.writing(case, "test") as opened:
        with (tmp_path / "later.warc").open("rb") as stream:
            staged = opened.vault.stage([stream.read()], "warc")
        assert status(case) == 0
        opened.vault.folder.joinpath(staged.stored.sha256[:2]).mkdir(exist_ok=True)
        opened.files.link(staged.aside, opened.vault.path(staged.stored.sha256))
        assert status(case) == 0
        assert codes(case) == {"consistent-only", "asides", "object-in-flight"}

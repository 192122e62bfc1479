"""Ingest: what each file becomes, that nothing happens twice, and that one bad file does not stop the others."""

import gzip
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from marque.errors import StoreDamaged, StoreFailure, WrongUsage
from marque.evidence.derive import Shelf
from marque.evidence.fetch import fetch
from marque.evidence.findings import exit_status
from marque.evidence.ingest import Row, Sealer, ingest
from marque.evidence.model import Locator
from marque.evidence.objects import HEADER
from marque.evidence.verify import verify
from marque.runs.workspace import Workspace
from tests.evidence import samples
from tests.evidence.faults import FailingFiles


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.init(tmp_path / "case")


def run(folder: Path, *paths: Path, files: FailingFiles | None = None) -> Iterator[Row]:
    with Workspace.writing(folder, "test", files=files) as opened:
        shelf = Shelf(opened.vault, opened.derived)
        yield from ingest(Sealer(opened.vault, shelf, "officer@desk", "order 12/2026"), paths)


def statuses(rows: Iterator[Row]) -> dict[str, str]:
    return {Path(row.path).name: row.status for row in rows}


def test_a_folder_in_name_order(workspace: Workspace, tmp_path: Path) -> None:
    rows = list(run(workspace.folder, samples.folder(tmp_path / "in")))
    assert [(Path(row.path).name, row.status) for row in rows] == [
        ("0.warc", "sealed"),
        ("1.warc", "sealed"),
        ("2.warc", "sealed"),
        ("g.warc.gz", "sealed"),
        ("h-cut.warc", "damaged"),
        ("saved.html", "sealed"),
        ("z-notes.bin", "skipped"),
    ]
    assert [row.result.records for row in rows[:4]] == [1, 1, 1, 1]
    assert rows[4].result.problems


def test_sealed_bytes_are_the_files_bytes(workspace: Workspace, tmp_path: Path) -> None:
    source = samples.folder(tmp_path / "in")
    list(run(workspace.folder, source))
    opened = Workspace.open(workspace.folder)
    for name in ("0.warc", "g.warc.gz", "h-cut.warc"):
        data = (source / name).read_bytes()
        part = opened.vault.capture(hashlib.sha256(data).hexdigest()).parts[""]
        assert part.path.read_bytes() == HEADER + data


def test_a_saved_page_is_one_capture_of_all_its_files(workspace: Workspace, tmp_path: Path) -> None:
    page = samples.saved_page(tmp_path / "saved.html")
    (row,) = run(workspace.folder, page)
    assert row.digest is not None
    capture = Workspace.open(workspace.folder).vault.capture(row.digest)
    assert {name: part.path.read_bytes()[part.skip :] for name, part in capture.parts.items()} == {
        "saved.html": page.read_bytes(),
        "saved_files/a.png": (tmp_path / "saved_files" / "a.png").read_bytes(),
        "saved_files/b.css": b"p{}",
    }


def test_the_same_again_changes_no_byte_and_repeats_the_problems(workspace: Workspace, tmp_path: Path) -> None:
    source = samples.folder(tmp_path / "in")
    first = list(run(workspace.folder, source))
    before = samples.contents(workspace.folder)
    second = list(run(workspace.folder, source))
    assert samples.contents(workspace.folder) == before
    assert [row.result for row in second] == [row.result for row in first]
    assert {row.status for row in second} == {"known", "skipped"}


def test_the_same_bytes_under_another_name_are_known(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("a.warc", "b.warc"):
        (tmp_path / name).write_bytes(samples.warc(samples.page(1)))
    assert statuses(run(workspace.folder, tmp_path / "a.warc", tmp_path / "b.warc")) == {
        "a.warc": "sealed",
        "b.warc": "known",
    }
    assert [capture.name for capture in Workspace.open(workspace.folder).vault.captures()] == ["a.warc"]


def test_other_files_are_refused_when_named(workspace: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "notes.bin"
    other.write_bytes(b"\x00\x01")
    (row,) = run(workspace.folder, other)
    assert (row.status, row.digest) == ("refused", None)
    assert row.result.problems


def test_a_missing_path_is_wrong_usage_and_nothing_is_sealed(workspace: Workspace, tmp_path: Path) -> None:
    source = samples.folder(tmp_path / "in")
    before = samples.contents(workspace.folder)
    with pytest.raises(WrongUsage, match="no-such-file"):
        list(run(workspace.folder, source, tmp_path / "not-there.warc"))
    assert samples.contents(workspace.folder) == before | {"lock": b""}


def test_what_cannot_be_opened_is_refused_and_the_rest_goes_on(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.warc")
    (tmp_path / "a.warc").write_bytes(samples.warc(samples.page(1)))
    assert statuses(run(workspace.folder, tmp_path / "pipe.warc", tmp_path / "a.warc")) == {
        "pipe.warc": "refused",
        "a.warc": "sealed",
    }


def test_several_sites_in_one_file_are_counted(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "two.warc"
    path.write_bytes(samples.warc(samples.page(1, "one.example"), samples.page(2, "two.example")))
    (row,) = run(workspace.folder, path)
    assert row.result.sites == 2


def test_records_are_kept_as_a_table(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(samples.warc(samples.page(1), samples.page(2)))
    (row,) = run(workspace.folder, path)
    table = pq.read_table(next((workspace.folder / "derived").rglob("*.parquet")))
    assert table["record"].to_pylist() == [f"{row.digest}:0", f"{row.digest}:1"]
    assert set(table["site"].to_pylist()) == {"reader.example"}


def test_a_capture_that_cannot_be_seeked_gets_a_copy_that_can_once(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "whole.warc.gz"
    path.write_bytes(gzip.compress(samples.warc(*(samples.page(number) for number in range(20))), mtime=0))
    (row,) = run(workspace.folder, path)
    assert row.digest is not None
    opened = Workspace.open(workspace.folder)
    capture = opened.vault.capture(row.digest)
    assert capture.seekable is not None
    records = pq.read_table(Shelf(opened.vault, opened.derived).path(row.digest)).to_pylist()
    for record in (records[0], records[19], records[7]):
        again = fetch(capture, record["record"], Locator(**record["locator"]))
        assert again is not None
        assert again.record.payload_digest == record["payload_digest"]
    before = samples.contents(workspace.folder)
    list(run(workspace.folder, path))
    assert samples.contents(workspace.folder) == before


@pytest.mark.parametrize("change", ["deleted", "changed"])
def test_a_lost_or_changed_result_is_worked_out_again(workspace: Workspace, tmp_path: Path, change: str) -> None:
    source = samples.folder(tmp_path / "in")
    first = list(run(workspace.folder, source))
    before = samples.contents(workspace.folder)
    for path in (workspace.folder / "derived").rglob("*.parquet"):
        path.unlink() if change == "deleted" else path.write_bytes(b"PAR1 not")
    second = list(run(workspace.folder, source))
    assert [row.result for row in second] == [row.result for row in first]
    assert samples.contents(workspace.folder) == before


def test_known_bytes_are_checked_before_they_are_called_known(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(samples.warc(samples.page(1)))
    (row,) = run(workspace.folder, path)
    assert row.digest is not None
    sealed = Workspace.open(workspace.folder).vault.path(row.digest)
    sealed.chmod(0o644)
    sealed.write_bytes(sealed.read_bytes()[:-1])
    with pytest.raises(StoreDamaged, match="object-damaged"):
        list(run(workspace.folder, path))


def test_who_and_why_are_logged(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(samples.warc(samples.page(1)))
    list(run(workspace.folder, path))
    hidden = Workspace.open(workspace.folder).log.entries[0].hidden
    assert hidden is not None
    assert {name: secret.text for name, secret in hidden.items()} == {
        "who": "officer@desk",
        "what": "a.warc",
        "why": "order 12/2026",
    }


def test_more_files_than_a_group(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(70):
        (source / f"{number:03}.warc").write_bytes(samples.warc(samples.page(number)))
    rows = list(run(workspace.folder, source))
    assert [row.status for row in rows] == ["sealed"] * 70
    assert len(Workspace.open(workspace.folder).log.entries) == 140


def test_a_full_disk_stops_the_run_with_a_name(workspace: Workspace, tmp_path: Path) -> None:
    source = samples.folder(tmp_path / "in")
    with pytest.raises(StoreFailure, match="disk-full"):
        list(run(workspace.folder, source, files=FailingFiles(at=5, fault="ENOSPC", only="write")))
    assert statuses(run(workspace.folder, source))["0.warc"] in {"sealed", "known"}


REAL = Path(__file__).parents[2] / ".." / "shared" / "data"


@pytest.mark.realdata
@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real captures is not here")
def test_real_captures_are_sealed_once_and_verify(workspace: Workspace) -> None:
    first = list(run(workspace.folder, REAL / "captures", REAL / "html"))
    before = samples.contents(workspace.folder)
    second = list(run(workspace.folder, REAL / "captures", REAL / "html"))
    assert samples.contents(workspace.folder) == before
    problems = {row.digest: row.result.problems for row in first}
    assert all(row.result.problems == problems[row.digest] for row in second)
    assert "evidence.reader-failed" not in {each.problem.code for row in first for each in row.result.problems}
    found = verify(workspace.folder, workspace.origin, None)
    assert exit_status(each.grade for each in found) == 0

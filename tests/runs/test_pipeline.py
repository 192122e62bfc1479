"""The whole pipeline over a small workspace: what it writes, when a run stands, and that it can be repeated."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from marque.errors import InputRefused, MarqueError
from marque.evidence import tables
from marque.evidence.findings import EXITS
from marque.evidence.verify import verify
from marque.networks.model import JUDGEMENTS
from marque.runs import pipeline
from marque.runs.model import TABLES
from marque.runs.workspace import JUDGED, Workspace
from tests.runs.captures import page, write_warc
from tests.runs.conftest import seal

ALONE = pipeline.Request(workers=1)


def contents(run: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(run.iterdir())}


def test_every_table_is_written_even_when_empty(tmp_path: Path) -> None:
    run = pipeline.investigate(Workspace.init(tmp_path / "empty"), ALONE)
    for name, schema in TABLES:
        assert tables.read(run.folder / f"{name}.parquet", schema).num_rows == 0
    assert (run.folder / "model.json").exists()


def test_signals_lead_to_a_link_and_the_stranger_stays_out(workspace: Workspace) -> None:
    run = pipeline.investigate(workspace, ALONE)
    links = [row for row in pq.read_table(run.folder / "links.parquet").to_pylist() if row["accepted"]]
    assert [(row["site_a"], row["site_b"]) for row in links] == [("toon-one.example", "toon-two.example")]
    assert run.counts["records"] == 3
    assert pipeline.read_current(workspace.folder) == run.folder


def test_the_same_inputs_give_the_same_run_byte_for_byte(workspace: Workspace, tmp_path: Path) -> None:
    first = pipeline.investigate(workspace, ALONE)
    second = Workspace.init(tmp_path / "elsewhere")
    seal(second, [tmp_path / "in" / name for name in ("three.warc.gz", "one.warc.gz", "two.warc.gz")])
    repeated = pipeline.investigate(second, pipeline.Request(workers=2))
    assert repeated.digest == first.digest
    assert contents(repeated.folder) == contents(first.folder)


def test_asking_again_changes_nothing(workspace: Workspace) -> None:
    first = pipeline.investigate(workspace, ALONE)
    before = contents(first.folder)
    again = pipeline.investigate(workspace, ALONE)
    assert (again.digest, again.fresh, dict(again.counts)) == (first.digest, False, dict(first.counts))
    assert contents(again.folder) == before


def test_a_new_capture_makes_a_new_run_that_continues_the_networks(workspace: Workspace, tmp_path: Path) -> None:
    first = pipeline.investigate(workspace, ALONE)
    more = page(b"QQ11WW22EE", b"none", b"nobody@else.example")
    seal(workspace, [write_warc(tmp_path / "in" / "four.warc.gz", {"https://four.example/": more})])
    second = pipeline.investigate(workspace, ALONE)
    assert second.digest != first.digest
    names = [pq.read_table(run.folder / "networks.parquet")["network"].unique().to_pylist() for run in (first, second)]
    assert names[0] == names[1] != []
    assert first.folder.exists()


def test_results_of_a_capture_are_reused(workspace: Workspace) -> None:
    pipeline.investigate(workspace, ALONE)
    kept = {path: path.stat().st_mtime_ns for path in workspace.derived.rglob("*.parquet")}
    judged = workspace.folder.parent / "judgements.parquet"
    row = {"kind": "link", "a": "toon-one.example", "b": "toon-two.example", "judgement": "not-same", "by": "p1"}
    tables.write(judged, tables.of_rows(JUDGEMENTS, [row]))
    run = pipeline.investigate(workspace, pipeline.Request(judgements=judged, workers=1))
    assert run.fresh
    assert {path: path.stat().st_mtime_ns for path in workspace.derived.rglob("*.parquet")} == kept
    assert not [row for row in pq.read_table(run.folder / "links.parquet").to_pylist() if row["accepted"]]


def test_what_was_decided_on_the_pages_reaches_the_next_run(workspace: Workspace) -> None:
    first = pipeline.investigate(workspace, ALONE)
    row = {"kind": "link", "a": "toon-one.example", "b": "toon-two.example", "judgement": "not-same", "by": "p1"}
    tables.write(workspace.folder / JUDGED, tables.of_rows(JUDGEMENTS, [row]))
    run = pipeline.investigate(workspace, ALONE)
    assert run.fresh
    assert run.digest != first.digest
    assert not [row for row in pq.read_table(run.folder / "links.parquet").to_pylist() if row["accepted"]]


def test_deleted_results_are_worked_out_again(workspace: Workspace) -> None:
    first = contents(pipeline.investigate(workspace, ALONE).folder)
    for path in workspace.derived.rglob("*.parquet"):
        path.unlink()
    (workspace.runs / "current").unlink()
    assert contents(pipeline.investigate(workspace, ALONE).folder) == first


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b"{"), id="no JSON"),
        pytest.param(lambda path: path.write_bytes(b"[1]"), id="no object"),
    ],
)
def test_a_model_that_is_none_is_refused_and_nothing_changes(
    workspace: Workspace, tmp_path: Path, spoil: Callable[[Path], int]
) -> None:
    first = pipeline.investigate(workspace, ALONE)
    spoil(tmp_path / "model.json")
    with pytest.raises(InputRefused):
        pipeline.investigate(workspace, pipeline.Request(model=tmp_path / "model.json", workers=1))
    assert pipeline.read_current(workspace.folder) == first.folder
    assert [path.name for path in workspace.runs.glob("*.part")] == []


def test_a_fitted_model_given_back_gives_the_same_links(workspace: Workspace, tmp_path: Path) -> None:
    first = pipeline.investigate(workspace, ALONE)
    model = tmp_path / "model.json"
    model.write_bytes((first.folder / "model.json").read_bytes())
    second = pipeline.investigate(workspace, pipeline.Request(model=model, workers=1))
    links: list[pa.Table] = [pq.read_table(run.folder / "links.parquet") for run in (first, second)]
    assert links[0].equals(links[1])


def test_the_run_is_in_the_log(workspace: Workspace) -> None:
    before = len(workspace.log.entries)
    pipeline.investigate(workspace, ALONE)
    kinds = [entry.leaf.object.kind for entry in workspace.log.entries[before:] if entry.leaf.object]
    assert kinds[-1] == "run"
    assert [kind.partition("-")[0] for kind in kinds[:-1]] == ["sightings", "fingerprints", "headings"] * 3


def test_a_flipped_bit_in_any_file_of_the_workspace_is_caught(workspace: Workspace) -> None:
    """One bit in the middle of every file there is after a run, the lock and the cache left out."""
    pipeline.investigate(workspace, ALONE)
    tried, missed = 0, []
    for path in sorted(each for each in workspace.folder.rglob("*") if each.is_file() and each.stat().st_size):
        if path.name == "lock" or "cache" in path.relative_to(workspace.folder).parts:
            continue
        mode, data = path.stat().st_mode, path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :])
        tried += 1
        if not _faulty(workspace.folder):
            missed.append(str(path.relative_to(workspace.folder)))
        path.write_bytes(data)
        path.chmod(mode)
    assert tried > 20
    assert missed == []


def _faulty(folder: Path) -> bool:
    try:
        findings = list(verify(folder, Workspace.open(folder).origin, None))
    except MarqueError:
        return True
    return any(EXITS[finding.grade] for finding in findings)


def test_an_altered_result_is_worked_out_again_and_never_used(workspace: Workspace) -> None:
    first = contents(pipeline.investigate(workspace, ALONE).folder)
    for path in workspace.derived.rglob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    (workspace.runs / "current").unlink()
    assert contents(pipeline.investigate(workspace, ALONE).folder) == first

"""The main job over real captures that nobody here wrote: it ends, names damage, and leaves lawful pages alone."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from marque.evidence.derive import Shelf
from marque.evidence.findings import EXITS
from marque.evidence.ingest import Row, Sealer, ingest
from marque.evidence.verify import verify
from marque.runs import pipeline
from marque.runs.model import Run
from marque.runs.workspace import Workspace

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.exists(), reason="the shared folder of real captures is not here"),
]

# Damage that others put there or found there; each must be named. (Others may be named too.)
KNOWN_DAMAGED = (
    "warcio/test/data/example-trunc.warc",
    "py-wacz/tests/fixtures/invalid_example_1.wacz",
    "mitmproxy-har/test/mitmproxy/data/corrupted_har/brokenfile.har",
)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, list[Row], set[str]]]:
    folder = tmp_path_factory.mktemp("real")
    with tarfile.open(DATA / "html" / "lawful-control-pages.tar.xz") as archive:
        archive.extractall(folder / "lawful", filter="data")
    workspace = Workspace.init(folder / "workspace")
    sealer = Sealer(workspace.vault, Shelf(workspace.vault, workspace.derived), "tester", "realdata")
    rows = list(ingest(sealer, [DATA / "captures", DATA / "html", folder / "lawful"]))
    lawful = {row.digest for row in rows if row.digest and "/lawful/" in row.path}
    yield workspace, rows, {digest for digest in lawful if digest}


@pytest.fixture(scope="module")
def run(sealed: tuple[Workspace, list[Row], set[str]]) -> Run:
    return pipeline.investigate(sealed[0], pipeline.Request())


@pytest.fixture(scope="module")
def lawful_sites(sealed: tuple[Workspace, list[Row], set[str]], run: Run) -> set[str]:
    records = pq.read_table(run.folder / "records.parquet").to_pylist()
    return {row["site"] for row in records if row["record"].partition(":")[0] in sealed[2] and row["site"]}


def test_every_capture_is_sealed_and_every_damage_named(sealed: tuple[Workspace, list[Row], set[str]]) -> None:
    rows = {row.path: row for row in sealed[1]}
    assert not [path for path, row in rows.items() if row.status == "refused"]
    for name in KNOWN_DAMAGED:
        found = [row for path, row in rows.items() if path.endswith(name)]
        assert found, name
        assert all(row.status == "skipped" or row.result.problems for row in found), name
    assert not [row for row in rows.values() for trouble in row.result.problems if "failed" in trouble.problem.code]


def test_the_run_ends_and_fails_on_nothing(run: Run) -> None:
    assert dict(run.failed) == {}
    assert run.counts["sightings"] > 500


def test_lawful_pages_are_not_linked(run: Run, lawful_sites: set[str]) -> None:
    assert len(lawful_sites) > 200
    links = pq.read_table(run.folder / "links.parquet").to_pylist()
    accepted = [(row["site_a"], row["site_b"]) for row in links if row["accepted"]]
    assert [pair for pair in accepted if lawful_sites & set(pair)] == []
    for name, column in (("networks", "site"), ("services", "site"), ("successors", "site")):
        rows = pq.read_table(run.folder / f"{name}.parquet").to_pylist()
        claimed = [row for row in rows if row[column] in lawful_sites and row.get("predecessor", "") is not None]
        assert claimed == [], name


def test_nothing_is_claimed_of_lawful_pages(run: Run, lawful_sites: set[str]) -> None:
    assessments = pq.read_table(run.folder / "assessments.parquet").to_pylist()
    levels = {row["level"] for row in assessments if row["site"] in lawful_sites}
    assert levels <= {"none", "not-looked", "licensed"}
    assert [row for row in assessments if row["site"] in lawful_sites and row["service_kind"]] == []
    flows = pq.read_table(run.folder / "flows.parquet").to_pylist()
    assert [row for row in flows if row["payee"] in lawful_sites or row["payer"] in lawful_sites] == []
    matches = pq.read_table(run.folder / "matches.parquet").to_pylist()
    assert [row for row in matches if row["site"] in lawful_sites] == []


def test_the_workspace_proves_itself_afterwards(sealed: tuple[Workspace, list[Row], set[str]], run: Run) -> None:
    assert run.digest
    findings = list(verify(sealed[0].folder, sealed[0].origin, None))
    assert [finding for finding in findings if EXITS[finding.grade]] == []

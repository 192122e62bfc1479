"""Hostile pictures through the commands: each is named, nothing is lost, and what stands beside them is still found."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from marque.clock import parse_iso
from marque.evidence import tables
from marque.signals.pictures.decoding import decoder as module
from marque.training.archives import warc
from marque.training.model import Reply
from marque.works.catalogue import Catalogue
from marque.works.model import MATCH, MATCHES
from tests.cli.calling import marque
from tests.signals.pictures.decoding.bombs import BOMBS
from tests.works import drawing

COSTLY = "works.image-too-costly"
MADE = {name: make() for name, (make, _) in BOMBS.items()}
CODES = {name: code for name, (_, code) in BOMBS.items() if code is not None}


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 1_500)


def test_works_match_names_each_and_finds_the_work(catalogue: Catalogue, tmp_path: Path) -> None:
    page = drawing.save(tmp_path / "page", drawing.slices(drawing.episode(1), 900))
    for name, data in MADE.items():
        (page / f"{name}.jpg").write_bytes(data)
    done = marque("works", "match", catalogue.folder, page, "--json")
    row = json.loads(done.out)
    assert done.status == 1
    assert [found["work"] for found in row["matches"] if found["answer"] == "match"] == ["w1"]
    assert sorted(row["problems"]) == sorted(CODES.values())
    assert all(f"{name}.jpg" in done.err for name in CODES)


@pytest.mark.parametrize("name", CODES)
def test_works_add_refuses_the_unit_and_keeps_the_catalogue(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "catalogue"
    slices = drawing.save(tmp_path / "unit", drawing.slices(drawing.episode(41, panels=2)))
    named = ["works", "add", folder, "--work", "moon", "--unit"]
    assert marque(*named, "1", slices).status == 0
    before = Catalogue.open(folder).digest
    (slices / f"{name}.jpg").write_bytes(MADE[name])
    done = marque(*named, "2", slices)
    assert done.status == 1 and f"{name}.jpg" in done.err and "Traceback" not in done.err
    assert Catalogue.open(folder).digest == before


def _capture(path: Path, pictures: Mapping[str, bytes]) -> None:
    """A reader's page on a site of its own, and the pictures it shows in order."""
    time = parse_iso("2026-03-01T10:00:00Z")
    assert time is not None
    site = f"https://{path.name.partition('.')[0]}.example/"
    html = "<html><body>" + "".join(f'<img src="/{name}.jpg">' for name in pictures) + "</body></html>"
    bodies = [(site, "text/html", html.encode()), *((f"{site}{n}.jpg", "image/jpeg", d) for n, d in pictures.items())]
    replies = [
        Reply(uri=uri, time=time, status=200, media_type=kind, body=body, ip="192.0.2.7") for uri, kind, body in bodies
    ]
    path.write_bytes(warc.write(replies, path.name, time)[0])


@pytest.mark.slow
def test_investigate_names_each_and_finds_the_works_beside_them(catalogue: Catalogue, tmp_path: Path) -> None:
    slices = {f"s{n:02}": drawing.encode(part) for n, part in enumerate(drawing.slices(drawing.episode(1), 900))}
    quick = {name: data for name, data in MADE.items() if CODES.get(name) != COSTLY}
    captures = tmp_path / "captures"
    captures.mkdir()
    _capture(captures / "bombs.warc.gz", slices | quick)
    _capture(captures / "scans.warc.gz", slices | {"scans": MADE["jpeg-scans"]})
    _capture(captures / "plain.warc.gz", slices)
    workspace = tmp_path / "workspace"
    assert marque("init", workspace).status == 0
    assert marque("ingest", workspace, captures, "--authority", "Test").status == 0
    done = marque("investigate", workspace, "--works", catalogue.folder)
    assert done.status in {0, 1} and "Traceback" not in done.err
    run = workspace / "runs" / (workspace / "runs" / "current").read_text().strip()
    assert json.loads((run / "failed.json").read_text()) == {}
    named = sorted(json.loads((run / "pictures.json").read_text()).values())
    assert named == sorted(code for name, code in CODES.items() if name != "one-column")  # too narrow to be asked for
    rows = tables.read(run / "matches.parquet", MATCHES).to_pylist()
    found = {row["site"] for row in rows if row["answer"] == MATCH}
    assert found == {"bombs.example", "scans.example", "plain.example"}

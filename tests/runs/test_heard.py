"""Captured sound and film through the whole line: kept, matched, and a film that was cut short is said to be."""

import io
import json
from pathlib import Path

import pytest
import soundfile

from marque.clock import parse_iso
from marque.evidence import tables
from marque.runs.pipeline import PICTURES, Request, investigate
from marque.runs.workspace import Workspace
from marque.training.archives import warc
from marque.training.model import Reply
from marque.works.catalogue import Catalogue
from marque.works.entries import Work
from marque.works.model import MATCHES
from marque.works.paths import add
from tests.runs.conftest import seal
from tests.works.test_paths import RATE, tune
from tests.works.video.films import film, shown


@pytest.mark.slow
def test_captured_sound_and_film_are_matched(tmp_path: Path) -> None:
    pytest.importorskip("av", reason="PyAV is not installed")
    soundfile.write(tmp_path / "tune.flac", tune(1, 40), RATE)
    whole = film(tmp_path, "whole", shown("cut", 24), "mkv")
    catalogue = Catalogue.create(tmp_path / "catalogue")
    add(catalogue, Work("song", {}, None), "1", "", [tmp_path / "tune.flac"], thumbnails=False)
    add(catalogue, Work("film", {}, None), "1", "", [whole], thumbnails=False)

    clip = io.BytesIO()
    soundfile.write(clip, tune(1, 40)[RATE * 10 : RATE * 30], RATE, format="FLAC")
    cut = whole.read_bytes()[: whole.stat().st_size * 3 // 4]
    time = parse_iso("2026-03-01T10:00:00Z")
    assert time is not None
    at = "https://films.example/"
    shows = b"<html><body><audio src='/a.flac'></audio><video src='/b.mkv'></video></body></html>"
    replies = [
        Reply(uri=at, time=time, status=200, media_type="text/html", body=shows),
        Reply(uri=at + "a.flac", time=time, status=200, media_type="audio/flac", body=clip.getvalue(), page=at),
        Reply(uri=at + "b.mkv", time=time, status=200, media_type="video/x-matroska", body=cut, page=at),
    ]
    (tmp_path / "all.warc.gz").write_bytes(warc.write(replies, "all.warc.gz", time)[0])
    made = Workspace.init(tmp_path / "workspace")
    assert seal(made, [tmp_path / "all.warc.gz"]) == ["sealed"]
    investigate(made, Request(catalogue=catalogue.folder))
    run = made.folder / "runs" / (made.folder / "runs" / "current").read_text().strip()
    rows = tables.read(run / "matches.parquet", MATCHES).to_pylist()
    assert {(row["work"], row["medium"], row["answer"]) for row in rows} == {
        ("song", "audio", "match"),
        ("film", "video", "match"),
    }
    assert list(json.loads((run / PICTURES).read_bytes()).values()) == ["works.film-cut"]

"""HAR whose bodies lie in files of their own: in one zip with it, or beside it; and HAR that name no pages."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from marque.evidence.captures import outside, walk
from marque.evidence.derive import Shelf
from marque.evidence.fetch import fetch
from marque.evidence.ingest import Sealer, ingest
from marque.evidence.model import Exchange
from marque.evidence.read import read
from marque.evidence.verify import verify
from marque.runs.workspace import Workspace
from tests.evidence.making import Reading, Table, entry, har, reading, reading_of, zipped

PAGE, PICTURE = "https://toon.example/", "https://img.cdn.example/1.png"
HTML, BYTES = b"<title>Chapter</title><img src=//img.cdn.example/1.png>", b"\x89PNG\r\n\x1a\n" + bytes(range(256))
NAMES = {PAGE: "4f5e.html", PICTURE: "aa01.png"}
DOCUMENT: Table = {"headers": [{"name": "Sec-Fetch-Dest", "value": "document"}]}


def kept_aside(uri: str, media_type: str, asked: Table | None = None) -> Table:
    """An entry as Playwright writes it with `content: attach`."""
    content: Table = {"size": -1, "mimeType": media_type, "_file": NAMES[uri]}
    return entry(uri, None, asked, content=content, pageref="page@1")


def written() -> bytes:
    return har(kept_aside(PAGE, "text/html", DOCUMENT), kept_aside(PICTURE, "image/png"), pages=[{"id": "page@1"}])


def files(main: str) -> dict[str, bytes]:
    return {main: written(), NAMES[PAGE]: HTML, NAMES[PICTURE]: BYTES}


def judged(found: Reading) -> None:
    assert found.codes == []
    assert [each.payload for each in found.exchanges] == [HTML, BYTES]
    assert [each.record.payload_digest for each in found.exchanges] == [
        hashlib.sha256(each).hexdigest() for each in (HTML, BYTES)
    ]
    assert {each.record.site for each in found.exchanges} == {"toon.example"}
    assert found.page(PICTURE) == PAGE


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("main", ["har.har", "visit.har", "visit/x.har"])
def test_a_zip(tmp_path: Path, method: int, main: str) -> None:
    path = tmp_path / "x.har.zip"
    judged(reading(path, zipped(files(main), method)))
    assert outside(path).kind == "har"


def test_a_har_zipped_alone(tmp_path: Path) -> None:
    found = reading(tmp_path / "x.zip", zipped({"x.har": har(entry(PAGE))}, zipfile.ZIP_DEFLATED))
    assert (found.codes, found.uris) == ([], [PAGE])


def beside(folder: Path) -> Path:
    for name, data in files("x.har").items():
        (folder / name).write_bytes(data)
    return folder / "x.har"


def test_bodies_beside_it(tmp_path: Path) -> None:
    path = beside(tmp_path)
    judged(reading_of(path))
    assert outside(path).kind == "har-files"
    assert [found.path.name for found in walk(tmp_path)] == ["x.har"]


def test_it_is_sealed_with_its_bodies(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = beside(tmp_path / "in")
    folder = Workspace.init(tmp_path / "case").folder
    with Workspace.writing(folder, "test") as opened:
        sealer = Sealer(opened.vault, Shelf(opened.vault, opened.derived), "officer", "order")
        assert [row.status for row in ingest(sealer, [path])] == ["sealed"]
        assert [row.status for row in ingest(sealer, [path])] == ["known"]
        capture = opened.vault.captures()[0]
    exchanges = [each for each in read(capture) if isinstance(each, Exchange)]
    assert [each.payload for each in exchanges] == [HTML, BYTES]
    again = fetch(capture, exchanges[1].record.record, exchanges[1].record.locator)
    assert again is not None
    assert again.payload == BYTES
    assert {finding.grade for finding in verify(folder, None, None)} <= {"ok", "note"}


def test_a_body_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = reading(tmp_path / "x.har", written())
    assert found.codes == ["read.har-attachment-missing"] * 2
    assert [each.payload for each in found.exchanges] == [b"", b""]


def test_a_damaged_body_in_a_zip_is_named(tmp_path: Path) -> None:
    data = zipped(files("har.har"))
    at = data.index(BYTES) + 20
    assert "read.zip-crc" in reading(tmp_path / "x", data[:at] + b"!" + data[at + 1 :]).codes
    assert reading(tmp_path / "x", data[: len(data) // 2]).codes


@pytest.mark.parametrize("name", ["../outside.png", "/etc/passwd", "a/b.png", "x.har"])
def test_only_files_beside_it_are_taken(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "outside.png").write_bytes(BYTES)
    content: Table = {"size": -1, "mimeType": "image/png", "_file": name}
    found = reading(tmp_path / "in" / "x.har", har(entry(PICTURE, None, content=content)))
    assert found.codes == ["read.har-attachment-missing"]


def test_pages_without_pageref_follow_the_initiator(tmp_path: Path) -> None:
    """Where the page forbids the Referer, what had a part loaded is still noted."""
    other = "https://other.example/"
    entries = [
        entry(other, "<title>Other</title>"),
        entry(PAGE, "<title>Chapter</title>"),
        entry(PICTURE, "x", content={"mimeType": "image/png"}, _initiator={"type": "parser", "url": other}),
        entry("https://cdn.example/a.js", "x", content={"mimeType": "text/javascript"}, _initiator=PAGE),
        entry("https://cdn.example/b.json", "x", content={"mimeType": "application/json"}, _initiator={"url": "x"}),
    ]
    found = reading(tmp_path / "x", har(*entries))
    assert found.page(PICTURE) == other
    assert found.page("https://cdn.example/a.js") == PAGE


def test_a_page_that_was_not_recorded_still_says_whose_its_parts_are(tmp_path: Path) -> None:
    asked: Table = {"headers": [{"name": "Referer", "value": PAGE}]}
    parts = [
        entry(f"https://cdn.example/{n}.png", "x", asked, content={"mimeType": "image/png"}, pageref="1") for n in "ab"
    ]
    found = reading(tmp_path / "x", har(*parts, pages=[{"id": "1", "title": "Chapter"}]))
    assert [(each.record.page, each.record.site) for each in found.exchanges] == [(None, "toon.example")] * 2
    titled = reading(
        tmp_path / "y",
        har(entry(PICTURE, "x", content={"mimeType": "image/png"}, pageref="1"), pages=[{"id": "1", "title": PAGE}]),
    )
    assert [(each.record.page, each.record.site) for each in titled.exchanges] == [(None, "toon.example")]
    assert json.loads(har())["log"]["entries"] == []

"""Saved pages: the address from sidecar, mark, canonical link or og:url in that order, else a site of its own."""

from pathlib import Path

import pytest

from tests.evidence.making import Reading, reading_of

OG = '<meta property="og:url" content="https://og.example/p">'
CANONICAL = '<link href="https://canonical.example/p" rel="alternate canonical">'
SAVED = "<!-- saved from url=(0026)https://saved.example/page -->"
SINGLE = "<!--\n Page saved with SingleFile \n url: https://single.example/p \n saved date: Sun Mar 01 2026\n-->"
TIME = 1_772_359_200_000_000
HTTRACK = "<!-- Mirrored from mirrored.example/p by HTTrack Website Copier/3.x -->"


def saved(folder: Path, html: str, sidecars: dict[str, str] | None = None, name: str = "page.html") -> Reading:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"<!doctype html><html><head>{html}</head><body>text</body></html>", encoding="utf-8")
    for ending, text in (sidecars or {}).items():
        (folder / f"{name}{ending}").write_text(text, encoding="utf-8")
    return reading_of(folder / name)


@pytest.mark.parametrize(
    ("html", "sidecars", "uri"),
    [
        pytest.param(OG, {}, "https://og.example/p", id="og-url"),
        pytest.param(OG + CANONICAL, {}, "https://canonical.example/p", id="canonical-before-og"),
        pytest.param(OG + CANONICAL + SAVED, {}, "https://saved.example/page", id="mark-before-canonical"),
        pytest.param(SINGLE, {}, "https://single.example/p", id="singlefile"),
        pytest.param(HTTRACK, {}, "http://mirrored.example/p", id="httrack"),
        pytest.param(SAVED, {".url": "https://side.example/p\n"}, "https://side.example/p", id="sidecar-line"),
        pytest.param(
            SAVED, {".url": "[InternetShortcut]\nURL=https://side.example/p\n"}, "https://side.example/p", id="shortcut"
        ),
        pytest.param("", {".json": '{"url": "https://side.example/p"}'}, "https://side.example/p", id="sidecar-json"),
        pytest.param(
            "", {".meta": "date: 2026\nurl: https://side.example/p"}, "https://side.example/p", id="sidecar-meta"
        ),
        pytest.param('<link rel="canonical" href="/relative">', {}, None, id="relative-canonical"),
        pytest.param('<link rel="canonical" href="javascript:alert(1)">', {}, None, id="script-canonical"),
        pytest.param("<!-- <link rel='canonical' href='https://hidden.example/'> -->", {}, None, id="in-a-comment"),
        pytest.param("", {}, None, id="nothing"),
    ],
)
def test_where_a_page_came_from(tmp_path: Path, html: str, sidecars: dict[str, str], uri: str | None) -> None:
    (exchange,) = saved(tmp_path / "in", html, sidecars).exchanges
    if uri is None:
        assert exchange.record.uri.startswith("file:///")
        assert exchange.record.site == exchange.record.uri.replace("file:///", "file:")
        assert exchange.record.host is None
    else:
        assert exchange.record.uri == uri
    assert exchange.record.page == exchange.record.record


@pytest.mark.parametrize(
    ("html", "time"),
    [
        pytest.param(
            SINGLE.replace("Mar 01 2026", "Mar 01 2026 19:00:00 GMT+0900 (Korean Standard Time)"), TIME, id="singlefile"
        ),
        pytest.param(SINGLE, None, id="singlefile without a time of day"),
        pytest.param(HTTRACK.replace("3.x", "3.x [XR&CO'2014], Sun, 01 Mar 2026 10:00:00 GMT"), TIME, id="httrack"),
        pytest.param(HTTRACK.replace("3.x", "3.x, Xxx, 99 Mar 2026 10:00:00 GMT"), None, id="no such day"),
        pytest.param(SAVED, None, id="browser"),
    ],
)
def test_when_a_page_was_saved(tmp_path: Path, html: str, time: int | None) -> None:
    (exchange,) = saved(tmp_path / "in", html).exchanges
    assert exchange.record.time == time


def test_two_pages_without_address_are_two_sites(tmp_path: Path) -> None:
    first = saved(tmp_path / "a", "<title>1</title>").exchanges[0].record
    second = saved(tmp_path / "b", "<title>2</title>").exchanges[0].record
    assert first.site != second.site


def test_a_sidecar_without_address_is_named(tmp_path: Path) -> None:
    found = saved(tmp_path / "in", OG, {".json": "{}"})
    assert (found.codes, found.uris) == (["read.sidecar"], ["https://og.example/p"])


def test_the_parts_belong_to_the_page(tmp_path: Path) -> None:
    parts = tmp_path / "in" / "page_files"
    parts.mkdir(parents=True)
    (parts / "b.js.download").write_text("var a = 1")
    (parts / "a").write_bytes(b"\x89PNG\r\n\x1a\n")
    (parts / "frame.html").write_text("<html>frame</html>")
    (parts / "link").symlink_to("/etc/hostname")
    found = saved(tmp_path / "in", CANONICAL)
    assert [e.record.media_type for e in found.exchanges] == ["text/html", "image/png", "text/javascript", "text/html"]
    assert [e.record.locator.member for e in found.exchanges[1:]] == [
        f"page_files/{n}" for n in ("a", "b.js.download", "frame.html")
    ]
    assert {e.record.page for e in found.exchanges} == {found.exchanges[0].record.record}
    assert {e.record.site for e in found.exchanges} == {"canonical.example"}
    assert {e.record.host for e in found.exchanges[1:]} == {None}
    assert found.codes == []


def test_the_digest_is_of_the_manifest_and_not_of_the_place(tmp_path: Path) -> None:
    one = saved(tmp_path / "a", OG).exchanges[0].record.record
    assert one == saved(tmp_path / "b", OG).exchanges[0].record.record
    assert one != saved(tmp_path / "c", OG, {".url": "https://side.example/"}).exchanges[0].record.record

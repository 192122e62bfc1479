"""Folders walked in name order; what a file is follows from its content."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from marque.errors import InputRefused, WrongUsage
from marque.evidence.captures import outside, walk
from marque.evidence.recognise import recognise
from tests.evidence.making import arc, har, response, wacz, zipped

WARC = response("https://a.example/")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(WARC, "warc", id="warc"),
        pytest.param(b"\r\n" + WARC, "warc", id="warc-behind-empty-line"),
        pytest.param(gzip.compress(WARC), "warc", id="warc-gzip"),
        pytest.param(b"\0junk\n" + WARC, "warc", id="warc-behind-junk"),
        pytest.param(gzip.compress(b"junk") + gzip.compress(WARC), "warc", id="warc-in-second-member"),
        pytest.param(arc(("http://a.example/", b"x")), "arc", id="arc"),
        pytest.param(gzip.compress(arc(("http://a.example/", b"x"))), "arc", id="arc-gzip"),
        pytest.param(wacz({"a.warc": WARC}), "wacz", id="wacz"),
        pytest.param(wacz({"a.warc": WARC})[:300], "wacz", id="wacz-cut"),
        pytest.param(har(), "har", id="har"),
        pytest.param(b"\xef\xbb\xbf" + har(), "har", id="har-mark"),
        pytest.param(b"<!DOCTYPE html><p>x", "saved-page", id="html"),
        pytest.param(b"\xef\xbb\xbf  <!-- c -->\n<HTML>", "saved-page", id="html-behind-comment"),
        pytest.param(b'<?xml version="1.0"?><html xmlns="x">', "saved-page", id="xhtml"),
        pytest.param("\ufeff<html>".encode("utf-16-le"), "saved-page", id="html-utf-16"),
        pytest.param(b'<?xml version="1.0"?><rss>', None, id="feed"),
        pytest.param(b"<svg xmlns='x'><script/></svg>", None, id="svg"),
        pytest.param(b'{"a": 1}', None, id="json"),
        pytest.param(b"plain text about WARC/1.1 files", None, id="text"),
        pytest.param(b"", None, id="empty"),
        pytest.param(b"\x1f\x8b", None, id="two-bytes-of-gzip"),
        pytest.param(gzip.compress(b"other"), None, id="other-gzip"),
        pytest.param(zipped({"a.txt": b"x"}), None, id="other-zip"),
        pytest.param(b"PK\x03\x04" + bytes(40), None, id="broken-zip"),
        pytest.param(b"\x89PNG\r\n", None, id="picture"),
    ],
)
def test_the_kind_follows_from_the_content(tmp_path: Path, data: bytes, kind: str | None) -> None:
    (tmp_path / "x.bin").write_bytes(data)
    assert recognise(tmp_path / "x.bin") == kind


def test_a_folder_in_name_order(tmp_path: Path) -> None:
    (tmp_path / "b.warc").write_bytes(WARC)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "z.har").write_bytes(har())
    (tmp_path / "c.html").write_text("<html>")
    (tmp_path / "c.html.url").write_text("https://a.example/")
    (tmp_path / "c_files").mkdir()
    (tmp_path / "c_files" / "x.html").write_text("<html>")
    (tmp_path / "d.txt").write_text("text")
    (tmp_path / "e.warc").symlink_to(tmp_path / "b.warc")
    (tmp_path / "f.warc").touch()
    rows = [
        (found.path.name, found.capture.kind if found.capture else found.problem.code if found.problem else "")
        for found in walk(tmp_path)
    ]
    assert rows == [
        ("z.har", "har"),
        ("b.warc", "warc"),
        ("c.html", "saved-page"),
        ("d.txt", "read.not-a-capture"),
        ("e.warc", "read.link"),
        ("f.warc", "read.empty"),
    ]
    assert not any(found.named for found in walk(tmp_path))


def test_a_named_file_is_refused_rather_than_skipped(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("text")
    (found,) = walk(tmp_path / "d.txt")
    assert found.named
    assert found.capture is None
    with pytest.raises(InputRefused):
        outside(tmp_path / "d.txt")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        list(walk(tmp_path / "none"))
    with pytest.raises(WrongUsage):
        outside(tmp_path / "none")


HEAVY = (
    "ahocorasick_rs",
    "brotli",
    "logging",
    "publicsuffixlist",
    "pyarrow",
    "re2",
    "selectolax",
    "tempfile",
    "zstandard",
)
OTHERS = ("arc", "har", "mhtml", "origin", "savedpage", "wacz", "zipdir")


def test_nothing_is_loaded_before_it_is_needed() -> None:
    """Starting takes longer than reading a small capture."""
    code = "import sys, marque.evidence.captures, marque.evidence.read; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint(HEAVY)
    assert loaded.isdisjoint(f"marque.evidence.readers.{name}" for name in OTHERS)

"""ARC: the version block counts as a record, lengths are checked, damage costs one record."""

import gzip
from pathlib import Path

import pytest

from tests.evidence.making import HTML, arc, reading

A, B, C = "http://a.example/1", "http://b.example/2", "http://c.example/3"
PLAIN = arc((A, HTML), (B, HTML), (C, HTML))


@pytest.mark.parametrize("wrap", [bytes, lambda data: gzip.compress(data, mtime=0)], ids=["plain", "gzip"])
def test_sound(tmp_path: Path, wrap: type[bytes]) -> None:
    found = reading(tmp_path / "x.arc", wrap(PLAIN))
    assert (found.codes, found.uris) == ([], [A, B, C])
    first = found.exchanges[0]
    assert (first.record.record[-2:], first.payload, first.server_ip) == (":1", HTML, "192.0.2.7")
    assert (first.record.time, first.record.status, first.record.media_type) == (1772359200000000, 200, "text/html")
    assert found.page(B) == B


def test_every_cut_is_named_but_those_between_records(tmp_path: Path) -> None:
    edges = set()
    for at in range(len(PLAIN)):
        if PLAIN.startswith((b"http://", b"\nhttp://", b"\n\nhttp://"), at):
            edges |= {at}
    edges |= {len(PLAIN) - 1}
    for cut in range(70, len(PLAIN)):
        assert reading(tmp_path / "x.arc", PLAIN[:cut]).codes or cut in edges, cut


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param(b"text/html 1", b"text/html 9", "read.length-wrong", id="too-long"),
        pytest.param(b"text/html 1", b"text/html -1", "read.length-invalid", id="negative"),
        pytest.param(b" 20260301100000 text/html", b" 99999999999999 text/html", "read.time-invalid", id="time"),
    ],
)
def test_damage_is_named_and_its_neighbours_are_kept(tmp_path: Path, old: bytes, new: bytes, code: str) -> None:
    head, tail = PLAIN.split(b"http://b.example", 1)
    found = reading(tmp_path / "x.arc", head + b"http://b.example" + tail.replace(old, new, 1))
    assert code in found.codes
    assert {A, C} <= set(found.uris)


def test_spaces_in_an_address(tmp_path: Path) -> None:
    found = reading(tmp_path / "x.arc", arc(("http://a.example/x y?z=1 2", HTML)))
    assert (found.codes, found.uris) == ([], ["http://a.example/x y?z=1 2"])

"""HAR: browsers' and Splash's dialects, missing bodies told from empty ones, damage named, sound entries kept."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.making import Table, entry, har, reading

A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"
SOUND = har(entry(A), entry(B, "ü 한국어"), entry(C))


def test_sound(tmp_path: Path) -> None:
    found = reading(tmp_path / "x", SOUND)
    assert (found.codes, found.uris) == ([], [A, B, C])
    assert found.exchanges[1].payload == "ü 한국어".encode()
    assert [(e.record.locator.coding, e.record.locator.offset) for e in found.exchanges] == [
        ("har", 0),
        ("har", 1),
        ("har", 2),
    ]
    assert found.exchanges[0].request_header == b"GET https://a.example/1 HTTP/1.1\r\n\r\n"
    assert found.exchanges[0].http_header == b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + SOUND, id="utf-8-mark"),
        pytest.param("\ufeff".encode("utf-16-le") + SOUND.decode().encode("utf-16-le"), id="utf-16"),
        pytest.param(b'{"comment": {"a": [1]}, ' + SOUND[1:], id="log-is-not-first"),
        pytest.param(json.dumps(json.loads(SOUND), indent=4).encode() + b"\n\n", id="indented"),
    ],
)
def test_forms(tmp_path: Path, data: bytes) -> None:
    found = reading(tmp_path / "x", data)
    assert (found.codes, found.uris) == ([], [A, B, C])


def test_every_cut_is_named_and_entries_before_it_are_kept(tmp_path: Path) -> None:
    second = SOUND.index(C.encode())
    for cut in range(10, len(SOUND), 3):
        found = reading(tmp_path / "x", SOUND[:cut])
        assert found.codes, cut
        assert cut < second or found.uris[:2] == [A, B]


def test_no_flipped_byte_makes_reading_fail(tmp_path: Path) -> None:
    for at in range(0, len(SOUND), 3):
        reading(tmp_path / "x", SOUND[:at] + bytes([SOUND[at] ^ 0x55]) + SOUND[at + 1 :])


BODIES: dict[str, tuple[Table, bytes, list[str]]] = {
    "base64": (
        entry(A, base64.b64encode(b"\x89PNG").decode(), content={"encoding": "base64", "size": 4}),
        b"\x89PNG",
        [],
    ),
    "base64-broken": (entry(A, "%%%", content={"encoding": "base64"}), b"", ["read.har-base64"]),
    "base64-short": (
        entry(A, base64.b64encode(b"\x89PNG").decode(), content={"encoding": "base64", "size": 400}),
        b"\x89PNG",
        ["read.har-body-short"],
    ),
    "missing": (entry(A, None, content={"size": 400}), b"", ["read.har-body-missing"]),
    "missing-without-size": (entry(A, None, content={"size": -1}), b"", ["read.har-body-missing"]),
    "empty-text-of-some-size": (entry(A, "", content={"size": 400}), b"", ["read.har-body-missing"]),
    "empty": (entry(A, "", content={"size": 0}), b"", []),
    "no-content": (entry(A, None, response={"status": 204}), b"", []),
    "head": (entry(A, None, content={"size": 40}, request={"method": "HEAD"}), b"", []),
    "lone-surrogate": (entry(A, "\ud83d"), "\ud83d".encode("utf-8", "surrogatepass"), []),
    "no-request": ({"response": {}}, b"", ["read.har-entry", "read.uri-missing"]),
    "no-object": ([1, 2], b"", ["read.har-entry", "read.uri-missing"]),  # type: ignore[dict-item]
}


@pytest.mark.parametrize("case", BODIES)
def test_bodies(tmp_path: Path, case: str) -> None:
    row, payload, codes = BODIES[case]
    found = reading(tmp_path / "x", har(row, entry(B)))
    assert (found.exchanges[0].payload, found.codes, len(found.exchanges)) == (payload, codes, 2)


DAMAGE = {
    "huge-number": (b'"time": ' + b"9" * 5000, None),
    "huge-exponent": (b'"time": 1e999999999', None),
    "not-a-number": (b'"time": NaN', None),
    "broken-entry": (b'"time" 5', "read.har-damaged"),
    "deep": (b'"_x": ' + b"[" * 100_000 + b"]" * 100_000, "read.har-depth"),
    "same-key-twice": (b'"_y": 1, "_y": 2', "read.har-key-twice"),
    "not-utf-8": (b'"_y": "\xff\xfe"', "read.har-not-utf8"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_damage_costs_one_entry(tmp_path: Path, case: str) -> None:
    text, code = DAMAGE[case]
    at = SOUND.index(b'"startedDateTime"', SOUND.index(A.encode()))
    found = reading(tmp_path / "x", SOUND[:at] + text + b", " + SOUND[at:])
    assert found.codes == ([] if code is None else [code])
    assert {A, C} <= set(found.uris)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b'{"log": {"version": "1.2"}}', "read.har-no-entries", id="no-entries"),
        pytest.param(b'{"log": {"entries": 5}}', "read.har-no-entries", id="entries-are-none"),
        pytest.param(SOUND + b" rest", "read.har-trailing", id="something-behind"),
        pytest.param(b'{"log": [1, 2]}', "read.not-a-capture", id="log-is-none"),
        pytest.param(b'{"a": 1}', "read.not-a-capture", id="other-json"),
    ],
)
def test_what_is_wrong_with_the_whole(tmp_path: Path, data: bytes, code: str) -> None:
    assert reading(tmp_path / "x", data).codes == [code]


def test_an_entry_without_response_is_an_error_and_no_damage(tmp_path: Path) -> None:
    found = reading(tmp_path / "x", har(entry(A, None, response={"status": 0})))
    assert [(e.record.status, e.record.verdict) for e in found.exchanges] == [(None, "error")]
    assert found.codes == []


def ref(address: str) -> Table:
    return {"headers": [{"name": "Referer", "value": address}]}


def test_a_frame_does_not_take_the_place_of_its_page(tmp_path: Path) -> None:
    rows = [
        entry("https://ads.example/frame", pageref="1", request=ref(A)),
        entry("https://cdn.example/1.js", pageref="1", request=ref(A), content={"mimeType": "text/javascript"}),
        entry("https://cdn.example/2.js", pageref="1", request=ref(A), content={"mimeType": "text/javascript"}),
    ]
    for at, row in enumerate(rows):
        row["startedDateTime"] = f"2026-03-01T10:00:0{5 - at}Z"
    assert {e.record.page for e in reading(tmp_path / "x", har(*rows)).exchanges} == {None}
    found = reading(tmp_path / "x", har(*rows, entry(A, pageref="1")))
    assert {found.page(uri) for uri in found.uris} == {A}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rubbish=st.binary(max_size=60), at=st.integers(0, len(SOUND)))
def test_any_bytes_in_between_are_read_to_the_end(tmp_path: Path, rubbish: bytes, at: int) -> None:
    assert len(reading(tmp_path / "x", SOUND[:at] + rubbish + SOUND[at:]).exchanges) <= 5


def test_a_tab_that_goes_on_to_other_sites_has_a_page_for_each(tmp_path: Path) -> None:
    """One pageref for a whole tab, as Playwright writes it: what the second site serves is not the first site's."""
    tab: Table = {"pageref": "page@1", "_frameref": "frame@1", "_resourceType": "document"}
    first, second, frame, image = (
        "http://a.example/",
        "http://b.example/x",
        "http://ads.example/f",
        "http://c.example/i",
    )
    away: Table = {"status": 302, "headers": [{"name": "Location", "value": "/x"}]}
    rows = [
        entry(first) | tab,
        entry(frame) | tab | {"_frameref": "frame@2"},
        entry("http://b.example/", None, response=away) | tab,
        entry(second) | tab,
        entry(image, "x", content={"mimeType": "image/png"}) | tab | {"_resourceType": "image"},
    ]
    found = reading(tmp_path / "x", har(*rows, pages=[{"id": "page@1", "title": "Second"}]))
    assert [found.page(uri) for uri in (first, frame, second, image)] == [first, first, second, second]
    assert [exchange.record.site for exchange in found.exchanges] == ["a.example"] * 2 + ["b.example"] * 3

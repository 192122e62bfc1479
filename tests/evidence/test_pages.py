"""Whose sighting is it? Parts go to the page that had them loaded, whatever host they came from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.evidence.making import http, members, reading, record, request, response, wacz

A, B = "https://a.example/page", "https://b.example/page"
IMAGE, SCRIPT, FRAME = "https://cdn.example/1.png", "https://cdn.example/x.js", "https://ads.example/frame"
PNG = (("Content-Type", "image/png"),)
JS = (("Content-Type", "text/javascript"),)


def picture(uri: str = IMAGE, **given: str) -> bytes:
    return response(uri, b"\x89PNG", PNG, **given)


def referred(uri: str, referrer: str, *more: tuple[str, str]) -> bytes:
    return request(uri, [("Referer", referrer), *more])


CASES: dict[str, tuple[list[bytes], str, str | None]] = {
    "order": ([response(A), picture()], IMAGE, A),
    "order-of-two": ([response(A), response(B), picture()], IMAGE, B),
    "nothing-before": ([picture(), response(A)], IMAGE, None),
    "long-after": ([response(A), picture(WARC_Date="2026-03-01T11:00:00Z")], IMAGE, None),
    "same-site-long-after": (
        [response(A), response(B), picture("https://i.a.example/1.png", WARC_Date="2026-03-02T11:00:00Z")],
        "https://i.a.example/1.png",
        A,
    ),
    "referer": ([response(A), response(B), referred(IMAGE, A), picture()], IMAGE, A),
    "referer-behind-response": ([response(A), response(B), picture(), referred(IMAGE, A)], IMAGE, A),
    "referer-is-origin": ([response(A), response(B), referred(IMAGE, "https://a.example/"), picture()], IMAGE, A),
    "referer-unknown": ([response(A), referred(IMAGE, "https://other.example/x"), picture()], IMAGE, None),
    "page-behind-its-parts": ([referred(IMAGE, A), picture(), response(A)], IMAGE, A),
    "through-a-stylesheet": (
        [response(A), referred(SCRIPT, A), response(SCRIPT, b"", JS), response(B), referred(IMAGE, SCRIPT), picture()],
        IMAGE,
        A,
    ),
    "frame-by-fetch-metadata": (
        [response(A), referred(FRAME, A, ("Sec-Fetch-Dest", "iframe")), response(FRAME)],
        FRAME,
        A,
    ),
    "frame-in-the-source": (
        [response(A, b'<html><iframe class=x src="https://ads.example/frame">'), response(FRAME)],
        FRAME,
        A,
    ),
    "frame-by-script": ([response(A), referred(FRAME, A), response(FRAME)], FRAME, A),
    "followed-link": ([response(A, b'<html><a href="https://b.example/page">'), referred(B, A), response(B)], B, B),
    "link-within-the-site": (
        [response(A), referred("https://a.example/2", A), response("https://a.example/2")],
        "https://a.example/2",
        "https://a.example/2",
    ),
    "part-of-a-frame": (
        [
            response(A),
            referred(FRAME, A, ("Sec-Fetch-Dest", "iframe")),
            response(FRAME),
            referred(IMAGE, FRAME),
            picture(),
        ],
        IMAGE,
        A,
    ),
    "navigation-by-fetch-metadata": ([response(A), referred(B, A, ("Sec-Fetch-Dest", "document")), response(B)], B, B),
    "picture-opened-by-itself": (
        [response(A), request(IMAGE, [("Sec-Fetch-Dest", "document")]), picture()],
        IMAGE,
        IMAGE,
    ),
    "page-id": ([response(A, WARC_Page_ID="p1"), response(B, WARC_Page_ID="p2"), picture(WARC_Page_ID="p1")], IMAGE, A),
    "page-id-behind": (
        [picture(WARC_Page_ID="p1"), response(B, WARC_Page_ID="p2"), response(A, WARC_Page_ID="p1")],
        IMAGE,
        A,
    ),
    "ads-txt-is-its-own": (
        [response(A), response("https://b.example/ads.txt", b"x", (("Content-Type", "text/plain"),))],
        "https://b.example/ads.txt",
        "https://b.example/ads.txt",
    ),
    "via-of-a-crawler": (
        [response(A), response(B), picture(), record("metadata", IMAGE, b"via: https://a.example/page\r\n")],
        IMAGE,
        A,
    ),
    "revisit": (
        [response(A), record("revisit", IMAGE, http(b"", PNG), {"WARC-Refers-To-Target-URI": IMAGE}.items())],
        IMAGE,
        A,
    ),
    "redirected-frame": (
        [
            response(A, b'<iframe src="https://ads.example/go">'),
            response("https://ads.example/go", b"", (("Location", "/frame"),), status="HTTP/1.1 302 Found"),
            response(FRAME),
        ],
        FRAME,
        A,
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("wrap", [lambda *rows: b"".join(rows), members], ids=["plain", "gzip"])
def test_the_page_of_a_part(tmp_path: Path, case: str, wrap: Callable[..., bytes]) -> None:
    rows, uri, page = CASES[case]
    found = reading(tmp_path / "x", wrap(*rows))
    assert found.codes == []
    assert found.page(uri) == page


def test_the_site_is_the_page_s_and_the_host_is_the_part_s(tmp_path: Path) -> None:
    found = reading(tmp_path / "x", response(A) + picture())
    assert [(e.record.site, e.record.host, e.page_uri) for e in found.exchanges] == [
        ("a.example", "a.example", A),
        ("a.example", "cdn.example", A),
    ]


def test_listed_pages_of_a_wacz(tmp_path: Path) -> None:
    found = reading(tmp_path / "x", wacz({"a.warc": response(A) + response(FRAME) + response(B)}, pages=[A, B]))
    assert [found.page(uri) for uri in (A, FRAME, B)] == [A, None, B]
    framing = response(A, f'<iframe src="{FRAME}"></iframe>'.encode())
    found = reading(tmp_path / "x", wacz({"a.warc": framing + response(FRAME) + response(B)}, pages=[A, B]))
    assert [found.page(uri) for uri in (A, FRAME, B)] == [A, A, B]


def test_an_error_does_not_take_over_the_site_that_was_being_read(tmp_path: Path) -> None:
    gone = response("https://a.example/gone", status="HTTP/1.1 404 Not Found")
    missing = response("https://cdn.example/0.png", status="HTTP/1.1 404 Not Found")
    found = reading(tmp_path / "x", response(A) + missing + gone + picture())
    assert found.page(IMAGE) == A
    assert found.page("https://cdn.example/0.png") == A
    found = reading(tmp_path / "x", response(A) + response("https://b.example/", status="HTTP/1.1 404 No") + picture())
    assert found.page(IMAGE) == "https://b.example/"


def test_an_origin_as_referrer_is_the_reader_s_page_not_a_front_door_that_redirects(tmp_path: Path) -> None:
    door = response("https://a.example/", b"", (("Location", A),), status="HTTP/1.1 301 Moved")
    asked = referred(IMAGE, "https://a.example/") + picture()
    assert reading(tmp_path / "x", door + response(A) + asked).page(IMAGE) == A
    front, shown = response("https://a.example/"), response(A, f'<img src="{IMAGE}">'.encode())
    assert reading(tmp_path / "x", front + shown + asked).page(IMAGE) == A
    assert reading(tmp_path / "x", front + response(A) + asked).page(IMAGE) == "https://a.example/"


def test_a_part_of_a_challenge_is_no_content(tmp_path: Path) -> None:
    challenge = response(A, b"<title>x</title>", (("Content-Type", "text/html"), ("cf-mitigated", "challenge")))
    found = reading(tmp_path / "x", challenge + picture() + response(B) + picture("https://cdn.example/2.png"))
    assert [e.record.verdict for e in found.exchanges] == ["challenge", "challenge", "content", "content"]


def test_order_is_kept_and_memory_bounded_when_pages_never_come(tmp_path: Path) -> None:
    rows = [
        referred(f"https://cdn.example/{n}.png", "https://never.example/") + picture(f"https://cdn.example/{n}.png")
        for n in range(300)
    ]
    found = reading(tmp_path / "x", b"".join(rows))
    assert found.uris == [f"https://cdn.example/{n}.png" for n in range(300)]
    assert {e.record.page for e in found.exchanges} == {None}

"""Verdicts: notices in many languages told from content, and content that only talks about them left alone."""

import csv
from pathlib import Path

import pytest

from marque.evidence.model import VERDICTS
from marque.evidence.verdicts import RULES, rules
from tests.evidence.making import reading, response

URI = "https://reader.example/page"
STORY = "Last week the case was in the news again, and readers asked what it means for the pages they follow. "
FILLED = {
    "{navigation}": "".join(f'<a href="/c/{n}">Chapter {n}</a> ' for n in range(80)),
    "{panels}": "".join(f'<img src="/p/{n}.jpg">' for n in range(60)),
    **{f"{{story{n}}}": STORY * n for n in (9, 20, 30, 40)},
}


def cases() -> dict[str, tuple[str, str]]:
    """Notices as services and authorities word them, and content that uses their words."""
    found = {}
    with (Path(__file__).parent / "notices.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            html = row["html"]
            for name, text in FILLED.items():
                html = html.replace(name, text)
            found[row["case"]] = (row["verdict"], html)
    return found


NOTICES = cases()


def verdict(folder: Path, html: bytes, uri: str = URI, *headers: tuple[str, str], status: str = "200 OK") -> str:
    row = response(uri, html, (("Content-Type", "text/html"), *headers), status=f"HTTP/1.1 {status}")
    return reading(folder / "x", row).exchanges[0].record.verdict


@pytest.mark.parametrize("case", NOTICES)
def test_notices_and_content_that_looks_alike(tmp_path: Path, case: str) -> None:
    expected, html = NOTICES[case]
    assert verdict(tmp_path, f"<!doctype html><html>{html}</html>".encode()) == expected


@pytest.mark.parametrize("coding", ["euc-kr", "utf-8", "utf-16"])
def test_notices_in_old_encodings(tmp_path: Path, coding: str) -> None:
    html = f'<html><meta charset="{coding}"><h1>불법·유해 정보(사이트)에 대한 차단 안내</h1></html>'
    assert verdict(tmp_path, html.encode(coding)) == "blocked"


def test_a_notice_with_embedded_pictures(tmp_path: Path) -> None:
    picture = '<img src="data:image/png;base64,' + "A" * 400_000 + '">'
    html = f"<html><h1>This domain has been seized</h1><p>by police under a court warrant</p>{picture}</html>"
    assert verdict(tmp_path, html.encode()) == "seizure-banner"


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        pytest.param("200 OK", (), "content", id="ok"),
        pytest.param("304 Not Modified", (), "content", id="not-modified"),
        pytest.param("302 Found", (("Location", "/"),), "redirect", id="redirect"),
        pytest.param("404 Not Found", (), "error", id="not-found"),
        pytest.param("503 Busy", (), "error", id="busy"),
        pytest.param("403 No", (("cf-mitigated", "challenge"),), "challenge", id="mitigated"),
        pytest.param("451 Legal", (), "blocked", id="legal"),
        pytest.param("401 No", (), "login-wall", id="unauthorized"),
        pytest.param("202 Accepted", (("x-amzn-waf-action", "challenge"),), "challenge", id="aws"),
    ],
)
def test_by_status_and_headers(
    tmp_path: Path, status: str, headers: tuple[tuple[str, str], ...], expected: str
) -> None:
    assert verdict(tmp_path, b"<html><p>text</p></html>", URI, *headers, status=status) == expected


def test_by_host(tmp_path: Path) -> None:
    assert verdict(tmp_path, b"<html><p>x</p>", "https://www.hugedomains.com/domain_profile.cfm?d=x") == "parked"


def test_a_challenge_with_an_error_status_is_a_challenge(tmp_path: Path) -> None:
    assert verdict(tmp_path, NOTICES["cloudflare"][1].encode(), status="403 Forbidden") == "challenge"


def test_rows_are_sound() -> None:
    assert {rule.verdict for rule in rules()} <= set(VERDICTS)
    with RULES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert row["source"], row
            assert row["date"].startswith("20"), row
            assert "" not in row["needles"].split("|"), row
            assert row["field"].endswith("<") or row["needles"] == row["needles"].lower(), row

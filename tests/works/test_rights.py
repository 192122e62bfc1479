"""Rights facts: every row checked, nothing imported unless all are right, licensed outlets by site and time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from marque.errors import InputRefused, MarqueError
from marque.words import known
from marque.works.rights import Outlets, read

HEAD = "work,holder,territory,language,outlet,from,to\n"
WORKS = frozenset({"moon", "sun"})


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rights.csv"
    path.write_bytes(text.encode("utf-8"))
    return path


def test_reads_rows_with_quotes_byte_order_mark_and_gaps(tmp_path: Path) -> None:
    text = (
        "\ufeff"
        + HEAD
        + '"moon","Holder, Ltd",KR,ko,https://www.reader.example/,2024-01-01,2025-12-31\r\nsun,H,,,The Moon Shop,,\r\n'
    )
    rows = read(write(tmp_path, text), WORKS).to_pylist()
    assert [row["outlet"] for row in rows] == ["reader.example", "The Moon Shop"]
    assert rows[0]["holder"] == "Holder, Ltd"
    assert (rows[1]["from"], rows[1]["to"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("work,holder\nmoon,H\n", "works.rights-columns", None, None, id="columns missing"),
        pytest.param("", "works.rights-columns", None, None, id="empty"),
        pytest.param(HEAD, "works.rights-empty", None, None, id="no row"),
        pytest.param(HEAD + "moon,H,,,,,\n", "works.rights-row", 2, "outlet", id="no outlet"),
        pytest.param(HEAD + "moon,,,,a.example,,\n", "works.rights-row", 2, "holder", id="no holder"),
        pytest.param(HEAD + "moon,H,,,a.example,2024-13-01,\n", "works.rights-row", 2, "from", id="no such day"),
        pytest.param(HEAD + "moon,H,,,a.example,,2026-W05-2\n", "works.rights-row", 2, "to", id="a week's day"),
        pytest.param(HEAD + "moon,H,,,a.example,20260131,\n", "works.rights-row", 2, "from", id="day without hyphens"),
        pytest.param(HEAD + "moon,H,,,a.example,2025-01-01,2024-01-01\n", "works.rights-row", 2, "to", id="ends first"),
        pytest.param(
            HEAD + "moon,H,,,a.example,,\nmoon,H,,,b,,,x\n", "works.rights-row", 3, "CSV", id="too many cells"
        ),
        pytest.param(HEAD + "moon,H,,,a\x1b[1m,,\n", "works.rights-row", 2, "outlet", id="control characters"),
        pytest.param(HEAD + 'moon,H,,,"a', "works.rights-row", 2, "CSV", id="quote left open"),
        pytest.param(HEAD + "mars,H,,,a.example,,\n", "works.rights-unknown-work", 2, None, id="unknown work"),
    ],
)
def test_refuses_by_line_and_column(tmp_path: Path, text: str, code: str, line: int | None, column: str | None) -> None:
    with pytest.raises(InputRefused) as refused:
        read(write(tmp_path, text), WORKS)
    params = refused.value.params
    assert (refused.value.code, params.get("line"), params.get("column")) == (code, line, column)


def test_refuses_what_is_no_readable_text(tmp_path: Path) -> None:
    (tmp_path / "utf-16.csv").write_bytes(b"\xff\xfew\0")
    for name, code in (
        ("utf-16.csv", "works.rights-unreadable"),
        ("missing.csv", "works.file-missing"),
        ("", "works.file-unreadable"),
    ):
        with pytest.raises(MarqueError) as refused:
            read(tmp_path / name, WORKS)
        assert (refused.value.code, known(f"{code}.advice")) == (code, True)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('"webtoons.com, tapas.io"', "several"),
        ("webtoons.com / tapas.io", "several"),
        ("webtoons.com;tapas.io", "several"),
        ("https://a.example/ https://b.example/", "several"),
        ("webtoons.com (app)", "several"),
        ("*.other.example", "wildcard"),
        ("https://*.other.example/", "wildcard"),
        ("co.kr", "suffix"),
        ("com", "suffix"),
        ("COM", "suffix"),
        ("github.io", "account"),
        ("https://co.kr/", "suffix"),
        ("한국", "suffix"),
        ("https://www.youtube.com/", "account"),
        ("t.me", "account"),
        ("tistory.com", "account"),
        ("@moonriver", "account"),
        ("shop@reader.example", "account"),
        ("https://", "account"),
        ("-.-", "account"),
    ],
)
def test_an_outlet_that_could_never_match_is_refused(tmp_path: Path, cell: str, fault: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(write(tmp_path, HEAD + f"moon,H,,,a.example,,\nmoon,H,,,{cell},,\n"), WORKS)
    code = f"works.rights-outlet-{fault}"
    assert (refused.value.code, refused.value.params["line"]) == (code, 3)
    assert known(code) and known(f"{code}.advice")


@pytest.mark.parametrize(
    ("cell", "outlet"),
    [
        ("https://www.Reader.example/titles?x=1", "reader.example"),
        ("m.reader.example:8080", "reader.example"),
        ("shop.co.kr", "shop.co.kr"),
        ("moon.github.io", "moon.github.io"),
        ("reader\u3002example", "reader.example"),
        ("https://t.me/MoonRiver", "t.me/moonriver"),
        ("https://www.youtube.com/@moonriver", "youtube.com/@moonriver"),
        ("203.0.113.7", "203.0.113.7"),
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("도서.한국", "xn--hq1b26w.xn--3e0b707e"),
        ('"Hanbit Co., Ltd."', "Hanbit Co., Ltd."),
        ("J. P. Books", "J. P. Books"),
        ("교보문고", "교보문고"),
    ],
)
def test_an_outlet_is_kept_as_its_site_is_named(tmp_path: Path, cell: str, outlet: str) -> None:
    rows = read(write(tmp_path, HEAD + f"moon,H,,,{cell},,\n"), WORKS)
    again = read(write(tmp_path, HEAD + f'moon,H,,,"{outlet}",,\n'), WORKS)
    assert (rows["outlet"].to_pylist(), again["outlet"].to_pylist()) == ([outlet], [outlet])


@pytest.mark.parametrize(
    ("site", "work", "day", "wanted"),
    [
        pytest.param("reader.example", "moon", "2024-06-01", True, id="within"),
        pytest.param("reader.example", "moon", "2023-12-31", False, id="before"),
        pytest.param("reader.example", "moon", "2026-01-01", False, id="after"),
        pytest.param("reader.example", "moon", None, True, id="time unknown"),
        pytest.param("reader.example", "sun", "2024-06-01", False, id="another work"),
        pytest.param("pirate.example", "moon", "2024-06-01", False, id="another site"),
        pytest.param(None, "moon", "2024-06-01", False, id="no site"),
        pytest.param("shop.example", "sun", "1999-01-01", True, id="no dates"),
    ],
)
def test_says_who_is_licensed(tmp_path: Path, site: str | None, work: str, day: str | None, wanted: bool) -> None:
    text = HEAD + "moon,H,KR,ko,https://reader.example/home,2024-01-01,2025-12-31\nsun,H,,,shop.example,,\n"
    time = None if day is None else datetime.fromisoformat(day).replace(tzinfo=UTC)
    assert Outlets(read(write(tmp_path, text), WORKS)).licensed(site, work, time) is wanted

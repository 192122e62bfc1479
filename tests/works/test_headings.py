"""What pages call themselves: read as a reader sees it, in any charset, of documents only, and within bounds."""

import time
from dataclasses import replace

import pytest

from marque.works.headings import Gathered, of
from tests.works.exchanges import document, exchange


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<title> Moon &amp;\n River </title>", ["Moon & River"], id="title"),
        pytest.param("<h1 class=x>Moon <b>River</b></h1>", ["Moon River"], id="headline"),
        pytest.param("<meta property='og:title' content='Moon River'>", ["Moon River"], id="for social networks"),
        pytest.param('<meta name="twitter:title" content="달의 강">', ["달의 강"], id="Korean"),
        pytest.param("<p>Moon River</p>", [], id="text is no heading"),
        pytest.param("<title></title><h1> </h1>", [], id="empty"),
    ],
)
def test_reads(page: str, expected: list[str]) -> None:
    assert list(of(document(1, page))) == expected


def test_reads_declared_charsets() -> None:
    page = replace(document(1, ""), payload="<meta charset=euc-kr><title>달의 강</title>".encode("euc-kr"))
    assert list(of(page)) == ["달의 강"]


def test_only_documents_count() -> None:
    gathered = Gathered()
    gathered.take(document(1, "<title>One</title>"))
    gathered.take(document(2, "<title>Two</title>", verdict="challenge"))
    gathered.take(exchange(3, "https://pirate.example/f", b"<title>Three</title>", page=1, media_type="text/html"))
    assert gathered.table()["text"].to_pylist() == ["One"]


def test_bait_costs_little() -> None:
    begun = time.process_time()
    for bait in ("<h1>", "<title", "<meta og:title content='", "<h1>x</h1"):
        list(of(document(1, bait * 200_000)))
    assert time.process_time() - begun < 5

"""Hostile names in every field: every page answers, every link leads somewhere, nothing is left unescaped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.web import hostile
from tests.web.conftest import show

STARTS = ("/", "/sites", "/networks", "/works", "/search?q=pwned")
DRAWN = "iframe, object, embed, base, math, [onerror], [onload], [onfocus], [onmouseover], main script, main style"


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Client]:
    show(hostile.build(tmp_path))
    yield Client(headers={"host": "localhost"})
    connections["default"].close()


@pytest.mark.slow
def test_every_link_leads_somewhere_and_nothing_is_left_unescaped(reader: Client) -> None:
    seen: set[str] = set()
    waiting = list(STARTS)
    while waiting and len(seen) < 250:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = reader.get(address)
        assert answer.status_code == 200, address
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = LexborHTMLParser(answer.content)
        assert [node.html for node in page.css(DRAWN)] == [], address
        found = [
            str(node.attributes.get("data-open") or node.attributes.get("href"))
            for node in page.css("main [data-open], main a")
        ]
        assert all(each.startswith("/") and not each.startswith("//") for each in found), address
        waiting += [each for each in found if not each.startswith("/preferences")]
    assert len(seen) > 100

"""HAR as Playwright writes it: a page for each site a tab went to, and bodies that were not recorded are named."""

from pathlib import Path
from typing import Literal

import pytest

from tests.evidence.making import Reading, reading_of
from tests.producers import judging
from tests.producers.pages import OTHER, PANELS, STATS, TAG_KO, TOON
from tests.web.browser import CHROMIUM, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not here"),
]
VISITED = (f"http://{TOON}/", f"http://{TOON}/ko/1", f"http://{OTHER}/", f"http://{TOON}/ja/")


def recorded(proxy: str, path: Path, content: Literal["attach", "embed", "omit"]) -> Reading:
    with chromium() as browser:
        context = browser.new_context(record_har_path=path, record_har_content=content, proxy={"server": proxy})
        page = context.new_page()
        for address in VISITED:
            page.goto(address, timeout=10_000)
        context.close()
    return reading_of(path)


@pytest.mark.parametrize("content", ["embed", "attach"])
def test_bodies_within_and_beside(proxy: str, tmp_path: Path, content: Literal["attach", "embed"]) -> None:
    found = recorded(proxy, tmp_path / "x.har", content)
    assert set(found.codes) <= {"read.har-body-missing"}  # of pictures the browser had in memory
    assert found.page(f"http://{OTHER}/") == f"http://{OTHER}/"
    assert {found.page(each) for each in found.uris if PANELS in each} == {f"http://{TOON}/ko/1"}
    assert {each.record.site for each in found.exchanges if each.record.host == STATS} == {TOON, OTHER}
    mine = {each.value for each in judging.sightings(found) if each.site == TOON}
    assert {TAG_KO, f"reader-ja@{TOON}"} <= mine


def test_bodies_left_out(proxy: str, tmp_path: Path) -> None:
    found = recorded(proxy, tmp_path / "x.har", "omit")
    assert set(found.codes) == {"read.har-body-missing"}
    assert judging.sightings(found) == []

"""Judging in a real browser: in the drawer, before the score, by keyboard, with buttons that weigh the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from marque.web.judging import ledger
from tests.web import browser, served, world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not browser.CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> world.World:
    return world.build(tmp_path_factory.mktemp("judged"))


@pytest.fixture(scope="module")
def base(own: world.World) -> Iterator[str]:
    with served.serving(own.folder, own.catalogue) as address:
        yield address


@pytest.fixture
def page(base: str) -> Iterator[Page]:
    view = browser.View("en", "light", 1440)
    with browser.chromium() as opened, browser.looking(opened, base, view) as context:
        yield context.new_page()


def test_a_blind_pair_in_the_drawer(page: Page, base: str, own: world.World) -> None:
    before = len(ledger.read(own.folder))
    page.goto(base + "/networks/n-moon?view=judgements")
    page.click("main a.button[href^='/links?']")
    page.wait_for_selector("#drawer:not([hidden]) form.judge")
    assert page.locator("#drawer .chance").count() == 0
    buttons = [button.bounding_box() for button in page.locator("#drawer .thirds button").all()]
    assert len({(box["width"], box["height"]) for box in buttons if box}) == 1
    styles = "all => new Set(all.map(b => getComputedStyle(b).backgroundColor + getComputedStyle(b).color)).size"
    assert page.eval_on_selector_all("#drawer .thirds button", styles) == 1
    page.click("#drawer .thirds button >> nth=0")  # without a reason the browser itself holds it back
    assert len(ledger.read(own.folder)) == before
    page.fill("#drawer textarea", "both name the same channel")
    page.focus("#drawer .thirds button >> nth=1")
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer .chance")
    assert page.url.startswith(base + "/links?")
    assert "both name the same channel" in page.inner_text("#drawer .judged")
    added = ledger.read(own.folder)[before:]
    assert [(row.judgement, row.blind, row.sampled) for row in added] == [("not-same", True, True)]
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer", state="hidden")


def test_without_the_drawer_the_form_does_what_forms_do(page: Page, base: str, own: world.World) -> None:
    address = f"{base}/links?a={world.OPERATOR[0]}&b={world.OPERATOR[1]}"
    before = len(ledger.read(own.folder))
    page.goto(address)
    page.fill("main textarea", "one wallet")
    page.click("main .thirds button >> nth=0")
    page.wait_for_selector("main .judged")
    assert "one wallet" in page.inner_text("main .judged")
    assert len(ledger.read(own.folder)) == before + 1

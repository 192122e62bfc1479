"""The pages in a real browser: nothing captured runs, nothing overflows, axe finds nothing, and few clicks lead far."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.web import browser, hostile, served, world
from tests.web.addresses import addresses

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not browser.CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
WIDE = browser.View("en", "light", 1440)
GRAPH = "document.getElementById('graph').graph"


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    with browser.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def base(made: world.World) -> Iterator[str]:
    with served.serving(made.folder, made.catalogue) as address:
        yield address


@pytest.fixture
def page(opened: Browser, base: str) -> Iterator[Page]:
    with browser.looking(opened, base, WIDE) as context:
        yield context.new_page()


def complaints(page: Page, base: str) -> list[str]:
    """What the console says, and every request that leaves for another origin."""
    found: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404 (Not Found)" not in message.text:
            found.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "data:", "blob:")):
            found.append(request.url)

    page.on("console", said)
    page.on("request", asked)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def axe(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, by rule and element."""
    page.evaluate(AXE)
    found = page.evaluate(
        """async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}))
           .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.any.map(a => a.message)}`))"""
    )
    return [str(each) for each in found]


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("view", browser.VIEWS, ids=str)
def test_every_page_in_every_view(opened: Browser, base: str, view: browser.View) -> None:
    wrong: list[str] = []
    with browser.looking(opened, base, view) as context:
        page = context.new_page()
        said = complaints(page, base)
        for name, address in addresses(base).items():
            page.goto(address, wait_until="load")
            if name == "graph":
                page.wait_for_selector("#graph canvas")
            if page.evaluate(OVERFLOW) > 0:
                wrong.append(f"{name}: {page.evaluate(OVERFLOW)} px too wide")
            wrong += [f"{name}: {each}" for each in axe(page)]
            wrong += [f"{name}: {each}" for each in said]
            said.clear()
    assert wrong == []


@pytest.mark.parametrize("view", [WIDE, browser.View("en", "dark", 390)], ids=str)
def test_nothing_that_was_captured_runs(opened: Browser, tmp_path: Path, view: browser.View) -> None:
    bad = hostile.build(tmp_path)
    cells, wide = 0, []
    with served.serving(bad.folder, bad.catalogue) as base, browser.looking(opened, base, view) as context:
        ran: list[str] = []
        context.expose_function(hostile.MARK, lambda *what: ran.append(str(what)))
        context.add_init_script(f"window.alert = window.prompt = window.confirm = window.{hostile.MARK};")
        page = context.new_page()
        said = complaints(page, base)
        for name, address in addresses(base).items():
            page.goto(address, wait_until="load")
            page.mouse.move(400, 300)
            page.keyboard.press("j")
            if name in {"sites", "network"}:
                page.keyboard.press("Enter")
                page.wait_for_selector("#drawer:not([hidden]) h1")
            cells += page.content().count(hostile.MARK)
            wide += [f"{name}: {page.evaluate(OVERFLOW)} px too wide"] if page.evaluate(OVERFLOW) > 0 else []
            assert (
                page.locator("iframe, object, base, math, form:not(.find):not(.filters):not(.pop):not(.judge)").count()
                == 0
            )
        assert ran == []
        assert [each for each in said if "Content Security Policy" in each or hostile.MARK in each] == []
    assert cells > 300
    assert wide == []


@pytest.mark.parametrize("language", ["en", "ar-XB"])
def test_weights_stand_at_the_end_of_their_row(opened: Browser, base: str, language: str) -> None:
    with browser.looking(opened, base, browser.View(language, "light", 390)) as context:
        page = context.new_page()
        page.goto(addresses(base)["link"])
        gaps = page.eval_on_selector_all(
            ".reason h3",
            """all => all.map(h => [h.getBoundingClientRect(), h.querySelector('.weight').getBoundingClientRect()])
               .map(([h, w]) => document.dir === 'rtl' ? w.left - h.left : h.right - w.right)""",
        )
    assert len(gaps) > 2
    assert max(map(abs, gaps)) < 2


@pytest.mark.parametrize("view", ["summary", "works"])
def test_on_a_small_screen_no_text_is_squeezed(opened: Browser, base: str, view: str) -> None:
    with browser.looking(opened, base, browser.View("en", "light", 390)) as context:
        page = context.new_page()
        page.goto(f"{base}/sites/{world.OPERATOR[1]}?view={view}")
        rows = page.eval_on_selector_all(".served tbody tr", "all => all.map(row => row.getBoundingClientRect().width)")
        links = page.eval_on_selector_all(".served td:last-child a", "all => all.map(a => a.getClientRects().length)")
        hidden = page.eval_on_selector(".tabs", "tabs => tabs.scrollWidth - tabs.clientWidth")
    assert min(rows, default=0) > 300
    assert (set(links), hidden) == ({1}, 0)


def test_reading_why_two_sites_are_linked_takes_three_clicks_at_most(page: Page, base: str) -> None:
    page.goto(base + "/")
    page.click("nav.rail a[href='/networks']")
    page.click("tbody th a")
    page.click("a.pair[href^='/links']")
    page.wait_for_selector("#drawer .sides")
    assert "For" in page.inner_text("#drawer .side >> nth=0")
    assert "Against" in page.inner_text("#drawer .side >> nth=1")
    boxes = [page.locator("#drawer .side").nth(place).bounding_box() for place in (0, 1)]
    assert boxes[0]
    assert boxes[1]
    assert (boxes[0]["width"], boxes[0]["height"]) == (boxes[1]["width"], boxes[1]["height"])


@pytest.mark.parametrize("view", [WIDE, browser.View("ko", "dark", 390), browser.View("ar-XB", "light", 1440)], ids=str)
def test_the_first_minute(opened: Browser, base: str, view: browser.View) -> None:
    """A site was reported, what it serves, who else belongs to it, show me the bytes: three clicks, under a minute."""
    with browser.looking(opened, base, view) as context:
        page = context.new_page()
        begun = time.monotonic()
        page.goto(base + "/")
        expected = (".film, .values", "#graph canvas", "mark#span")
        for click, shown in enumerate(expected):
            assert page.locator(".walk .lead").count() == 1
            assert page.locator(".walk a.primary").count() == 1
            page.click(".walk a.primary")
            page.wait_for_selector(shown, state="attached")
            assert page.locator(".walk li").nth(click + 1).get_attribute("aria-current") == "step"
        assert time.monotonic() - begun < 60
        span = page.locator("mark#span").bounding_box()
        assert span
        assert span["y"] < page.evaluate("document.documentElement.scrollHeight")
        assert page.locator("mark").count() == 1


def test_the_first_minute_can_be_dismissed_and_comes_back(page: Page, base: str) -> None:
    page.goto(base + "/")
    page.click(".walk > a.button")
    assert page.locator(".walk").count() == 0
    page.keyboard.press("?")
    page.click("#drawer a.button[href*='walk=on']")
    page.wait_for_selector(".walk")


def until(page: Page, expression: str, wanted: object) -> None:
    """The picture works out what is visible when it draws its next frame, not when a box is ticked."""
    end = time.monotonic() + 10
    while (found := page.evaluate(expression)) != wanted and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert found == wanted


def test_a_click_opens_the_reasons_of_what_was_declined(page: Page, base: str) -> None:
    page.goto(base + "/networks/n-moon?view=graph")
    page.wait_for_selector("#graph canvas", state="attached")
    until(page, f"{GRAPH}.edges('.declined:visible').length", 1)
    page.evaluate(f"{GRAPH}.edges('.declined')[0].emit('onetap')")
    page.wait_for_selector("#drawer:not([hidden]) .sides")
    assert "strip-alley.example" in page.inner_text("#drawer")
    page.keyboard.press("Escape")
    page.uncheck("#graph-declined")
    until(page, f"{GRAPH}.$('.declined:visible').length", 0)


def test_folding_keeps_every_line(page: Page, base: str) -> None:
    page.goto(base + "/networks/n-moon?view=graph")
    page.wait_for_selector("#graph canvas", state="attached")
    shown = f"{GRAPH}.nodes('.site:visible').not('.declined').length"
    before = page.evaluate(shown)
    page.evaluate(f"{GRAPH}.getElementById('{world.OPERATOR[1]}').select()")
    page.check("#graph-all")
    page.click("#graph-fold")
    until(page, shown, 1)
    assert "(+4)" in page.evaluate(f"{GRAPH}.getElementById('{world.OPERATOR[1]}').data('label')")
    # The declined pair of a folded site is now drawn from the site that stands for it.
    until(page, f"{GRAPH}.edges('.declined:visible').length", 1)
    page.click("#graph-unfold-all")
    until(page, shown, before)
    assert page.evaluate(f"{GRAPH}.edges('.joined').length") == 0


def test_columns_order_and_density_are_remembered(page: Page, base: str) -> None:
    page.goto(base + "/sites")
    page.click(".columns summary")
    page.uncheck(".columns input[value=level]")
    page.click(".columns button")
    assert "columns=" in page.url
    page.select_option("select[name=sort]", "site")
    page.wait_for_url("**sort=site**")
    page.goto(base + "/preferences?density=compact&next=/sites")
    assert page.locator("thead th").count() == 7
    assert page.locator("tbody th").first.inner_text().startswith("fan-notes.example")
    row = page.locator("tbody tr").nth(3).bounding_box()
    assert row
    assert row["height"] <= 34


def test_side_by_side_lights_both_sides(page: Page, base: str) -> None:
    page.goto(f"{base}/beside?site={world.OPERATOR[1]}&work=moonlit")
    page.hover(".aligned >> nth=1 >> .right .piece")
    assert page.locator(".aligned >> nth=1 >> .lit").count() >= 3
    sides = [page.locator(f".aligned >> nth=1 >> {side} .strip").bounding_box() for side in (".left", ".right")]
    assert sides[0]
    assert sides[1]
    assert (sides[0]["y"], sides[0]["height"]) == (sides[1]["y"], sides[1]["height"])


def test_pictures_that_nobody_knows_are_blurred_until_opened(page: Page, base: str) -> None:
    page.goto(addresses(base)["picture"].partition("?")[0] + "?form=picture")
    assert page.locator(".picture").count() == 1
    page.goto(base + "/sites/fan-notes.example")
    assert "blur" in page.evaluate("getComputedStyle(document.querySelector('.film .veil img')).filter")
    page.click(".film .veil >> nth=0")
    page.wait_for_selector("#drawer:not([hidden]) .picture:not(.veil)")


def test_the_drawer_has_its_own_address_and_back_leads_out(page: Page, base: str) -> None:
    page.goto(base + "/networks/n-moon")
    page.click("a.pair[href^='/links'] >> nth=0")
    page.wait_for_selector("#drawer:not([hidden]) .sides")
    assert "/links?" in page.url
    page.go_back()
    page.wait_for_selector("#drawer", state="hidden")
    assert page.url == base + "/networks/n-moon"
    page.go_forward()
    page.wait_for_selector("#drawer:not([hidden]) .sides")
    page.reload()
    assert page.locator("main .sides").count() == 1


def test_the_keyboard(page: Page, base: str) -> None:
    page.goto(base + "/sites")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("tr.here").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer:not([hidden]) h1")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer", state="hidden")
    page.keyboard.press("?")
    page.wait_for_selector("#drawer:not([hidden]) .keys")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer", state="hidden")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("달빛")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.click("main a[href^='/works/']")
    assert world.KOREAN in page.inner_text("main")


def test_n_and_p_step_through_the_evidence(page: Page, base: str) -> None:
    page.goto(addresses(base)["record"].partition("?")[0].rpartition(":")[0] + ":0")
    page.click("a.bytes >> nth=0")
    page.wait_for_selector("a[data-key=n]")
    first = page.url
    page.keyboard.press("n")
    page.wait_for_selector("a[data-key=p]")
    page.keyboard.press("p")
    page.wait_for_url(first)


def test_choosing_in_the_picture_chooses_in_the_table(page: Page, base: str) -> None:
    page.goto(base + "/networks/n-moon?view=graph")
    page.wait_for_selector("#graph canvas", state="attached")  # the policy forbids the browser's own eval as well
    page.evaluate("document.getElementById('graph').graph.nodes('[id = \"luna-toon.example\"]').select()")
    assert page.locator("tr.here").get_attribute("data-name") == "luna-toon.example"
    page.check("#graph-values")
    until(page, f"{GRAPH}.nodes('.value:visible').length > 0", True)

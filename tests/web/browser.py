"""Debian's chromium under playwright, offline, in the languages, colours and widths the pages are made for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
LANGUAGES, THEMES, WIDTHS = ("en", "ko", "ar-XB"), ("light", "dark"), (1440, 390)


@dataclass(frozen=True, slots=True)
class View:
    """One way a page is looked at."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}"


VIEWS = tuple(View(*each) for each in product(LANGUAGES, THEMES, WIDTHS))


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for many pages. As root Chromium's own sandbox cannot start."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def looking(browser: Browser, address: str, view: View) -> Iterator[BrowserContext]:
    """A fresh context with a view's cookies, colours and size."""
    context = browser.new_context(
        viewport={"width": view.width, "height": 900 if view.width > 600 else 844},
        color_scheme="dark" if view.theme == "dark" else "light",
        reduced_motion="reduce",
        has_touch=view.width < 600,
        service_workers="block",
    )
    cookies = {"language": view.language, "theme": "auto"}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    try:
        yield context
    finally:
        context.close()

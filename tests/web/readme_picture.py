"""The picture in the README and the guide: `python -m tests.web.readme_picture OUT.png WORKSPACE CATALOGUE`."""

import sys
from pathlib import Path

from tests.web import browser, served

LARGEST = 300_000


def shoot(base: str, out: Path) -> None:
    """The first page as a reader meets it, small enough for a repository."""
    with browser.chromium() as opened, browser.looking(opened, base, browser.View("en", "light", 1440)) as context:
        page = context.new_page()
        page.goto(base + "/", wait_until="networkidle")
        page.screenshot(path=str(out))
    if out.stat().st_size > LARGEST:
        raise SystemExit(f"{out} is larger than {LARGEST} bytes")


if __name__ == "__main__":
    with served.serving(Path(sys.argv[2]), Path(sys.argv[3])) as address:
        shoot(address, Path(sys.argv[1]))

"""Pictures of every page in every view: `python -m tests.web.screenshots OUT [WORKSPACE [CATALOGUE]]`."""

import sys
import tempfile
from pathlib import Path

from tests.web import browser, served, world
from tests.web.addresses import addresses


def shoot(base: str, out: Path, views: tuple[browser.View, ...] = browser.VIEWS) -> int:
    """Save one picture a page and view; gives how many."""
    out.mkdir(parents=True, exist_ok=True)
    pages, count = addresses(base), 0
    with browser.chromium() as opened:
        for view in views:
            with browser.looking(opened, base, view) as context:
                page = context.new_page()
                for name, address in pages.items():
                    page.goto(address, wait_until="networkidle")
                    page.evaluate("document.querySelectorAll('img').forEach((each) => { each.loading = 'eager' })")
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=str(out / f"{name}-{view}.png"), full_page=True)
                    count += 1
    return count


def main() -> None:
    out, given = Path(sys.argv[1]), [Path(each) for each in sys.argv[2:4]]
    with tempfile.TemporaryDirectory() as folder:
        if not given:
            made = world.build(Path(folder))
            given = [made.folder, made.catalogue]
        with served.serving(*given) as base:
            print(shoot(base, out), "pictures in", out)


if __name__ == "__main__":
    main()

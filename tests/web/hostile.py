"""A workspace in which every stored field is an attack on whoever looks at it. Nothing of it may run."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tests.web import world

MARK = "pwned"
PAYLOADS = (
    f"<script>{MARK}(1)</script>",
    f'"><img src=x onerror={MARK}(2)>',
    f"'><svg onload={MARK}(3)>",
    f"javascript:{MARK}(4)",
    f"</script><script>{MARK}(5)</script>",
    f"</title><script>{MARK}(6)</script>",
    f"</textarea></noscript><iframe srcdoc='<script>parent.{MARK}(7)</script>'>",
    f"{{{{7*7}}}}${{{MARK}(8)}}<%={MARK}(8)%>",
    f'" autofocus onfocus={MARK}(9) x="',
    f"\u202e<b onmouseover={MARK}(10)>\u2028",
    f'<a href="data:text/html,<script>{MARK}(11)</script>">x</a>',
    f'x" hx-get="/keys" hx-trigger="load" hx-on::load="{MARK}(12)"',
    f"<math><mtext><table><mglyph><style><img src=x onerror={MARK}(13)>",
    f"<form action=javascript:{MARK}(14)><button>x</button></form>",
    "\u2067\u202e\u200b" + "z\u0301" * 60 + "\u0301" * 400,
    "W" * 300,
)
# Fields by which pages find each other, or whose values are marque's own: an attack is added, the name stays whole.
_KEPT = {"record", "page", "payload_digest", "part", "role", "answer", "extractor", "source", "basis"}


class Spicer:
    """Puts the next attack into each string, the same one each time for the same string, so that joins still hold."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        if text not in self._known:
            self._known[text] = f"{text}{PAYLOADS[len(self._known) % len(PAYLOADS)]}"
        return self._known[text]

    def value(self, name: str, value: object) -> object:
        if name in _KEPT or name == "locator":
            return value
        if isinstance(value, str):
            return " ".join(map(self, value.split())) if name == "weakest_bridge" else self(value)
        if isinstance(value, Mapping):
            return {key: self.value(key, each) for key, each in value.items()}
        if isinstance(value, list) and name not in {"records"}:
            return [self.value(name, each) for each in value]
        return value


def build(folder: Path) -> world.World:
    """The fixture's world with an attack in every string of every table."""
    plain, spice = world.build(folder), Spicer()
    rows = {
        table: [{name: spice.value(name, value) for name, value in row.items()} for row in found]
        for table, found in plain.rows.items()
    }
    _titles(plain.catalogue)
    return replace(plain, run=world.write(plain.folder, rows), rows=rows)


def _titles(catalogue: Path) -> None:
    """Titles and holders of the catalogue as an attacker would send them in."""
    for path in sorted((catalogue / "works").glob("*.json")):
        work = json.loads(path.read_text("utf-8"))
        work["titles"] = {
            "en": PAYLOADS[0] + "W" * 10_000,
            "ko": "\u202e달빛\u0000 " + PAYLOADS[1] * 50,
            '" onload=pwned(15)': PAYLOADS[2],
        }
        work["holder"] = PAYLOADS[5] + "H" * 5_000
        path.write_text(json.dumps(work), "utf-8")

"""Pages as text: templates, words in the page's language, and the snippets that carry accounts."""

import html
import json
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from marque.clock import from_microseconds
from marque.training.accounts import veiled
from marque.training.cast import DATA, SLOTS
from marque.training.dice import Dice
from marque.training.model import Planted, Site

TEMPLATES = Path(__file__).parent / "templates"
RIGHT_TO_LEFT = ("ar",)
AGENCY_SLOTS = ("gtm",)


@cache
def texts(language: str) -> dict[str, Any]:
    """The words of a language."""
    everything: dict[str, dict[str, Any]] = json.loads((DATA / "texts.json").read_text("utf-8"))
    return everything[language]


@cache
def template(name: str) -> Template:
    """A page's frame."""
    return Template((TEMPLATES / f"{name}.html").read_text("utf-8"))


def snippets(site: Site, place: str) -> str:
    """The markup of every account the site shows at a place."""
    found = [slot for slot in site.accounts if SLOTS[slot]["place"] == place]
    return "\n".join(snippet(site, slot) for slot in found)


def snippet(site: Site, slot: str) -> str:
    """The markup of one account, as its vendor tells customers to paste it."""
    value = site.accounts[slot]
    filled = {"v": value, "host": site.host, "owner": site.operator or site.host.partition(".")[0]}
    return Template(SLOTS[slot]["html"]).substitute(filled, veiled=veiled(value, 0x5A) if "@" in value else "")


def planted(site: Site, *places: str) -> list[Planted]:
    """What the snippets at these places claim, in the contract's words."""
    rows = ((value, SLOTS[slot]) for slot, value in site.accounts.items() if SLOTS[slot]["place"] in places)
    return [
        Planted(site.host, slot["kind"], Template(slot.get("canonical", "$v")).substitute(v=value))
        for value, slot in rows
        if "kind" in slot
    ]


def build(site: Site) -> str:
    """The number that a site's own files carry; sites of one batch and layout were set up from one copy."""
    kept = site.accounts.get("favicon", site.host)
    return Dice("build", site.layout, kept).text("0123456789abcdef", 8)


def page(site: Site, uri: str, title: str, body: str, moment: int, *, layout: str = "", side: str = "") -> bytes:
    """A whole page of a site."""
    language = site.languages[0]
    words = {key: html.escape(value) for key, value in texts(language).items() if isinstance(value, str)}
    year = f"{from_microseconds(moment):%Y}"
    values = words | {
        "dir": ' dir="rtl"' if language in RIGHT_TO_LEFT else "",
        "title": html.escape(f"{title} - {site.brand}"),
        "brand": html.escape(site.brand),
        "uri": uri,
        "build": build(site),
        "head": snippets(site, "head"),
        "foot": snippets(site, "foot") + ("" if site.lawful else snippets(site, "ads")),
        "copyright": f"© {year} {html.escape(site.brand)}. {'' if site.lawful else words['rights']}",
        "body": body,
        "side": side,
    }
    return template(layout or site.layout).substitute(values).encode()

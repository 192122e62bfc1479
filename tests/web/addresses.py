"""The pages that are looked at: found by walking links, so that they are the same kinds of page in every workspace."""

import json
import urllib.parse
from urllib.request import urlopen  # noqa: TID251  the tests' own server on loopback

from selectolax.lexbor import LexborHTMLParser

KINDS = (
    "overview", "sites", "services", "site", "signals", "links", "history", "networks", "network", "graph", "reasons",
    "timeline", "money", "payer", "operators", "chokepoints", "judgements", "blind",
    "works", "work", "beside", "stretches", "link", "succession", "service", "signal", "record", "hex", "picture",
    "capture", "search", "keys", "missing",
)  # fmt: skip


def read(address: str) -> str:
    """The HTML of a page."""
    with urlopen(address, timeout=20) as answer:
        body: bytes = answer.read()
    return body.decode("utf-8")


def first(page: str, start: str, last: bool = False) -> str | None:
    """The first (or last) address in a page that begins so."""
    found = [
        str(a.attributes["href"])
        for a in LexborHTMLParser(page).css("a[href]")
        if str(a.attributes["href"]).startswith(start)
    ]
    return (found[-1] if last else found[0]) if found else None


def addresses(base: str) -> dict[str, str]:
    """One address of every kind of page that the workspace has."""
    overview = read(base + "/")
    found: dict[str, str | None] = {
        "overview": "/", "sites": "/sites", "services": "/sites?group=service", "networks": "/networks",
        "works": "/works",
    }  # fmt: skip
    site = first(overview, "/sites/")
    found["site"] = site
    if site:
        plain = site.partition("?")[0]
        found |= {name: f"{plain}?view={name}" for name in ("signals", "links", "history")}
        shown = read(base + plain)
        found |= {
            "link": first(shown, "/links?"),
            "signal": first(shown, "/signals?"),
            "service": first(shown, "/services?"),
            "beside": first(shown, "/beside?"),
        }
        found["record"] = first(shown, "/records/", last=True)
        found["picture"] = first(shown, "/records/")
    found["succession"] = first(overview, "/successions?")
    network = first(overview, "/networks/")
    if network:
        plain = network.partition("?")[0]
        found |= {
            "network": plain,
            "graph": plain + "?view=graph",
            "reasons": plain + "?view=reasons",
            "timeline": plain + "?view=timeline",
            "money": plain + "?view=money",
            "payer": first(read(base + plain + "?view=money"), plain + "?view=money&payer="),
            "chokepoints": plain + "?view=chokepoints",
            "operators": plain + "?view=operators",
            "judgements": plain + "?view=judgements",
            "blind": first(read(base + plain + "?view=judgements"), "/links?"),
        }
    found["work"] = first(overview, "/works/")
    found["stretches"] = _stretches(base, read(base + "/works"))
    if found.get("record"):
        found["hex"] = f"{found['record']}&form=hex"
        found["capture"] = first(read(base + str(found["record"])), "/captures/")
    found |= {
        "search": "/search?" + urllib.parse.urlencode({"q": "달빛"}),
        "keys": "/keys",
        "missing": "/sites/no-such-site.example",
    }
    return {name: base + address for name in KINDS if (address := found.get(name))}


def _stretches(base: str, works: str) -> str | None:
    """A unit of a medium with one axis beside its page: named there as another unit of the same work."""
    for work in [link for link in _links(works) if link.startswith("/works/")][:6]:
        beside = first(read(base + work), "/beside?")
        for link in _links(read(base + beside)) if beside else ():
            if link.startswith("/beside?") and "medium=text" in link:
                return link
    return None


def _links(page: str) -> list[str]:
    return [str(a.attributes["href"]) for a in LexborHTMLParser(page).css("a[href]")]


def run_of(base: str) -> str:
    """The digest of the run that a server shows."""
    return str(json.loads(read(base + "/healthz"))["run"])

"""What happens in the world: weekly moves, a seizure, the return under a new name, an impostor, one careless line."""

import json

from marque.training.cast import DATA
from marque.training.crawl import Crawl
from marque.training.dice import HEX
from marque.training.markup import page, template, texts
from marque.training.model import Planted, Site

# The slip: whoever mended the theme of the service signed with the address that the old sister site shows openly.
ALIAS = "sunlitfox"
SLIP_ADDRESS = "h.moravec@post.test"
SLIP_SITES = ("solmaru41.example", "yeoutoon.example")
COMEBACK: dict[str, str] = json.loads((DATA / "comeback.json").read_text("utf-8"))


def seized(crawl: Crawl, site: Site) -> None:
    """The banner of an authority where the site stood."""
    crawl.document(
        site.home, template("seized").substitute().encode(), "This domain has been seized", verdict="seizure-banner"
    )


def moved(crawl: Crawl, site: Site, target: str) -> None:
    """The old address sends its readers on."""
    crawl.redirect(site.home, f"https://{target}/")


def gone(crawl: Crawl, site: Site) -> None:
    """Nothing left."""
    body = (
        b"<html><head><title>503 Service Unavailable</title></head><body><h1>503 Service Unavailable</h1></body></html>"
    )
    crawl.document(site.home, body, "503", status=503, verdict="error")


def closed(crawl: Crawl, site: Site) -> None:
    """Pages that show nothing of a site: parked, behind a login, behind a check for robots."""
    if site.part == "parked":
        crawl.document(site.home, template("parked").substitute(host=site.host).encode(), site.host, verdict="parked")
    elif site.part == "login-wall":
        crawl.document(site.home, template("login").substitute().encode(), "Log in", verdict="login-wall")
    else:
        body = template("challenge").substitute(host=site.host, ray=crawl.dice.text(HEX, 16)).encode()
        extra = (("Cf-Mitigated", "challenge"),)
        crawl.document(site.home, body, "Just a moment...", status=403, verdict="challenge", extra=extra)


def slip(crawl: Crawl, site: Site) -> None:
    """The careless line: on the service in a comment of the page source, on the sister site in the open."""
    uri, words = f"https://{site.host}/about/", texts(site.languages[0])
    if site.host == SLIP_SITES[0]:
        remark = f"<!-- child theme mended by {ALIAS}, questions to {SLIP_ADDRESS} -->"
        body = f"{remark}\n<h1>{site.brand}</h1><p>{words['about']}</p>"
    else:
        body = f'<h1>{site.brand}</h1><p>운영자 {ALIAS}: <a href="mailto:{SLIP_ADDRESS}">{SLIP_ADDRESS}</a></p>'
    crawl.document(uri, page(site, uri, words["contact"], body, crawl.now), words["contact"])
    crawl.planted([Planted(site.host, "email", SLIP_ADDRESS)])


def comeback(crawl: Crawl, site: Site) -> None:
    """The page that claims to be the service under its new address."""
    uri = f"https://{site.host}/notice/comeback/"
    body = f"<h1>{texts(site.languages[0])['notice']}</h1><p>{COMEBACK[site.host]}</p>"
    crawl.document(uri, page(site, uri, texts(site.languages[0])["moved"], body, crawl.now), "comeback")

"""Pages: every account can be read in the bytes, and no template leaves a hole."""

import re

import pytest

from marque.training import accounts
from marque.training.cast import SLOTS, Cast, load
from marque.training.dice import Dice
from marque.training.markup import TEMPLATES, page, planted, snippet, template, texts
from marque.training.model import Site

CAST: Cast = load(Dice("markup"))


def sites_with(slot: str) -> list[Site]:
    return [site for site in CAST.sites if slot in site.accounts]


@pytest.mark.parametrize("slot", sorted(set(SLOTS) - {"favicon"}))
def test_every_account_stands_in_its_markup(slot: str) -> None:
    site = sites_with(slot)[0]
    value, markup = site.accounts[slot], snippet(site, slot)
    assert value in markup or accounts.veiled(value, 0x5A) in markup
    assert not re.search(r"\$(?:v|host|owner|veiled|\{)", markup)


def test_every_slot_is_used_by_somebody() -> None:
    assert [slot for slot in SLOTS if not sites_with(slot)] == []


@pytest.mark.parametrize("language", ["ko", "es", "ja", "en", "pt", "id", "ar"])
def test_languages_say_the_same_things(language: str) -> None:
    assert texts(language).keys() == texts("en").keys()
    assert texts(language)["lang"] == language


def test_arabic_pages_run_from_right_to_left() -> None:
    site = CAST.site("noorstream.example")
    assert b'<html lang="ar" dir="rtl">' in page(site, site.home, "x", "<p>y</p>", CAST.start)


@pytest.mark.parametrize("layout", ["madara", "themesia", "plain", "agency", "article"])
def test_a_page_carries_title_body_and_accounts(layout: str) -> None:
    site = CAST.site("solmaru41.example")
    body = page(site, site.home, "Title & more", "<p>body</p>", CAST.start, layout=layout).decode()
    assert "Title &amp; more - Solmaru" in body
    assert "<p>body</p>" in body
    assert site.accounts["ga4"] in body


def test_templates_have_no_unknown_names() -> None:
    known = set(texts("en")) | {"dir", "title", "brand", "uri", "build", "head", "foot", "copyright", "body", "side"}
    known |= {"rows", "host", "package", "code", "ray", "link", "chapter", "last"}
    for path in TEMPLATES.glob("*.html"):
        assert set(template(path.stem).get_identifiers()) <= known, path.name


def test_only_kinds_of_the_contract_are_called_planted() -> None:
    claims = planted(CAST.site("inkharbor.example"), "head", "foot", "donate")
    kinds = {claim.kind for claim in claims}
    assert "donation-handle" in kinds
    assert "sentry" not in kinds

"""The runner: what may speak, in whose name, with which bytes, and in what order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.signals.extract import VERSION, Memory, as_table, extract
from marque.signals.model import ROLES, SIGHTINGS
from tests.signals.captured import SITE, exchange, sightings

PAGE = """<html lang="ko"><head><script src="/js/app.js"></script></head><body>
<a href="https://t.me/toon_news">t.me/toon_news</a> <script>ga('create','UA-7654321-2')</script></body></html>"""


@pytest.mark.parametrize("verdict", ["challenge", "parked", "seizure-banner", "login-wall", "error", "blocked"])
def test_only_content_speaks(verdict: str) -> None:
    assert sightings(PAGE, verdict=verdict) == []


def test_a_redirect_says_where_it_leads_and_nothing_else() -> None:
    found = sightings(PAGE, verdict="redirect", headers=(("location", "https://new-toon.example/"),))
    assert [(s.kind, s.value, s.part) for s in found] == [("redirect-target", "new-toon.example", "http-header")]


def test_without_a_page_nothing_is_claimed() -> None:
    alone = exchange(PAGE, "urn:x")
    assert alone.record.site is None
    assert list(extract(alone)) == []


def test_provenance_is_stamped() -> None:
    (found,) = sightings(PAGE, "google-analytics")
    assert (found.site, found.host, found.source, found.time) == ("toon.example", "toon.example", "test", 1_000_000)
    assert (found.extractor, found.version, found.family, found.part) == ("analytics", VERSION, "identity", "payload")


def test_each_value_once_at_its_first_place() -> None:
    (found,) = sightings(PAGE, "chat-handle")
    assert found.start == PAGE.encode().index(b"t.me/toon_news")


def test_what_others_serve_is_theirs() -> None:
    library = "x('UA-7654321-2')"
    vendor = "https://cdn.jsdelivr.net/npm/lib.js"
    own = "https://cdn.operator.example/site.js"
    container = "https://www.googletagmanager.com/gtm.js?id=GTM-K7XQ2W9"
    player = "https://player.example/embed/1"
    script = {"page_uri": SITE, "media": "application/javascript"}
    assert [s.role for s in sightings(library, "google-analytics", uri=vendor, **script)] == ["bystander"]
    assert [s.role for s in sightings(library, "google-analytics", uri=own, **script)] == ["site"]
    assert [s.role for s in sightings(library, "google-analytics", uri=container, **script)] == ["site"]
    assert [s.role for s in sightings(PAGE, "google-analytics", uri=player, page_uri=SITE)] == ["bystander"]


def test_banner_picture_is_known_by_its_page() -> None:
    page = '<a href="https://casino.example/?code=LUCKY7"><img src="/b/1.gif" width="468" height="60"></a>'
    memory = Memory()
    found = list(extract(exchange(page), memory))
    assert ("banner-advertiser", "casino.example", "advertiser") in [(s.kind, s.value, s.role) for s in found]
    assert ("referral-code", "casino.example:lucky7", "advertiser") in [(s.kind, s.value, s.role) for s in found]
    picture = exchange(b"GIF89a-picture", SITE + "b/1.gif", page_uri=SITE, media="image/gif")
    assert [s.kind for s in extract(picture, memory)] == ["banner-image"]
    assert list(extract(picture)) == []


def test_contacts_in_a_banner_are_the_advertisers() -> None:
    page = '<a href="https://casino.example/"><img src="1.gif" alt="텔레그램 @casino_agent"></a><p>t.me/toon_news</p>'
    roles = {s.value: s.role for s in sightings(page, "chat-handle")}
    assert roles == {"telegram:casino_agent": "advertiser", "telegram:toon_news": "site"}


def test_table_has_the_contract_columns() -> None:
    table = as_table(sightings(PAGE))
    assert table.schema.equals(SIGHTINGS, check_metadata=True)
    assert table.num_rows > 3


PIECES = st.sampled_from(
    [
        "<a href='https://t.me/toon_news'>",
        "</a>",
        '<div class="comments">',
        "</div>",
        "<img src=//x.test/1.png>",
        "UA-7654321-2",
        "boss&#64;toon.example",
        "<script>",
        "</script>",
        "광고문의 ",
        "<!--",
        "-->",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyT bitcoin ",
        "\x00",
        "é",
        "<meta name=generator content='a&amp;b'>",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["", "euc-kr", "utf-16", "shift_jis"]))
def test_spans_always_lie_inside_and_rows_are_sorted(page: str, charset: str) -> None:
    raw = page.encode(charset or "utf-8", "replace")
    found = sightings(raw, charset=charset)
    assert all(0 <= s.start <= s.end <= len(raw) for s in found if s.part == "payload")
    assert all(s.role in ROLES for s in found)
    keys = [(s.kind, s.value, s.role, s.part) for s in found]
    assert keys == sorted(set(keys))


@settings(deadline=None)  # the first example builds the pass
@given(st.binary(max_size=600), st.sampled_from(["text/html", "application/json", "", "image/png", "text/css"]))
def test_no_bytes_make_it_fail(raw: bytes, media: str) -> None:
    sightings(raw, media=media)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f'<a href="//x.test"><img src=1.gif width={"9" * 5000} height=60></a>', id="endless number"),
        pytest.param('<a href="http://[::1"><img src="http://[x"></a><script src="//[::"></script>', id="bad hosts"),
        pytest.param("<div>" * 30_000, id="deep nesting"),
        pytest.param('<meta name="generator" content="\ud800">'.encode("utf-8", "surrogatepass"), id="surrogate"),
        pytest.param('<html lang="' + "x" * 9000 + '">', id="long attribute"),
        pytest.param('<a href="https://casino.test/?code=%ff%00&code=' + "a" * 9000 + '"><img src=1></a>', id="codes"),
        pytest.param("pub-" + "9" * 9000 + " 0x" + "a" * 9000 + " wallet " + "1" * 9000, id="long ids"),
    ],
)
def test_hostile_pages_are_read(page: str | bytes) -> None:
    sightings(page)

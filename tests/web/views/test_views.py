"""Every page: works, 404 for what the run does not have, nothing but reading, headers, languages, drawer."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.web import world

SITE, SISTER = world.OPERATOR[0], world.OPERATOR[1]
LINK = "/links?" + urlencode({"a": SITE, "b": SISTER})
SIGNAL = "/signals?" + urlencode({"kind": "google-analytics", "value": world.TAG})
PAGES = (
    ("/", "A site was reported"), ("/sites", SITE), ("/sites?level=licensed", "reader-licensed.example"),
    ("/sites?sort=site&state=parked", "parked-name.example"), ("/sites?group=service", world.OPERATOR[3]),
    ("/sites?service=s-moon", SITE), (f"/services?a={SITE}&b={world.OPERATOR[3]}", "one chain of successors"),
    (f"/sites/{SITE}", world.WALLET),
    (f"/sites/{SITE}?view=works", "side by side"), (f"/sites/{SITE}?view=signals", world.TAG),
    (f"/sites/{SITE}?view=links", SISTER), (f"/sites/{SITE}?view=history", "2026-11-02"), ("/networks", "n-moon"),
    ("/networks/n-moon", SISTER), ("/networks/n-moon?view=graph", "nodes.json"),
    ("/networks/n-moon?view=reasons", world.WALLET), ("/networks/n-moon?view=money", "lucky-wheel.example"),
    ("/networks/n-moon?view=money&payer=lucky-wheel.example", "bytes"),
    ("/networks/n-moon?view=timeline", "2026-11-02"), ("/networks/n-moon?view=chokepoints", "of 5 sites"),
    ("/networks/n-moon?view=chokepoints&kind=announcement-channel&resource=telegram", world.CHANNEL),
    ("/networks/n-moon?view=operators", world.WALLET),
    ("/networks/n-moon?view=judgements", "0 of 200 blind or outside judgements exist"),
    ("/networks/n-moon?view=nonsense", SISTER),
    ("/works", world.KOREAN), ("/works/moonlit", "月光の剣士"), ("/works/harbour", "أمين مكتبة الميناء"),
    (f"/beside?site={SISTER}&work=moonlit", "distance 7"), (LINK, "+7,300"), (SIGNAL, "on 5 of 12 sites"),
    (f"/successions?site={world.OPERATOR[3]}&predecessor={SITE}", "may have become"),
    ("/search?q=moonlight_notice", "telegram:moonlight_notice"), ("/search?q=" + world.KOREAN[:2], world.KOREAN),
    ("/search?q=n-", "n-moon"), ("/keys", "Next and previous evidence"), ("/search", "What are you looking for"),
)  # fmt: skip
MISSING = (
    "/sites/nobody.example", "/sites/", "/sites/%00", "/sites/" + "a" * 3000, "/networks/none", "/works/none",
    "/records/none", "/records/" + "0" * 64 + ":99", "/captures/" + "0" * 64, "/links?a=x&b=y", "/links",
    "/successions", "/services", f"/services?a={SITE}&b={SISTER}", f"/services?a={SITE}&b={SITE}",
    f"/links?a={SITE}&b={SITE}", "/signals?kind=email&value=%E2%80%A2%E2%80%A2%E2%80%A2", "/signals", "/beside",
    f"/beside?site={SITE}&work=none", "/pictures/none", "/thumbnails", "/thumbnails?work=moonlit&panel=99", "/admin",
    "/networks/none/nodes.json", "/networks/none/picture.svg", "/networks/none/timeline.svg",
    "/static/../settings.py", "/sites/../../etc/passwd",
)  # fmt: skip


@pytest.mark.parametrize(("address", "expected"), PAGES, ids=[address for address, _ in PAGES])
def test_shows_what_it_is_for(client: Client, address: str, expected: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert expected in answer.content.decode()
    assert "{" not in LexborHTMLParser(answer.content).body.text()  # type: ignore[union-attr]  # no gap in a sentence


@pytest.mark.parametrize("address", MISSING)
def test_says_what_is_missing_with_a_number_to_quote(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert re.search(r"E-\d{6}", answer.content.decode())


@pytest.mark.parametrize("address", [address for address, _ in PAGES])
@pytest.mark.parametrize("language", ["ko", "ar-XB"])
def test_speaks_other_languages(client: Client, address: str, language: str) -> None:
    client.cookies["language"] = language
    page = LexborHTMLParser(client.get(address).content)
    html = page.css_first("html")
    assert html is not None
    assert (html.attributes["lang"], html.attributes["dir"]) == (language, "rtl" if language == "ar-XB" else "ltr")
    assert not re.findall(r"\bweb\.[a-z]+[.a-z-]*", page.html or "")


NOT_LOOKED = "Not looked: none of its pages could be read as content."


@pytest.mark.parametrize("view", ["works", "signals"])
def test_what_could_not_be_read_is_not_said_to_be_empty(client: Client, view: str) -> None:
    assert NOT_LOOKED in client.get(f"/sites/strip-alley.example?view={view}").content.decode()
    looked = client.get(f"/sites/fan-notes.example?view={view}").content.decode()
    assert NOT_LOOKED not in looked and ("Looked, none" in looked) == (view == "works")


@pytest.mark.parametrize(("view", "times"), [("summary", 2), ("links", 4)])
def test_a_site_without_signals_was_not_compared(client: Client, view: str, times: int) -> None:
    page = client.get(f"/sites/parked-name.example?view={view}").content.decode()
    assert page.count("Not looked: no signal of this site could be read.") == times
    assert "Looked, none" not in page


def test_a_work_says_how_many_sites_may_carry_it_too(client: Client) -> None:
    assert "3 sites and possibly 1 more" in client.get("/works/harbour").content.decode()
    assert "possibly" not in client.get("/works/moonlit").content.decode().partition("Who carries it")[0]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reads(client: Client, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a b"])
def test_answers_to_names_of_this_machine_only(client: Client, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert b"example" not in answer.content


@pytest.mark.parametrize("address", ["/", "/keys", "/healthz", "/sites/nobody.example", "/static/css/tokens.css"])
def test_headers_keep_captured_content_inert(client: Client, address: str) -> None:
    answer = client.get(address)
    headers = answer.headers
    answer.close()
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_drawer_gets_the_part_only(client: Client) -> None:
    whole = client.get(LINK).content.decode()
    part = client.get(LINK, headers={"HX-Request": "true"})
    assert "<html" in whole
    assert "<html" not in part.content.decode()
    assert "data-close" in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_bystanders_are_masked_everywhere(client: Client) -> None:
    site = client.get(f"/sites/{SITE}").content.decode()
    records = [str(a.attributes["href"]) for a in LexborHTMLParser(site).css("a[href^='/records/']")]
    for address in (f"/sites/{SITE}", *records, *(f"{record}&form=hex" for record in records)):
        body = client.get(address).content.decode()
        assert world.BYSTANDER not in body
        assert world.BYSTANDER.encode().hex(" ") not in re.sub(r"</?span>", " ", body)
    assert world.BYSTANDER not in client.get("/search?q=reader77").content.decode()
    assert "Nothing found" in client.get("/search?q=reader77").content.decode()


def test_preferences_are_three_cookies_and_lead_back(client: Client) -> None:
    answer = client.get("/preferences?language=ko&theme=dark&walk=off&next=/sites")
    assert answer.headers["Location"] == "/sites"
    assert {name: morsel.value for name, morsel in answer.cookies.items()} == {
        "language": "ko",
        "theme": "dark",
        "walk": "off",
    }
    assert all(morsel["samesite"] == "Strict" and morsel["httponly"] for morsel in answer.cookies.values())
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        assert client.get("/preferences", {"next": elsewhere}).headers["Location"] == "/"


def test_a_pasted_digest_leads_to_the_record(client: Client, shown: world.World) -> None:
    record = str(shown.rows["records"][0]["record"])
    assert client.get("/search", {"q": record.upper()}).headers["Location"] == f"/records/{record}"


def test_the_network_as_data_and_as_a_file(client: Client) -> None:
    data = json.loads(client.get("/networks/n-moon/nodes.json").content)
    assert {node["id"] for node in data["nodes"] if not node["outside"]} == set(world.OPERATOR)
    assert [node["id"] for node in data["nodes"] if node["outside"]] == ["strip-alley.example"]
    assert [row["b"] for row in data["declined"]] == ["strip-alley.example"]
    assert len(data["edges"]) == 10
    assert 4 <= sum(edge["holds"] for edge in data["edges"]) < 10
    assert {item["shape"] for item in data["values"]} == {"diamond", "square"}
    svg = client.get("/networks/n-moon/picture.svg")
    assert world.RUN in svg.content.decode()
    assert "sandbox" in svg.headers["Content-Security-Policy"]


def test_the_line_of_time_as_a_file(client: Client) -> None:
    svg = client.get("/networks/n-moon/timeline.svg").content.decode()
    assert world.RUN in svg
    assert all(site in svg for site in world.OPERATOR)
    assert svg.count("stroke-dasharray") == 1  # one site of the network may have become another


def test_our_own_mistake_shows_a_number_and_no_trace(shown: world.World, monkeypatch: pytest.MonkeyPatch) -> None:
    from marque.web.queries import sites

    monkeypatch.setattr(sites, "listed", lambda wanted: 1 / 0)
    answer = Client(headers={"host": "localhost"}, raise_request_exception=False).get("/sites")
    assert answer.status_code == 500
    body = answer.content.decode()
    assert re.search(r"E-\d{6}", body)
    assert "Traceback" not in body
    assert "ZeroDivision" not in body

"""A judgement from the page: blind pairs hide every score, a reason is asked, nothing foreign writes."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connections
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from marque.runs.workspace import JUDGED
from marque.web.judging import ledger
from tests.web import world
from tests.web.conftest import show

BLIND = tuple(sorted((world.OPERATOR[0], world.OPERATOR[4])))
PLAIN = tuple(sorted((world.OPERATOR[0], world.OPERATOR[1])))
SCORES = re.compile(r"\.6[0-9]\b|−4,000|\+3,400|\.35|\.84")


def address(pair: tuple[str, ...]) -> str:
    return "/links?" + urlencode({"a": pair[0], "b": pair[1]})


def form(pair: tuple[str, ...], judgement: str = "same", reason: str = "one channel") -> dict[str, str]:
    return {"kind": "link", "a": pair[1], "b": pair[0], "judgement": judgement, "reason": reason}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[world.World]:
    """A world of its own, because these tests write into it."""
    made = world.build(tmp_path)
    show(made)
    yield made
    connections["default"].close()


@pytest.fixture
def judge(own: world.World) -> Client:
    return Client(headers={"host": "localhost"})


def shown(client: Client, where: str) -> str:
    page = LexborHTMLParser(client.get(where).content).css_first("main")
    assert page is not None
    return page.text(separator=" ")


def test_a_blind_pair_shows_what_is_shared_and_no_score(judge: Client) -> None:
    text = shown(judge, address(BLIND))
    assert world.TAG in text
    assert not SCORES.search(text)
    assert "bits" not in text


def test_no_list_tells_the_score_of_a_blind_pair(judge: Client) -> None:
    both = re.compile(rf"a={re.escape(BLIND[0])}&(?:amp;)?b={re.escape(BLIND[1])}")
    for where in ("/", f"/sites/{BLIND[0]}"):
        assert not both.search(judge.get(where).content.decode()), where
    for where in (f"/sites/{BLIND[0]}?view=links", "/networks/n-moon?view=reasons"):
        page = judge.get(where).content.decode()
        assert both.search(page.partition("To be judged before")[2]), where
        assert not both.search(page.partition("To be judged before")[0]), where
    edges = judge.get("/networks/n-moon/nodes.json").json()["edges"]
    assert [edge["word"] for edge in edges if {edge["a"], edge["b"]} == set(BLIND)] == ["blind"]


def test_judging_opens_the_score_and_stays(judge: Client, own: world.World) -> None:
    answer = judge.post("/judgements", form(BLIND))
    assert (answer.status_code, answer.headers["Location"]) == (303, address(BLIND[::-1]))
    text = shown(judge, address(BLIND))
    assert SCORES.search(text)
    assert "before the score was shown" in text
    assert "one channel" in text
    kept = ledger.read(own.folder)
    assert [(row.a, row.b, row.blind, row.sampled, row.run) for row in kept] == [(*BLIND, True, True, world.RUN)]
    tab = shown(judge, "/networks/n-moon?view=judgements")
    assert "1 of 200" in tab
    assert "tested on synthetic data only" in tab


def test_a_word_can_be_taken_back_and_both_stay_to_be_read(judge: Client, own: world.World) -> None:
    judge.post("/judgements", form(PLAIN))
    judge.post("/judgements", form(PLAIN, "unsure", "the channel was copied"))
    assert [(row.judgement, row.blind) for row in ledger.read(own.folder)] == [("same", False), ("unsure", False)]
    assert "replaced by a later word" in shown(judge, "/networks/n-moon?view=judgements")


@pytest.mark.parametrize("kind", ["successor", "service"])
def test_successions_and_services_are_judged_as_well(judge: Client, own: world.World, kind: str) -> None:
    given = {"kind": kind, "a": world.OPERATOR[0], "b": world.OPERATOR[3], "judgement": "same", "reason": "so"}
    where = judge.post("/judgements", given).headers["Location"]
    assert "The same service" in shown(judge, where)
    assert [(row.kind, row.a, row.b, row.blind) for row in ledger.read(own.folder)] == [
        (kind, world.OPERATOR[0], world.OPERATOR[3], False)
    ]
    assert where.replace("&", "&amp;") in judge.get("/networks/n-moon?view=judgements").content.decode()


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        pytest.param({"reason": "  "}, 400, "needs its reason", id="no reason"),
        pytest.param({"reason": "x" * 1_001}, 400, "longer than", id="a book"),
        pytest.param({"judgement": "guilty"}, 400, "one of the three", id="no such word"),
        pytest.param({"kind": "person"}, 404, "E-", id="no such kind"),
        pytest.param({"a": "nobody.example"}, 404, "E-", id="no such pair"),
        pytest.param({"kind": "successor"}, 404, "E-", id="no such succession"),
        pytest.param({"kind": "service"}, 404, "E-", id="no such service"),
    ],
)
def test_what_is_not_taken(judge: Client, own: world.World, changed: dict[str, str], status: int, says: str) -> None:
    answer = judge.post("/judgements", form(BLIND) | changed)
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not SCORES.search(LexborHTMLParser(answer.content).css_first("main").text())  # type: ignore[union-attr]
    assert ledger.read(own.folder) == ()


def test_only_a_form_of_our_own_is_taken(own: world.World) -> None:
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    assert strict.post("/judgements", form(PLAIN)).status_code == 403
    page = LexborHTMLParser(strict.get(address(PLAIN)).content)
    token = str(page.css_first("form.judge input[name=csrfmiddlewaretoken]").attributes["value"])  # type: ignore[union-attr]
    given = form(PLAIN) | {"csrfmiddlewaretoken": token}
    for origin in ("http://evil.example", "null", "http://localhost:9"):
        assert strict.post("/judgements", given, headers={"origin": origin}).status_code == 403
    assert ledger.read(own.folder) == ()
    assert strict.post("/judgements", given, headers={"origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_the_address_takes_nothing_else(judge: Client, method: str) -> None:
    assert getattr(judge, method)("/judgements").status_code == 405


def test_a_damaged_file_is_named_and_the_pages_go_on(judge: Client, own: world.World) -> None:
    (own.folder / JUDGED).write_bytes(b"damaged")
    assert "cannot be read" in shown(judge, "/networks/n-moon?view=judgements")
    assert judge.get(address(PLAIN)).status_code == 200
    assert judge.post("/judgements", form(PLAIN)).status_code == 503
    assert (own.folder / JUDGED).read_bytes() == b"damaged"

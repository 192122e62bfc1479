"""Marking: what a run found of the truth and what it claimed wrongly, on tables written by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from marque.clock import from_microseconds, iso
from marque.errors import InputRefused, WrongUsage
from marque.evidence import tables
from marque.training.marking import lines, mark
from marque.training.marks import SCHEMAS, Mark

TIME = 1_788_790_957_000_000
A, B, C, LAWFUL, IMPOSTOR = "a.example", "b.example", "c.example", "blog.example", "new-a.example"
TRUTH: dict[str, Any] = {
    "format": 1,
    "sites": [
        {"site": A, "lawful": False, "part": ""},
        {"site": B, "lawful": False, "part": ""},
        {"site": C, "lawful": False, "part": "copycat"},
        {"site": LAWFUL, "lawful": True, "part": "licensed-reader"},
        {"site": IMPOSTOR, "lawful": False, "part": "impostor"},
    ],
    "works": [{"work": "W", "known": True}, {"work": "U", "known": False}],
    "services": [{"service": "s", "sites": [{"site": A}, {"site": B}]}],
    "successors": [{"site": B, "predecessor": A}],
    "impostors": [{"site": IMPOSTOR, "pretends": A}],
    "links": [{"a": A, "b": B, "shared": [{"kind": "email", "value": "x@post.test"}]}],
    "decoys": [{"a": A, "b": C}],
    "pages": [
        {"uri": "https://a.example/1/", "time": iso(TIME), "verdict": "content"},
        {"uri": "https://c.example/", "time": iso(TIME), "verdict": "challenge"},
        {"uri": "https://b.example/2/", "time": iso(TIME), "verdict": "content"},
    ],
    "servings": [
        {"uri": "https://a.example/1/", "work": "W", "unit": "1", "language": "ko", "part": "whole"},
        {"uri": "https://b.example/2/", "work": "U", "unit": "1", "language": "ko", "part": "whole"},
    ],
    "signals": [
        {"site": A, "kind": "email", "value": "x@post.test", "role": "site"},
        {"site": A, "kind": "banner-advertiser", "value": "bet.example", "role": "advertiser"},
    ],
    "bystanders": [{"site": A, "kind": "email", "value": "reader@mail.test", "role": "bystander"}],
    "story": {"tempting": {"a": A, "b": C}, "slip": {"contact": "x@post.test", "sites": [A, B]}},
}
Tables = dict[str, list[dict[str, Any]]]


def record(name: str, uri: str, verdict: str = "content") -> dict[str, Any]:
    return {"record": name, "page": name, "uri": uri, "time": from_microseconds(TIME), "verdict": verdict}


def sighting(site: str, kind: str, value: str, role: str) -> dict[str, Any]:
    return {"site": site, "kind": kind, "value": value, "role": role}


def match(page: str, work: str, *, licensed: bool = False, site: str = A) -> dict[str, Any]:
    return {"site": site, "page": page, "work": work, "unit": "1", "answer": "match", "licensed": licensed}


def link(a: str, b: str, *, accepted: bool) -> dict[str, Any]:
    return {"site_a": a, "site_b": b, "accepted": accepted, "reasons": []}


def perfect() -> Tables:
    return {
        "records": [
            record("p1", "https://a.example/1/"),
            record("p2", "https://c.example/", "challenge"),
            record("p3", "https://b.example/2/"),
        ],
        "sightings": [
            sighting(A, "email", "x@post.test", "site"),
            sighting(B, "email", "x@post.test", "site"),
            sighting(A, "banner-advertiser", "bet.example", "advertiser"),
            sighting(A, "email", "reader@mail.test", "bystander"),
        ],
        "matches": [match("p1", "W"), match("p9", "W", licensed=True, site=LAWFUL)],
        "links": [link(A, B, accepted=True), link(A, C, accepted=False)],
        "networks": [{"network": "n", "site": A}, {"network": "n", "site": B}],
        "services": [{"service": "s", "site": A}, {"service": "s", "site": B}],
        "successors": [{"site": B, "predecessor": A, "impostor": False}, {"site": A, "predecessor": None}],
        "flows": [{"payer": "bet.example", "payee": A}],
        "assessments": [{"site": A, "level": "most"}, {"site": LAWFUL, "level": "licensed"}],
    }


def asked(folder: Path, rows: Tables) -> dict[str, Mark]:
    world, run = folder / "world", folder / "run"
    world.mkdir()
    run.mkdir()
    (world / "truth.json").write_text(json.dumps(TRUTH), "utf-8")
    for name, schema in SCHEMAS.items():
        tables.write(run / f"{name}.parquet", tables.of_rows(schema, rows.get(name, [])))
    return {row.question: row for row in mark(world, run)}


def test_a_perfect_run_finds_everything_and_claims_nothing_else(tmp_path: Path) -> None:
    marks = asked(tmp_path, perfect())
    assert {name: row.missed for name, row in marks.items() if row.found != row.planted} == {}
    assert {name: row.mistakes for name, row in marks.items() if row.wrong} == {}


def test_an_empty_run_finds_nothing_and_claims_nothing(tmp_path: Path) -> None:
    marks = asked(tmp_path, {})
    found = {name for name, row in marks.items() if row.found}
    assert found == {"decoys", "impostors", "lawful"}  # leaving alone is all that an empty run does right
    assert all(row.wrong == 0 for row in marks.values())


@pytest.mark.parametrize(
    ("table", "row", "question", "mistake"),
    [
        pytest.param("links", link(A, C, accepted=True), "links", f"{A} / {C}", id="link-between-strangers"),
        pytest.param("links", link(C, A, accepted=True), "tempting", f"{A} / {C}", id="tempting-link-taken"),
        pytest.param("networks", {"network": "n", "site": C}, "networks", f"{A} / {C}", id="stranger-in-network"),
        pytest.param("networks", {"network": "n", "site": LAWFUL}, "lawful", LAWFUL, id="lawful-in-network"),
        pytest.param("assessments", {"site": LAWFUL, "level": "all"}, "lawful", LAWFUL, id="lawful-accused"),
        pytest.param("matches", match("p1", "X"), "works-ko", "https://a.example/1/ / X / 1", id="wrong-work"),
        pytest.param("matches", match("p3", "W"), "works-unknown", "https://b.example/2/ / W / 1", id="unknown-work"),
        pytest.param("matches", match("p1", "W", licensed=True), "licensed", A, id="licence-invented"),
        pytest.param(
            "sightings",
            sighting(A, "email", "reader@mail.test", "site"),
            "bystanders",
            f"{A} / email / reader@mail.test",
            id="bystander-taken-for-the-site",
        ),
        pytest.param(
            "sightings",
            sighting(A, "banner-advertiser", "bet.example", "site"),
            "signals",
            f"{A} / banner-advertiser / bet.example",
            id="advertiser-taken-for-the-site",
        ),
        pytest.param("successors", {"site": IMPOSTOR, "predecessor": A}, "impostors", IMPOSTOR, id="impostor-believed"),
        pytest.param(
            "successors", {"site": C, "predecessor": A}, "successors", f"{C} / {A}", id="stranger-as-successor"
        ),
        pytest.param(
            "services", {"service": "s", "site": IMPOSTOR}, "services", f"{A} / {IMPOSTOR}", id="impostor-in-service"
        ),
        pytest.param(
            "flows",
            {"payer": "x", "intermediary": "reader@mail.test", "payee": A},
            "bystanders",
            "reader@mail.test",
            id="bystander-paid",
        ),
    ],
)
def test_a_wrong_claim_is_counted(tmp_path: Path, table: str, row: dict[str, Any], question: str, mistake: str) -> None:
    rows = perfect()
    rows[table].append(row)
    assert mistake in asked(tmp_path, rows)[question].mistakes


@pytest.mark.parametrize(
    ("row", "text"),
    [
        pytest.param(Mark("lawful", 12, 12, 0, 12), "0 of 12 (at most 25.0 %)", id="rule-of-three"),
        pytest.param(Mark("links", 5, 4, 0, 3000), "0 of 3000 (at most 0.1 %)", id="many-chances"),
        pytest.param(Mark("links", 5, 4, 2, 3000), "2 of 3000", id="some-wrong"),
        pytest.param(Mark("decoys", 1, 1, 0, 1), "0 of 1 (at most 100.0 %)", id="one-chance"),
    ],
)
def test_the_table_says_what_a_zero_is_worth(row: Mark, text: str) -> None:
    heading, line, limit = lines([row])
    assert line.endswith(text)
    assert f"{row.found} / {row.planted}" in line
    assert "Synthetic data only" in limit
    assert "wrongly claimed" in heading


def test_a_folder_without_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="truth-missing"):
        mark(tmp_path, tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"format": 99}'])
def test_a_truth_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "truth.json").write_text(text)
    with pytest.raises(InputRefused, match="truth-unreadable"):
        mark(tmp_path, tmp_path)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_question_has_words(tmp_path: Path, language: str) -> None:
    text = "\n".join(lines(asked(tmp_path, perfect()).values(), language))
    assert "training." not in text

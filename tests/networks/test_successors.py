"""Who followed whom: the rows add up, the order of rows does not matter, and nothing is made of nothing."""

import json
import random
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from marque.cli.networks import command
from marque.networks.moves import DAY, Seen
from marque.networks.successors import NAMES_ALONE, likely, propose


def seen(site: str, first: int | None, last: int | None, title: str | None = None, to: str | None = None) -> Seen:
    first, last = (None if day is None else day * DAY for day in (first, last))
    return Seen(site, first, last, title, to)


def found(rows: list[Seen]) -> dict[str, str | None]:
    return {one.site: one.predecessor for one in propose(rows) if likely(one)}


SERIES = [seen(f"toonwiz{turn}.example", 30 * turn, 30 * turn + 30) for turn in range(41, 61)]


def test_each_follows_the_one_before() -> None:
    assert found(SERIES) == {f"toonwiz{turn}.example": f"toonwiz{turn - 1}.example" for turn in range(42, 61)}


def test_the_rows_add_up_and_names_alone_are_never_sure() -> None:
    for one in propose(SERIES):
        assert one.predecessor is None or sum(step.weight for step in one.steps) == one.score
        assert one.score <= NAMES_ALONE


def test_the_order_of_rows_does_not_matter() -> None:
    assert propose(SERIES) == propose(random.Random(3).sample(SERIES, len(SERIES)))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no sites"),
        pytest.param([seen("inkharbor.example", 5, 9)], id="one site"),
        pytest.param([seen(f"inkharbor.{e}", 0, 90) for e in ("example", "test")], id="the same dates"),
        pytest.param([seen(f"inkharbor.{e}", None, None) for e in ("example", "test")], id="no dates"),
        pytest.param([seen("moonlight.example", 0, 20), seen("harborgoods.test", 20, 40)], id="strangers"),
        pytest.param([seen("manga.example", 0, 20), seen("movies.example", 20, 40)], id="common words"),
    ],
)
def test_nobody_is_named(rows: list[Seen]) -> None:
    assert found(rows) == {}


def test_nobody_follows_what_began_later() -> None:
    assert "inkharbor.test" not in found([seen("inkharbor.example", 50, 60), seen("inkharbor.test", 0, 20)])


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([seen("moon.example", 0, 20, to="harbor.test"), seen("harbor.test", 15, 40)], id="redirect"),
        pytest.param([seen("a1.example", None, None, to="b2.example"), seen("b2.example", None, None)], id="no dates"),
    ],
)
def test_a_redirect_is_enough(rows: list[Seen]) -> None:
    assert found(rows) == {rows[1].site: rows[0].site}


def test_a_title_of_many_sites_ties_none() -> None:
    rows = [seen(f"{name}.example", 0, 20, "Home") for name in ("alpha", "bravo", "chess")]
    rows += [seen(f"{letter * 6}.example", day, 60, "Home") for day, letter in enumerate("defghijklmnopqrs" * 3, 21)]
    assert found(rows) == {}


def test_a_name_taken_up_long_after_is_not_followed_by_number_alone() -> None:
    rows = [seen("inkharbor.example", 10, 100), seen("inkharbor.test", 1500, 1600), seen("x.example", 0, 2000)]
    assert found(rows) == {}


def test_a_mirror_that_stood_beside_follows_less_surely_than_one_that_outlived() -> None:
    strangers = [seen(f"{letter}ostr.example", day, day + 300) for day, letter in enumerate("bcdfghklm", 1)]
    for name, last in (("outlives", 400), ("beside", 190)):
        rows = [*strangers, seen("inkharbor.example", 20, 200), seen("inkharbor.test", 150, last)]
        probability = {one.site: one.probability for one in propose(rows)}["inkharbor.test"]
        assert probability < 0.5 if name == "beside" else probability > 0.1


def test_names_that_are_none_harm_nobody() -> None:
    strange = [
        "",
        ".",
        "xn--.example",
        "a" * 1_000_000,
        "7" * 400 + ".example",
        "-" * 60 + ".example",
        "\ud7a4\0.example",
    ]
    rows = [*SERIES, *(seen(site, 1500, 1600) for site in strange), seen("early.example", -900_000, 900_000)]
    assert {site: old for site, old in found(rows).items() if site.startswith("toonwiz")} == found(SERIES)


def test_the_command_prints_every_row_of_a_score(tmp_path: Path) -> None:
    table = tmp_path / "sites.tsv"
    rows = [f"toonwiz{turn}.example\t2026-0{turn - 40}-01\t2026-0{turn - 39}-01" for turn in range(41, 45)]
    table.write_text("\n".join(["site\tfirst_seen\tlast_seen", *rows]))
    printed = CliRunner().invoke(command, ["successors", str(table), "--json", "--reasons"]).stdout
    found = [json.loads(line) for line in printed.splitlines()]
    assert [one["predecessor"] for one in found][1:] == [one["site"] for one in found][:-1]
    for one in found[1:]:
        assert sum(row["weight"] for row in one["reasons"]) == one["score"]
    text = CliRunner().invoke(command, ["successors", str(table), "--reasons"]).stdout
    assert "two numbers of one series" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(lambda turn: f"toonwiz{turn}.example", id="one series"),
        pytest.param(lambda turn: f"toonwiz.e{turn}", id="one label"),
        pytest.param(lambda turn: f"{'a' * 200}{turn}.example", id="long names"),
    ],
)
def test_a_crowd_of_one_name_is_not_compared_pair_by_pair(name: object) -> None:
    def took(count: int) -> float:
        begun = time.process_time()
        propose([seen(name(turn), turn, turn + 1) for turn in range(count)])  # type: ignore[operator]
        return time.process_time() - begun

    took(200)
    assert took(8_000) < 12 * took(1_500) + 1

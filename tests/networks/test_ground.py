"""Ground to ask: who is left in peace, and what ends that."""

import pyarrow as pa
import pytest

from marque.networks.ground import ground
from marque.works.model import MATCHES

PAPER = [("paper.example", "editorial-type", "NewsArticle", "site"), ("sister.example", "editorial-type", "x", "site")]


def sightings(rows: list[tuple[str, str, str, str]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(("site", "kind", "value", "role"), row, strict=True)) for row in rows])


def test_sister_titles_are_left_in_peace() -> None:
    found = ground(sightings(PAPER))
    assert found.none_between("paper.example", "sister.example")


@pytest.mark.parametrize("kind", ["service-kind", "announcement-channel", "risk"])
def test_ground_on_either_side_is_enough(kind: str) -> None:
    found = ground(sightings([*PAPER, ("sister.example", kind, "x", "site")]))
    assert not found.none_between("paper.example", "sister.example")


def test_a_bystander_gives_no_ground() -> None:
    found = ground(sightings([*PAPER, ("sister.example", "risk", "x", "bystander")]))
    assert found.none_between("paper.example", "sister.example")


@pytest.mark.parametrize(("answer", "left"), [("match", False), ("unsure", True)])
def test_a_work_on_its_pages_gives_ground_and_doubt_does_not(answer: str, left: bool) -> None:
    rows = [{"site": "sister.example", "work": "W", "unit": "1", "answer": answer, "licensed": False}]
    found = ground(sightings(PAPER), pa.Table.from_pylist(rows, schema=MATCHES))
    assert found.none_between("paper.example", "sister.example") is left


def test_sites_that_declare_nothing_are_compared_as_ever() -> None:
    found = ground(sightings([("a.example", "email", "x@y.example", "site")]))
    assert not found.none_between("a.example", "b.example")


def test_a_table_without_roles_is_read_as_sites() -> None:
    table = sightings(PAPER).drop_columns(["role"])
    assert ground(table).none_between("paper.example", "sister.example")

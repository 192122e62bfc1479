"""Reasons: two sides, what does not count apart, rows that add up to the score."""

from dataclasses import replace

from marque.web.queries import links
from marque.web.queries.reasons import split
from tests.web import world

ROWS = [
    {"kind": "crypto-address", "value": "x", "family": "payment", "weight": 7000, "counted": True, "supports": True},
    {"kind": "email", "value": "y", "family": "identity", "weight": 2000, "counted": True, "supports": True},
    {"kind": "iban", "value": "z", "family": "payment", "weight": -900, "counted": True, "supports": False},
    {"kind": "page-theme", "value": "t", "family": "page", "weight": 300, "counted": False, "supports": True},
    {"kind": "prior", "value": "p", "family": "model", "weight": -4000, "counted": True, "supports": False},
    {"kind": "calibration", "value": "c", "family": "model", "weight": -100, "counted": True, "supports": False},
]


def test_sides() -> None:
    found = split(ROWS, 4000)
    assert [reason.kind for reason in found.pro] == ["crypto-address", "email"]
    assert [reason.kind for reason in found.contra] == ["iban"]
    assert [reason.kind for reason in found.idle] == ["page-theme"]
    assert [reason.kind for reason in found.steps] == ["prior", "calibration"]
    assert found.rest == 0
    assert found.counted == 2


def test_other_explanations_stand_apart_and_weigh_nothing() -> None:
    other = {"kind": "alternative", "value": "copied", "weight": 0, "counted": False, "supports": False, "why": "x.y"}
    found = split([*ROWS, other], 4000)
    assert [reason.value for reason in found.others] == ["copied"]
    assert found == replace(split(ROWS, 4000), others=found.others)


def test_a_run_without_its_folder_or_model_says_that_it_cannot_tell(shown: world.World) -> None:
    (tie,) = links.of_site(world.OPERATOR[0], accepted=True, most=1)
    assert links.breaks(tie.link) is None


def test_the_fixtures_links_add_up(shown: world.World) -> None:
    for tie in links.of_site(world.OPERATOR[0], accepted=True):
        rows = (*tie.reasons.pro, *tie.reasons.contra, *tie.reasons.steps)
        assert sum(row.weight for row in rows) + tie.reasons.rest == tie.link.score

"""Reasons: two sides, what does not count apart, rows that add up to the score."""

from marque.web.queries import links
from marque.web.queries.reasons import corrected, probability, split
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


def test_what_would_break_it_uses_the_runs_own_correction() -> None:
    found = split(ROWS, 4000)
    assert found.without_strongest([[-20_000, -20_000], [6_500, 6_500]]) == 2000 - 900 - 4000


def test_a_score_is_the_logarithm_of_the_odds() -> None:
    assert probability(0) == 0.5
    assert round(probability(6500), 3) == 0.989
    assert 0 < probability(-(10**9)) < probability(10**9) <= 1


def test_a_correction_is_a_line_between_points() -> None:
    points = [[-1000, -500], [0, 0], [1000, 400]]
    assert [corrected(score, points) for score in (-9000, -500, 0, 500, 9000)] == [-500, -250, 0, 200, 400]
    assert corrected(77, ()) == 77


def test_the_fixtures_links_add_up(shown: world.World) -> None:
    for tie in links.of_site(world.OPERATOR[0], accepted=True):
        rows = (*tie.reasons.pro, *tie.reasons.contra, *tie.reasons.steps)
        assert sum(row.weight for row in rows) + tie.reasons.rest == tie.link.score

"""Moves by names and dates: case tables."""

import random

import pytest

from marque.networks import moves, names
from marque.networks.moves import DAY, Seen
from marque.networks.successors import likely, propose

ALIKE = [
    pytest.param("toonwiz41.example", "toonwiz42.example", "networks.name-number", id="next number"),
    pytest.param("inkharbor.example", "inkharbor.test", "networks.name-same", id="another ending"),
    pytest.param("ink-harbor.example", "inkharbor.test", "networks.name-stem", id="hyphen"),
    pytest.param("inkharbor.example", "inkharbour.test", "networks.name-near", id="a letter more"),
    pytest.param("xn--9l4b4xi9r.example", "xn--9l4b4xi9r.test", "networks.name-same", id="another script"),
    pytest.param("moonlight.example", "harborgoods.test", "", id="strangers"),
    pytest.param("alpha.wordpress.com", "omega.wordpress.com", "", id="accounts on one platform"),
    pytest.param("192.0.2.1", "192.0.2.2", "", id="addresses"),
]


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_what_two_names_say(one: str, other: str, why: str) -> None:
    assert moves.likeness(names.parse(one), names.parse(other))[1] in {
        why,
        "networks.name-part" if why.endswith("near") else why,
    }


def seen(site: str, first: int, last: int) -> Seen:
    return Seen(site, first * DAY, last * DAY)


def test_the_nearest_in_time_is_taken() -> None:
    rows = [seen("toonwiz41.example", 0, 30), seen("toonwiz42.example", 30, 60), seen("toonwiz43.example", 60, 90)]
    found = {one.site: one.predecessor for one in propose(rows) if likely(one)}
    assert found == {"toonwiz42.example": "toonwiz41.example", "toonwiz43.example": "toonwiz42.example"}


def test_nobody_follows_what_began_later() -> None:
    assert not [
        one
        for one in propose([seen("inkharbor.example", 50, 60), seen("inkharbor.test", 0, 20)])
        if one.site == "inkharbor.test" and likely(one)
    ]


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [seen(f"toonwiz{turn}.example", turn * 10, turn * 10 + 10) for turn in range(30)]
    assert propose(rows) == propose(random.Random(3).sample(rows, len(rows)))

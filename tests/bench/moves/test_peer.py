"""The peer does what it says: exact brand, closest dates."""

import pytest

from marque.bench.moves import peer
from marque.networks.moves import DAY, Seen

ROWS = [
    Seen("toonwiz41.example", 0, 30 * DAY),
    Seen("toonwiz42.example", 30 * DAY, 60 * DAY),
    Seen("toonwiz.example", 200 * DAY, 300 * DAY),
    Seen("toonwizz.example", 61 * DAY, 300 * DAY),
    Seen("unknown.example", None, None),
]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(True, {"toonwiz42.example": "toonwiz41.example"}, id="within the window"),
        pytest.param(
            False,
            {"toonwiz42.example": "toonwiz41.example", "toonwiz.example": "toonwiz42.example"},
            id="whatever the gap",
        ),
    ],
)
def test_the_brand_that_ended_nearest(window: bool, expected: dict[str, str]) -> None:
    assert {site: old for site, (old, _) in peer.propose(ROWS, window).items()} == expected

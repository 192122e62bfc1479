"""The measure of proposals: whoever followed nobody and is given a predecessor counts as wrong."""

import pytest

from marque.bench.moves import measures
from marque.bench.moves.world import World, joined
from marque.networks.moves import Seen

ROWS = tuple(Seen(site, 0, 1) for site in ("a1", "a2", "a3", "b1", "b2", "other"))
WORLD = World(
    ROWS,
    {"a2": frozenset({"a1"}), "a3": frozenset({"a2"}), "b2": frozenset({"b1"})},
    {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b"},
    {"a2": "tld-change", "a3": "number-bump", "b2": "rebrand"},
)


def figures(found: dict[str, tuple[str, float]], world: World = WORLD) -> dict[str, float]:
    return {metric: value for metric, value, _ in measures.rows(world, found)}


def test_right_nearly_right_and_wrong_are_told_apart() -> None:
    found = figures({"a2": ("a1", 0.9), "a3": ("a1", 0.9), "b2": ("a1", 0.9), "other": ("b1", 0.6)})
    assert found["same site, precision"] == 0.5
    assert found["exact predecessor, precision"] == 0.25
    assert found["same site, recall"] == pytest.approx(0.6667)
    assert found["same site, recall without rebrands"] == 1.0
    assert found["exact predecessor, recall"] == pytest.approx(0.3333)
    assert found["followed nobody, given one"] == pytest.approx(0.3333)
    assert found["same site, recall of rebrand"] == 0.0


def test_nothing_proposed_is_no_error() -> None:
    assert figures({})["same site, precision"] == 0.0
    assert figures({})["followed nobody, given one"] == 0.0


def test_offers_that_a_hub_puts_together_are_counted() -> None:
    world = joined(WORLD, [Seen("hub", 0, 1)], ["hub"])
    assert figures({"a2": ("hub", 0.9), "hub": ("b1", 0.9)}, world)["merges through hubs"] == 1
    assert figures({"a2": ("hub", 0.9), "a3": ("hub", 0.9)}, world)["merges through hubs"] == 0
    assert figures({"a2": ("b1", 0.9)}, world)["merges through hubs"] == 0


def test_bins_say_how_many_were_true() -> None:
    found = {"a2": ("a1", 0.95), "a3": ("a1", 0.92), "b2": ("b1", 0.6)}
    bins = {metric: value for metric, value, _ in measures.calibration(WORLD, found)}
    assert bins["said 0.9 to 1.0, true"] == 0.5
    assert bins["said 0.6 to 0.7, true"] == 1.0
    assert bins["calibration error"] == pytest.approx((2 * abs(0.935 - 0.5) + 0.4) / 3, abs=1e-4)

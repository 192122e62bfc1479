"""What values share by chance: few sites, wide values, and no wrong links from them."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pytest

from marque.bench import operator_link
from marque.bench.linking import numbers
from marque.networks import claims, ties
from marque.networks.link import link

ROWS = tuple[str, str, str]


def table(rows: Iterable[ROWS]) -> pa.Table:
    named = [dict(zip(("site", "kind", "value"), row, strict=True)) for row in rows]
    moment = pa.array([0] * len(named), pa.timestamp("us"))
    return pa.Table.from_pylist(named).append_column("time", moment)


def strangers() -> Iterable[ROWS]:
    """120 sites with a hoster's certificate and an intermediary's line each, drawn apart."""
    draw = np.random.default_rng(1)
    for site in range(120):
        yield f"s{site:03}.example", "tls-certificate", f"c{draw.integers(12)}"
        yield f"s{site:03}.example", "ads-txt-direct", f"d{draw.integers(12)}"


def operators() -> Iterable[ROWS]:
    """Twenty operators of six sites, each with a certificate and an account of its own."""
    for site in range(120):
        yield f"s{site:03}.example", "tls-certificate", f"c{site // 6}"
        yield f"s{site:03}.example", "adsense-publisher", f"p{site // 6}"


@pytest.mark.parametrize(
    ("rows", "least", "most"),
    [
        pytest.param(strangers(), 0.0, 0.0, id="strangers with wide values"),
        pytest.param(operators(), 1.0, 1.0, id="operators"),
    ],
)
def test_what_is_left_beyond_chance(rows: Iterable[ROWS], least: float, most: float) -> None:
    engine = ties.connect()
    ties.load(engine, claims.claims(table(rows)).sites)
    ties.tie(engine)
    ties.put(engine, "usable", engine.sql("SELECT vid FROM vals").to_arrow_table())
    ties.cohere(engine)
    held, members = engine.execute("SELECT sum(m), sum(n) FROM coherence WHERE n >= 4").fetchall()[0]
    engine.close()
    assert least <= held / members <= most + 0.1


def test_strangers_with_wide_values_are_not_linked() -> None:
    found = link(table(strangers())).links
    assert not any(found["accepted"].to_pylist())


def test_operators_with_two_marks_are_linked() -> None:
    found = link(table(operators())).links
    assert sum(found["accepted"].to_pylist()) == 20 * 15


@pytest.mark.parametrize("seed", [7, 8])
def test_links_of_a_small_world_are_true(seed: int) -> None:
    world = operator_link.world(1_000, seed)
    found = link(operator_link.sightings(world)).links
    accepted = found.filter(found["accepted"])
    operator = world.truth.operator
    right = operator[numbers(accepted["site_a"])] == operator[numbers(accepted["site_b"])]
    sure = accepted["probability"].to_numpy() >= 0.95
    assert sure.sum() > 10
    assert right[sure].mean() >= 0.95
    assert right.mean() > 0.8

"""Who keeps company: what is learnt without labels, on invented populations with known truth."""

import duckdb
import numpy as np
import pytest

from marque.bench import operator_link
from marque.bench.linking import numbers
from marque.networks import claims, ties
from marque.networks.population import holdings, learn, rates, rounds
from marque.networks.population.holdings import Holdings
from marque.networks.population.rates import Rates
from marque.networks.population.rounds import Found

SITES = 3_000


def held(world: operator_link.World) -> tuple[Holdings, np.ndarray]:
    """The world's holdings, and the operator of each of their sites."""
    engine: duckdb.DuckDBPyConnection = ties.connect()
    ties.load(engine, claims.claims(operator_link.sightings(world)).sites)
    names = engine.sql("SELECT site FROM sites ORDER BY id").to_arrow_table()["site"]
    return holdings.read(engine), world.truth.operator[numbers(names)]


@pytest.fixture(scope="module")
def population() -> tuple[Holdings, np.ndarray, Rates]:
    found, operator = held(operator_link.world(SITES, 8))
    return found, operator, learn.fit(found)


def shares(found: Found, operator: np.ndarray, low: float, high: float) -> tuple[float, int]:
    """The share of true pairs among those shown from `low` to `high`, and how many there are."""
    chance = 1 / (1 + np.exp2(-found.pairs.odds))
    chosen = (chance >= low) & (chance < high)
    right = operator[found.pairs.a[chosen]] == operator[found.pairs.b[chosen]]
    return float(right.mean()), int(chosen.sum())


def test_what_is_said_of_pairs_is_true_as_often_as_it_says(population: tuple[Holdings, np.ndarray, Rates]) -> None:
    found = rounds.score(population[0], population[2])
    sure, many = shares(found, population[1], 0.95, 1.01)
    assert many > 1_500
    assert sure > 0.97
    middle, _ = shares(found, population[1], 0.5, 0.9)
    assert 0.6 < middle < 0.97
    assert shares(found, population[1], 0.0, 0.2)[0] < middle


def test_the_same_rates_give_the_same_answer(population: tuple[Holdings, np.ndarray, Rates]) -> None:
    whole, _, fitted = population
    written = rates.plain(fitted, whole)
    one, two = (rounds.score(whole, rates.stated(written, whole)) for _ in range(2))
    assert np.array_equal(one.pairs.odds, two.pairs.odds)
    assert np.array_equal(one.pairs.a, two.pairs.a)
    again = rates.plain(rates.stated(written, whole), whole)
    assert again == written


def test_hubs_make_no_pairs(population: tuple[Holdings, np.ndarray, Rates]) -> None:
    whole, _, fitted = population
    found = rounds.score(whole, fitted)
    assert int(whole.count[found.pairs.value].max()) <= rates.WIDEST


def test_strangers_with_hubs_only_make_no_sure_pair() -> None:
    world = operator_link.world(SITES, 9)
    alone = np.arange(SITES)
    hubs = (world.value >= operator_link.HUB) | (world.value >= operator_link.KIT)
    strangers = operator_link.World(world.truth, world.site[hubs], world.kind[hubs], world.value[hubs])
    delivery = (strangers.value >= operator_link.HUB + 10**6) & (strangers.value < operator_link.HUB + 10**7)
    keep = ~delivery  # name servers that a delivery network gives one operator are that operator's mark
    strangers = operator_link.World(world.truth, strangers.site[keep], strangers.kind[keep], strangers.value[keep])
    whole, _ = held(strangers)
    found = rounds.score(whole, learn.fit(whole))
    assert len(alone) == SITES
    assert int((found.pairs.odds > 4.25).sum()) <= 3


def test_a_kind_the_model_never_met_is_described_beforehand(population: tuple[Holdings, np.ndarray, Rates]) -> None:
    whole, _, fitted = population
    written = rates.plain(fitted, whole)
    for name in ("tie", "prior", "strange", "whole"):
        written[name].pop("email")
    stated, known = rates.stated(written, whole), rates.unmeasured(whole)
    place = next(number for number, kind in enumerate(whole.kinds) if kind.name == "email")
    assert np.array_equal(stated.prior[place], known.prior[place])
    assert stated.tie[place] == known.tie[place]

"""Linking sites by the thousand: sums, judgements, networks, and what one fixed model says again."""

import numpy as np
import pyarrow as pa
import pytest

from marque.bench import operator_link
from marque.bench.linking import b_cubed, numbers
from marque.networks.link import Linked, link
from marque.networks.verdicts import STRONG
from tests.networks.worlds import judgement, judgements

SITES = 2_500


@pytest.fixture(scope="module")
def world() -> operator_link.World:
    return operator_link.world(SITES, 9)


@pytest.fixture(scope="module")
def found(world: operator_link.World) -> Linked:
    return link(operator_link.sightings(world))


def network_of(networks: pa.Table) -> dict[str, str]:
    return dict(zip(networks["site"].to_pylist(), networks["network"].to_pylist(), strict=True))


def test_rows_add_up_to_the_score(found: Linked) -> None:
    for row in found.links.to_pylist():
        assert sum(reason["weight"] for reason in row["reasons"] if reason["counted"]) == row["score"]


def test_a_value_counts_no_rarer_than_three_in_all_and_company_stands_apart(found: Linked) -> None:
    rarest = round(1000 * np.log2(SITES / 3))
    company = 0
    for row in found.links.to_pylist():
        for reason in row["reasons"]:
            if reason["sites"]:
                assert reason["weight"] <= rarest
            company += reason["kind"] == "company"
    assert company > 0


def test_core_and_links_are_mostly_right(found: Linked, world: operator_link.World) -> None:
    truth = world.truth.operator
    sure = found.links.filter(pa.compute.greater_equal(found.links["score"], STRONG))
    right = truth[numbers(sure["site_a"])] == truth[numbers(sure["site_b"])]
    assert len(right) > 500
    assert right.mean() > 0.97
    label = np.arange(SITES) + SITES
    core = found.networks.filter(pa.compute.equal(found.networks["role"], "core"))
    names = {name: number for number, name in enumerate(sorted(set(core["network"].to_pylist())))}
    label[numbers(core["site"])] = [names[name] for name in core["network"].to_pylist()]
    assert b_cubed(label, truth)[0] > 0.97


def test_a_site_is_in_one_network(found: Linked) -> None:
    sites = found.networks["site"].to_pylist()
    assert len(sites) == len(set(sites))


def test_a_fixed_model_says_the_same_again(found: Linked, world: operator_link.World) -> None:
    again = link(operator_link.sightings(world), model=found.model)
    assert again.links.equals(found.links)
    assert again.networks.equals(found.networks)


def test_judgements_hold(found: Linked, world: operator_link.World) -> None:
    network = network_of(found.networks)
    cores: dict[str, list[str]] = {}
    for row in found.networks.to_pylist():
        cores.setdefault(row["network"], []).append(row["site"])
    large = [sites for _, sites in sorted(cores.items()) if len(sites) > 3]
    apart, (one, other) = sorted(large[0][:2]), sorted([large[1][0], large[2][0]])
    said = judgements(judgement(apart[0], apart[1], "not-same"), judgement(one, other, "same"))
    judged = link(operator_link.sightings(world), model=found.model, judgements=said)
    after = network_of(judged.networks)
    assert network[apart[0]] == network[apart[1]]
    assert after.get(apart[0], "a") != after.get(apart[1], "b")
    assert network[one] != network[other]
    assert after[one] == after[other]
    taken_back = judgements(judgement(apart[0], apart[1], "not-same"), judgement(apart[0], apart[1], "unsure", day=1))
    back = link(operator_link.sightings(world), model=found.model, judgements=taken_back)
    assert back.networks.equals(found.networks)


def test_networks_keep_their_names(found: Linked, world: operator_link.World) -> None:
    again = link(operator_link.sightings(world), model=found.model, previous=found.networks)
    assert network_of(again.networks) == network_of(found.networks)

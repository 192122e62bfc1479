"""Linking sites by the thousand: sums, judgements, networks, and what one fixed model says again."""

import numpy as np
import pyarrow as pa
import pytest

from marque.bench import operator_link
from marque.bench.linking import b_cubed, numbers
from marque.networks.link import Linked, link
from marque.networks.verdicts import STRONG
from tests.networks.worlds import judgement, judgements, sightings

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


def test_one_planted_value_frames_hardly_anybody(world: operator_link.World) -> None:
    """Forty lone sites get an operator's analytics id: what holds them is anybody's to copy, and they share no more."""
    size, truth = np.bincount(world.truth.operator), world.truth.operator
    innocent = np.flatnonzero(size[truth] == 1)[:40]
    kind = [slot.kind for slot in operator_link.kinds(SITES)].index("ga")
    owners = np.flatnonzero(
        (world.kind == kind) & (size[truth[world.site]] > 10) & (world.value < operator_link.UNIQUE)
    )
    kept = ~(np.isin(world.site, innocent) & (world.kind == kind))
    planted = world.value[owners[np.arange(len(innocent)) % len(owners)]]
    framed = operator_link.World(
        world.truth,
        np.concatenate([world.site[kept], innocent]),
        np.concatenate([world.kind[kept], np.full(len(innocent), kind, np.int8)]),
        np.concatenate([world.value[kept], planted]),
    )
    names = {f"s{site}.example" for site in innocent.tolist()}
    before, after = (touched(link(given(one, names)), names) for one in (world, framed))
    assert len(after[0] - before[0]) <= 3
    assert len(after[1] - before[1]) <= 1


def given(world: operator_link.World, innocent: set[str]) -> pa.Table:
    """The world's sightings, in which every site but the innocent is seen to be a reader of strips."""
    whole = operator_link.sightings(world)
    reader = sorted(set(whole["site"].to_pylist()) - innocent)
    first, last = whole["first_seen"][0], whole["last_seen"][0]
    rows = [(site, "service-kind", "strip-reader", first.as_py(), last.as_py()) for site in reader]
    shown = pa.Table.from_pylist([dict(zip(whole.column_names, row, strict=True)) for row in rows], whole.schema)
    return pa.concat_tables([whole, shown])


def touched(found: Linked, sites: set[str]) -> tuple[set[str], set[str]]:
    """Which of the sites stand in an accepted link, and in one shown at .95."""
    linked = found.links.filter(found.links["accepted"])
    columns = (linked[name].to_pylist() for name in ("site_a", "site_b", "probability"))
    ends = [(sites & {a, b}, probability) for a, b, probability in zip(*columns, strict=True)]
    return set().union(*(hit for hit, _ in ends)), set().union(*(hit for hit, shown in ends if shown >= 0.95))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        pytest.param("email", "own", id="nothing shared"),
        pytest.param("page-theme", "one", id="one value that all have"),
        pytest.param("asn", "one", id="a kind that never links"),
    ],
)
def test_a_thousand_strangers_are_no_network(kind: str, value: str) -> None:
    rows = [(f"s{site}.example", kind, value if value == "one" else f"v{site}") for site in range(1_100)]
    found = link(sightings(rows))
    assert found.networks.num_rows == 0
    assert not found.links.filter(found.links["accepted"]).num_rows

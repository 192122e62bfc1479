"""Reach as a range, and what a network loses with a shared resource: never more than the captures show."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.networks import ranking
from marque.networks.ranking import World
from tests.networks.test_operators import networks, sightings

UP = World(up=frozenset("abcdef"))


def only(found: list[ranking.Chokepoint], kind: str) -> ranking.Chokepoint:
    rows = [row for row in found if row.kind == kind]
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize(
    ("kind", "value", "resource"),
    [
        ("ad-account", "adhouse:77", "adhouse"), ("ads-txt-direct", "adhouse.example,77", "adhouse.example"),
        ("adsense-publisher", "pub-1", "google.com"), ("donation-handle", "ko-fi:x", "ko-fi"),
        ("iban", "DE89370400440532013000", "DE 3704"), ("ip-address", "192.0.2.1", "192.0.2.1"),
        ("name-server-set", "a.ns.dns-house.com,b.ns.dns-house.com", "dns-house.com"), ("cdn", "swift", "swift"),
    ],
)  # fmt: skip
def test_an_account_stands_for_the_house_that_keeps_it(kind: str, value: str, resource: str) -> None:
    assert ranking.fold(kind, value) == resource


def test_whoever_cannot_be_told_from_the_value_is_not_named() -> None:
    assert ranking.provider("ip-address", "192.0.2.1") == ""
    assert ranking.provider("cdn", "swift") == "swift"


def test_what_stands_on_a_resource_is_a_range() -> None:
    rows = [(site, "ip-address", "192.0.2.1") for site in "abcz"]
    found = ranking.chokepoints(sightings(rows), networks(n="abcd"), World(up=frozenset("ab")))
    assert [(row.sites, row.of, row.elsewhere, row.owner) for row in found] == [((2, 3), 4, 1, "host")]


@pytest.mark.parametrize(
    ("rows", "low"),
    [
        pytest.param([("a", "donation-handle", "k:1"), ("b", "donation-handle", "k:2")], 2, id="nothing else"),
        pytest.param(
            [("a", "donation-handle", "k:1"), ("b", "donation-handle", "k:2"), ("b", "iban", "DE89370400440532013000")],
            1,
            id="another house pays as well",
        ),
        pytest.param(
            [("a", "donation-handle", "k:1"), ("b", "donation-handle", "k:2"), ("b", "asn", "AS1")], 2, id="not a payer"
        ),
    ],
)
def test_whoever_has_another_outlives_the_loss_of_one(rows: list[tuple[str, str, str]], low: int) -> None:
    found = only(ranking.chokepoints(sightings(rows), networks(n="ab"), UP), "donation-handle")
    assert found.sites == (low, 2)


def test_works_and_languages_go_only_where_nobody_else_carries_them() -> None:
    rows = [(site, "cdn", "swift") for site in "ab"]
    world = World(
        up=frozenset("ac"),
        works={"a": ["m"], "b": ["m", "h"], "c": ["h", "o"]},
        languages={"a": ["ko"], "b": ["ko"], "c": ["es"]},
    )
    found = only(ranking.chokepoints(sightings(rows), networks(n="abc"), world), "cdn")
    assert (found.works, found.works_of, found.languages) == ((0, 1), 3, ("ko",))


def test_bystanders_carry_nothing() -> None:
    rows = [("a", "donation-handle", "k:1"), ("b", "donation-handle", "k:2")]
    assert ranking.chokepoints(sightings(rows, "bystander"), networks(n="ab"), UP) == []


def test_reach_goes_from_what_stands_in_the_core_to_everything() -> None:
    world = World(up=frozenset("aC"), works={"a": ["m"], "b": ["h"], "C": ["o"]}, visits={"a": (10, 20), "b": (1, 5)})
    (row,) = ranking.reach(networks(n="abC"), world)
    assert (row.sites, row.works, row.visits, row.said) == ((1, 3), (1, 3), (11, 25), 2)


def test_known_visits_come_first_then_works_then_sites_then_the_name() -> None:
    world = World(up=frozenset("abcdwxyz"), works={"c": ["m", "h"], "w": ["m"]}, visits={"y": (5, 9)})
    found = ranking.reach(networks(few="ab", many="cd", one="w", also="x", seen="y"), world)
    assert [row.network for row in found] == ["seen", "many", "one", "few", "also"]
    assert found[1].visits is None


_ROWS = st.lists(
    st.tuples(st.sampled_from("abcdxyz"), st.sampled_from(["cdn", "ad-zone", "ip-address", "iban"]),
              st.sampled_from(["p:1", "p:2", "q:1"])), max_size=30,
)  # fmt: skip


@given(_ROWS, st.sets(st.sampled_from("abcdxyz")), st.randoms(use_true_random=False))
def test_ranges_hold_and_order_does_not_matter(
    rows: list[tuple[str, str, str]], up: set[str], chance: random.Random
) -> None:
    world = World(up=up, works={site: [site] for site in "abcd"})
    given_networks = networks(n="abcd", m="xy")
    found = ranking.chokepoints(sightings(rows), given_networks, world)
    for row in found:
        assert 0 <= row.sites[0] <= row.sites[1] <= row.of
        assert 0 <= row.works[0] <= row.works[1] <= row.works_of
        assert row.elsewhere >= 0
    turned = list(rows)
    chance.shuffle(turned)
    assert ranking.chokepoints(sightings(turned), given_networks, world) == found

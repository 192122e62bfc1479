"""Addresses that spend together: what joins, what must not, and that the order of transactions does not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.money.ledger.clusters import Address, cluster, looks_like_coinjoin
from marque.money.ledger.model import Coin, Transaction
from tests.money.ledger.chains import coin, key, paid

COINJOINS = [
    pytest.param([1, 2], [(3, 0.5), (4, 0.5), (5, 0.4)], True, id="two equal outputs, two payers"),
    pytest.param([1, 2, 3, 4, 5], [(n, 0.1) for n in range(6, 11)], True, id="five of five"),
    pytest.param([1, 2, 3], [(n, 0.1) for n in range(6, 11)], False, id="fewer payers than equal outputs"),
    pytest.param([1, 2], [(3, 0.5), (1, 0.3)], False, id="payment and change"),
    pytest.param([1, 1, 1], [(3, 0.5), (4, 0.5)], False, id="one payer, two equal payments"),
    pytest.param([1, 2], [(3, 0.5), (3, 0.5)], False, id="two coins to one address"),
    pytest.param([1, 2], [(None, 0.0), (None, 0.0), (3, 1)], False, id="data outputs"),
]


def transfer(number: int, inputs: list[int], outputs: list[tuple[int | None, float]]) -> Transaction:
    return paid(number, [coin(one) for one in inputs], [coin(one, amount) for one, amount in outputs])


@pytest.mark.parametrize(("inputs", "outputs", "expected"), COINJOINS)
def test_coinjoin(inputs: list[int], outputs: list[tuple[int | None, float]], expected: bool) -> None:
    one = transfer(1, inputs, outputs)
    assert looks_like_coinjoin(one) is expected
    found = cluster([one])
    assert bool(found.coinjoins) is expected
    assert bool(found.of) is (not expected and len(set(inputs)) > 1)


def test_what_spends_together_is_one_cluster_with_its_records() -> None:
    found = cluster([transfer(1, [1, 2], [(9, 1)]), transfer(2, [2, 3], [(9, 1)]), transfer(3, [5, 6], [(9, 1)])])
    assert {found.name(key(n)) for n in (1, 2, 3)} == {found.name(key(1))}
    assert found.name(key(5)) == found.name(key(6)) != found.name(key(1))
    assert found.name(key(9)) == key(9)
    assert sorted(found.records.values()) == [("aa:1", "aa:2"), ("aa:3",)]


def test_two_tagged_entities_are_never_one() -> None:
    tags = {key(1): "exchange one", key(3): "shop"}
    found = cluster([transfer(1, [1, 2], [(9, 1)]), transfer(2, [2, 3], [(9, 1)])], tags)
    assert found.of == {}
    (refused,) = found.refused
    assert (refused.why, refused.entities, refused.addresses) == ("two-entities", ("exchange one", "shop"), 3)
    assert refused.records == ("aa:1", "aa:2")


def test_one_entity_tagged_twice_is_one() -> None:
    found = cluster([transfer(1, [1, 2], [(9, 1)])], {key(1): "shop", key(2): "shop"})
    assert found.refused == ()
    assert len(found.of) == 2


@pytest.mark.parametrize(("size", "refused"), [(5, 0), (6, 1)])
def test_a_cluster_past_the_bound_is_taken_apart(size: int, refused: int) -> None:
    found = cluster((transfer(n, [n, n + 1], [(99, 1)]) for n in range(1, size)), largest=5)
    assert len(found.refused) == refused
    assert all(one.why == "too-large" for one in found.refused)
    assert len(found.of) == (0 if refused else size)


def test_account_chains_have_no_clusters() -> None:
    both = [Coin("T" + "A" * 33, "USDT", 1), Coin("T" + "B" * 33, "USDT", 1)]
    assert cluster([paid(1, both, [], chain="trx")]).of == {}


transfers = st.lists(
    st.tuples(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.lists(st.integers(0, 12), max_size=3)),
    max_size=12,
)


@given(
    transfers, st.randoms(use_true_random=False), st.dictionaries(st.integers(0, 12), st.sampled_from("ab"), max_size=3)
)
def test_clusters_do_not_depend_on_order_and_keep_their_promises(
    drawn: list[tuple[list[int], list[int]]], random: object, tagged: dict[int, str]
) -> None:
    assert hasattr(random, "shuffle")
    rows = [transfer(n, spent, [(o, 0.1 * (i + 1)) for i, o in enumerate(out)]) for n, (spent, out) in enumerate(drawn)]
    tags = {key(number): name for number, name in tagged.items()}
    first = cluster(rows, tags, largest=6)
    random.shuffle(rows)
    assert cluster(rows, tags, largest=6) == first
    groups: dict[Address, set[Address]] = {}
    for address, name in first.of.items():
        groups.setdefault(name, set()).add(address)
    for name, members in groups.items():
        assert name == min(members)
        assert 2 <= len(members) <= 6
        assert len({tags[address] for address in members if address in tags}) <= 1
        assert first.records[name]
    for one in rows:
        spent = {(one.chain, coin.address) for coin in one.inputs if coin.address is not None}
        if len(spent) > 1 and not looks_like_coinjoin(one):
            names = {first.of.get(address) for address in spent}
            assert len(names) == 1  # all of one cluster, or all taken apart with it
            assert None not in names or any(one.record in refused.records for refused in first.refused)

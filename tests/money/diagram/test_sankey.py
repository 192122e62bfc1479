"""Diagrams of flows: bases apart, widths only with amounts, every edge with its records, two hundred nodes at most."""

import random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from marque.money.diagram.bands import MOST_NODES
from marque.money.diagram.layout import HAIRLINE
from marque.money.diagram.model import COLUMNS, Diagram
from marque.money.diagram.sankey import diagrams
from marque.money.model import FLOWS

Fields = dict[str, object]


def flow(
    payer: str = "ads.test",
    account: str | None = "ads.test,7",
    site: str | None = "a.example",
    also: Fields | None = None,
    **more: object,
) -> Fields:
    return {"payer": payer, "intermediary": account, "payee": site, "network": "n-1", "basis": "inferred",
            "direction": "advertising", "kind": "ad-zone", "records": [f"{site}:1"],
            **(also or {}), **more}  # fmt: skip


def amount(mid: float, low: float | None = None, high: float | None = None, **more: object) -> Fields:
    ends: Fields = {"low": mid if low is None else low, "mid": mid, "high": mid if high is None else high}
    return {**ends, "currency": "EUR", "period": "2026-10", **more}


def drawn(*flows: Fields) -> list[Diagram]:
    return diagrams(pa.Table.from_pylist(list(flows), schema=FLOWS), "n-1")


def test_a_chain_of_parties_is_a_chain_of_links() -> None:
    (one,) = drawn(flow())
    assert [(node.column, node.name) for node in one.nodes] == [
        ("payer", "ads.test"), ("intermediary", "ads.test,7"), ("payee", "a.example"), ("network", "n-1"),
    ]  # fmt: skip
    assert [(link.source, link.target, link.records, link.flows) for link in one.links] == [
        (0, 1, ("a.example:1",), 1), (1, 2, ("a.example:1",), 1), (2, 3, ("a.example:1",), 1),
    ]  # fmt: skip


def test_without_amounts_all_lines_are_equal_and_it_is_said() -> None:
    (one,) = drawn(*(flow(site=f"{n}.example") for n in range(5)), flow("casino.example", None))
    assert one.measured is False
    assert {link.width for link in one.links} == {HAIRLINE}
    assert {link.amount for link in one.links} == {None}
    assert {node.amount for node in one.nodes} == {None}


def test_bases_currencies_and_periods_are_never_in_one_picture() -> None:
    found = drawn(
        flow(),
        flow(basis="observed", also=amount(5)),
        flow(basis="modelled", also=amount(7, 1, 20)),
        flow(basis="modelled", also=amount(7, currency="USD")),
        flow(basis="modelled", also=amount(7, period="2026-09")),
        flow(also=amount(3)),
    )
    assert [(one.basis, one.period, one.currency) for one in found] == [
        ("observed", "2026-10", "EUR"), ("inferred", None, None), ("inferred", "2026-10", "EUR"),
        ("modelled", "2026-09", "EUR"), ("modelled", "2026-10", "EUR"), ("modelled", "2026-10", "USD"),
    ]  # fmt: skip
    assert [one.links[0].amount for one in found] == [5, None, 3, 7, 7, 7]
    assert (found[4].links[0].low, found[4].links[0].high) == (1, 20)


def test_widths_stand_in_the_relation_of_amounts() -> None:
    (one,) = drawn(flow(site="a.example", also=amount(300)), flow(site="b.example", also=amount(100)))
    widths = {one.nodes[link.target].name: link.width for link in one.links}
    assert abs(widths["a.example"] / widths["b.example"] - 3) < 0.01
    assert one.nodes[0].amount == 400
    assert one.links[0].flows == 2


def test_a_party_that_is_not_known_is_passed_over() -> None:
    (one,) = drawn(flow("advertisers", None, None, basis="modelled", also=amount(9, 5, 20)))
    assert [(node.column, node.name) for node in one.nodes] == [("payer", "advertisers"), ("network", "n-1")]
    assert one.nodes[1].x > 900


def test_a_name_that_is_payer_and_payee_makes_no_circle() -> None:
    (one,) = drawn(flow("a.example", "a.example", "a.example", network="n-1"))
    assert [node.column for node in one.nodes] == list(COLUMNS)


def test_crowded_columns_are_folded_and_say_how_many() -> None:
    (one,) = drawn(*(flow(f"p{n}", f"acc{n}", f"s{n}.example", amount(n + 1)) for n in range(1_000)))
    assert len(one.nodes) <= MOST_NODES
    rest = {node.column: node.folded for node in one.nodes if node.name is None}
    named = [sum(node.column == column and node.name is not None for node in one.nodes) for column in COLUMNS[:3]]
    assert [rest[column] + count for column, count in zip(COLUMNS, named, strict=False)] == [1_000] * 3
    assert {node.name for node in one.nodes} >= {"p999", "s999.example", "n-1"}
    into = sum(link.amount or 0 for link in one.links if one.nodes[link.target].column == "network")
    assert into == sum(range(1, 1_001))


def test_other_networks_are_not_in_it() -> None:
    assert drawn(flow(network="n-2"), flow(network=None)) == []


def test_amounts_that_are_none_are_not_drawn() -> None:
    for wrong in (float("nan"), float("inf"), -1.0, 1e308):
        (one,) = drawn(flow(also=amount(wrong)), flow(also=amount(5)))
        assert {link.width for link in one.links} == {HAIRLINE}
        assert one.measured is False


names = st.sampled_from("abcde")
rows = st.lists(
    st.tuples(names, st.none() | names, st.none() | names, st.none() | st.floats(0, 1e12)), min_size=1, max_size=30
)


@given(rows, st.randoms(use_true_random=False))
def test_any_flows_give_one_sound_picture_in_any_order(
    listed: list[tuple[str, str | None, str | None, float | None]], chance: random.Random
) -> None:
    flows = [flow(a, b, c, amount(mid) if mid is not None else None) for a, b, c, mid in listed]
    found = drawn(*flows)
    chance.shuffle(flows)
    shuffled = drawn(*flows)
    assert shuffled == found
    for one in found:
        for node in one.nodes:
            assert 0 <= node.y <= node.y + node.height <= one.height + 0.5
        for link in one.links:
            assert one.nodes[link.source].x < one.nodes[link.target].x
            assert link.width >= HAIRLINE
            assert link.records
            assert (link.amount is None) == (link.low is None)

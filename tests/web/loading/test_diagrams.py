"""Diagrams of money as pages draw them: one for each basis, names apart, lines that can be asked for."""

import json
from itertools import pairwise
from typing import Any

import pyarrow as pa

from marque.money.model import FLOWS
from marque.web.loading import diagrams


def flows(*rows: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist(
        [{"network": "n", "basis": "inferred", "records": ["r:0"], "direction": "banner"} | row for row in rows],
        schema=FLOWS,
    )


def drawn(table: pa.Table) -> list[tuple[Any, ...]]:
    return [(*row[1:6], json.loads(str(row[6]))) for row in diagrams.rows(table)]


def test_networks_and_bases_are_never_one_picture() -> None:
    amount = {"low": 1.0, "mid": 2.0, "high": 3.0, "currency": "EUR", "period": "2026-10"}
    found = drawn(
        flows(
            {"payer": "p", "payee": "a"},
            {"payer": "p", "payee": "b", "network": "m"},
            {"payer": "p", "payee": "c", "network": None},
            {"payer": "p", "payee": "a", "basis": "observed"} | amount,
            {"payer": "p", "payee": "a", "basis": "modelled"} | amount,
        )
    )  # fmt: skip
    assert [(row[0], row[1], row[4]) for row in found] == [
        ("m", "inferred", False), ("n", "observed", True), ("n", "inferred", False), ("n", "modelled", True),
    ]  # fmt: skip


def test_names_do_not_lie_on_each_other() -> None:
    rows: list[dict[str, object]] = [{"payer": f"p{number}", "payee": f"s{number % 7}"} for number in range(90)]
    found = drawn(flows(*rows))
    nodes = found[0][5]["nodes"]
    for column in ("payer", "payee"):
        places = sorted(node["text_y"] for node in nodes if node["column"] == column)
        assert min(b - a for a, b in pairwise(places)) >= 16
    assert max(node["text_y"] for node in nodes) <= found[0][5]["height"]


def test_a_line_asks_for_its_own_statements() -> None:
    (row,) = drawn(flows({"payer": "p", "intermediary": "acc", "payee": "a"}))
    asked = {(line["from"], line["to"]): line["asked"] for line in row[5]["links"]}
    assert asked == {
        ("p", "acc"): {"payer": "p", "account": "acc"},
        ("acc", "a"): {"account": "acc", "payee": "a"},
        ("a", "n"): {"payee": "a"},
    }


def test_no_flows_no_pictures() -> None:
    assert drawn(flows()) == []

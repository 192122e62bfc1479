"""Flows with amounts: whose wallet it is, which basis, and that every row names its records."""

from pathlib import Path

import pyarrow as pa

from marque.money.amounts import holders, inferred, modelled, observed, wallets
from marque.money.estimate.donations import read
from marque.money.estimate.receipts import receipts
from marque.money.ledger.clusters import cluster
from marque.money.ledger.receipts import received
from marque.money.model import BASES, FLOWS
from tests.money.estimate.tables import prices, row, visits
from tests.money.ledger.chains import btc, coin, key, paid

ONE, TWO = btc(1), btc(2)


def shown(address: str, site: str, network: str | None) -> dict[str, object]:
    return {"payer": "readers", "intermediary": f"btc:{address}", "payee": site, "network": network,
            "basis": "inferred", "kind": "crypto-address", "direction": "donation",
            "records": [f"{site}:1"]}  # fmt: skip


def table(*rows: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=FLOWS)


def test_receipts_go_to_the_site_or_network_that_alone_shows_the_wallet() -> None:
    places = wallets(
        table(shown(ONE, "a.example", "n-1"), shown(TWO, "a.example", "n-1"), shown(TWO, "b.example", "n-2"))
    )
    assert holders(places) == {key(1): "n-1"}
    ledger = [paid(1, [coin(8)], [coin(1, 0.5)]), paid(2, [coin(9)], [coin(2, 0.25)])]
    found = observed(received(ledger, places, cluster(ledger)).rows, places)
    assert found.schema.equals(FLOWS)
    rows = {one["intermediary"]: one for one in found.to_pylist()}
    first, second = rows[f"btc:{ONE}"], rows[f"btc:{TWO}"]
    assert (first["payee"], first["network"], first["low"], first["mid"], first["high"]) == (
        "a.example",
        "n-1",
        0.5,
        0.5,
        0.5,
    )
    assert (first["currency"], first["period"], first["basis"]) == ("BTC", "2026-10", "observed")
    assert first["records"] == ["a.example:1", "aa:1"]
    assert (second["payee"], second["network"]) == (None, None)
    assert {one["payer"] for one in rows.values()} == {"readers"}


def test_addresses_that_are_none_are_passed_over() -> None:
    assert wallets(table(shown("nonsense", "a.example", "n-1"))) == {}


def test_statements_and_the_model_keep_their_bases(tmp_path: Path) -> None:
    path = tmp_path / "donations.csv"
    head = "site,handle,period,low,mid,high,currency,stated_by,source,date\n"
    path.write_text(head + "a.example,kofi:moon,2026-10,90,100,110,USD,operator,goal bar,2026-11-01\n", "utf-8")
    (said,) = inferred(read(path).rows, {"a.example": "n-1"}).to_pylist()
    assert (said["basis"], said["network"], said["mid"], said["currency"]) == ("inferred", "n-1", 100, "USD")
    assert said["records"][0].endswith(":2")
    found = receipts({"n-1": ["a.example"], "n-2": ["x.example"]}, visits(tmp_path, row("a.example")), prices(tmp_path))
    (model,) = modelled(found).to_pylist()
    assert (model["basis"], model["network"], model["payee"], model["kind"]) == ("modelled", "n-1", None, "estimate")
    assert 0 < model["low"] < model["mid"] < model["high"]
    assert len(model["records"]) == 5
    assert {said["basis"], model["basis"], "observed"} == set(BASES)

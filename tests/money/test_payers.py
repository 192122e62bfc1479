"""Payers across networks: reach first, readers never, the landing domain's own network where it is known."""

import pyarrow as pa

from marque.money.model import FLOWS
from marque.money.payers import payers


def flow(
    payer: str, site: str, network: str | None, direction: str = "banner", account: str | None = None
) -> dict[str, object]:
    return {"payer": payer, "intermediary": account, "payee": site, "network": network, "direction": direction,
            "basis": "inferred", "kind": "x", "records": [f"{site}:1"]}  # fmt: skip


def test_who_pays_most_networks_comes_first() -> None:
    rows = [
        flow("casino.example", "a.example", "n-1", account="casino.example:x7"),
        flow("casino.example", "b.example", "n-2"),
        flow("ads.test", "a.example", "n-1", "advertising", "ads.test,7"),
        flow("ads.test", "c.example", None, "resale", "ads.test,8"),
        flow("readers", "a.example", "n-1", "donation", "btc:x"),
    ]
    first, second = payers(pa.Table.from_pylist(rows, schema=FLOWS), {"casino.example": "n-9", "a.example": "n-1"})
    assert (first.name, first.networks, first.sites, first.operator) == ("casino.example", ("n-1", "n-2"), 2, "n-9")
    assert (first.accounts, first.records) == (("casino.example:x7",), ("a.example:1", "b.example:1"))
    assert (second.name, second.networks, second.sites, second.operator) == ("ads.test", ("n-1",), 2, None)
    assert second.directions == ("advertising", "resale")


def test_without_flows_there_are_no_payers() -> None:
    assert payers(FLOWS.empty_table(), {}) == []

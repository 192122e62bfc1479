"""What hangs on one account: from where it stands alone to everywhere it stands."""

from pathlib import Path

import pyarrow as pa

from marque.money.bases import Range
from marque.money.estimate.choke import Share, shares
from marque.money.model import FLOWS
from tests.money.estimate.tables import prices, row, visits


def flow(account: str, site: str, network: str = "n-1", direction: str = "advertising") -> dict[str, object]:
    return {"payer": "ads.test", "intermediary": account, "payee": site, "network": network, "direction": direction,
            "kind": "ad-zone", "basis": "inferred", "records": [f"{site}:1"]}  # fmt: skip


def found(folder: Path, *flows: dict[str, object], level: str = "account") -> dict[str, Share]:
    table = pa.Table.from_pylist(list(flows), schema=FLOWS)
    seen = visits(folder, row("a.example", 3e5, 3e5, 3e5), row("b.example", 1e5, 1e5, 1e5))
    listed = shares(table, "n-1", ["a.example", "b.example"], seen, prices(folder))
    return {one.name: one for one in listed if one.level == level}


def test_an_account_alone_everywhere_carries_everything(tmp_path: Path) -> None:
    one = found(tmp_path, flow("x", "a.example"), flow("x", "b.example"))["x"]
    assert (one.share, one.sites, one.alone) == (Range(1, 1, 1), 2, 2)
    assert one.records == ("a.example:1", "b.example:1")


def test_where_two_stand_side_by_side_either_may_earn_it_all(tmp_path: Path) -> None:
    both = found(tmp_path, flow("x", "a.example"), flow("y", "a.example"), flow("y", "b.example"))
    assert both["x"].share == Range(0, 0.375, 0.75)
    assert both["y"].share == Range(0.25, 0.625, 1)


def test_zones_of_one_system_hang_on_it_together(tmp_path: Path) -> None:
    flows = (flow("x", "a.example"), flow("y", "a.example"), flow("y", "b.example"))
    assert found(tmp_path, *flows, level="payer")["ads.test"].share == Range(1, 1, 1)


def test_a_site_without_accounts_is_part_of_the_whole(tmp_path: Path) -> None:
    assert found(tmp_path, flow("x", "b.example"))["x"].share == Range(0.25, 0.25, 0.25)


def test_donations_resale_and_other_networks_are_not_in_it(tmp_path: Path) -> None:
    others = (flow("w", "a.example", direction="donation"), flow("r", "a.example", direction="resale"))
    assert found(tmp_path, *others, flow("x", "a.example", network="n-2")) == {}


def test_without_visits_nothing_is_said(tmp_path: Path) -> None:
    assert found(tmp_path, flow("x", "c.example")) == {}

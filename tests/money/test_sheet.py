"""All flows of a run with amounts: bases side by side, wallets looked at or not, the same table each time."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from marque.money import desk, sheet
from marque.money.estimate.receipts import NoFigure
from marque.money.ledger.store import TABLE, Note, keep
from marque.money.model import FLOWS
from tests.money.estimate.tables import ALL, PRICES, VISITS, row
from tests.money.ledger.chains import btc
from tests.money.test_amounts import shown

SITE, WALLET = "a.example", f"btc:{btc(1)}"
DONATIONS = (
    "site,handle,period,low,mid,high,currency,stated_by,source,date\n"
    f"{SITE},{WALLET},2026-10,1,1,1,BTC,operator,bar,2026-11-01\n"
    f"{SITE},kofi:moon,2026-10,1,1,1,USD,operator,bar,2026-11-01\n"
)


def made(folder: Path) -> sheet.Sheet:
    flows = pa.Table.from_pylist([shown(btc(1), SITE, "n-1")], schema=FLOWS)
    return sheet.of_run(flows, {SITE: "n-1"}, {"n-1": [SITE]}, folder, desk.read(desk.kept(folder)))


def test_an_empty_desk_says_that_nobody_looked(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert found.looked.at_all is False
    assert found.modelled == (NoFigure("n-1", None, "no-visits"),)
    assert found.flows.num_rows == 1


def test_bases_stand_side_by_side_and_no_money_is_there_twice(tmp_path: Path) -> None:
    for name, text in (("visits", VISITS + row(SITE)), ("prices", PRICES + "\n".join(ALL)), ("donations", DONATIONS)):
        (tmp_path / f"{name}.txt").write_text(text + "\n", "utf-8")
        desk.keep_table(tmp_path, name, tmp_path / f"{name}.txt")
    ledger = f"chain,txid,time,side,address,value\nbtc,{1:064x},2026-10-05,output,{btc(1)},0.5\n"
    keep(tmp_path, ledger.encode(), Note(TABLE, "l.csv", "by hand", "", "", "2026-11-22T00:00:00Z"))
    found = made(tmp_path)
    assert found.looked.covered() == {(WALLET, "2026-10")}
    assert [one.handle for one in found.set_aside] == [WALLET]
    amounts = found.flows.filter(pc.is_valid(found.flows["mid"])).to_pylist()
    assert sorted((flow["basis"], flow["network"]) for flow in amounts) == [
        ("inferred", "n-1"), ("modelled", "n-1"), ("observed", "n-1"),
    ]  # fmt: skip
    assert made(tmp_path).flows.equals(found.flows)

"""Transactions as a table: what a row may say, rows that belong together, a million of them."""

import time
from pathlib import Path

import pytest

from marque.money.ledger.model import Coin, Transaction
from marque.money.ledger.table import read
from marque.money.rows import Read, line_of
from tests.money.ledger.chains import COIN, btc

HEAD = "chain,txid,time,side,address,value,index,asset\n"
MINE = btc(1)
TX = f"{7:064x}"


def table(folder: Path, *rows: str) -> Read[Transaction]:
    path = folder / "ledger.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    return read(path)


def row(side: str = "output", number: int = 1, value: str = "0.5", **more: str) -> str:
    cells = {
        "chain": "btc",
        "txid": TX,
        "time": "2026-10-05T12:00:00Z",
        "index": "",
        "asset": "",
        "address": btc(number),
    }
    cells |= more
    return ",".join(
        [cells["chain"], cells["txid"], cells["time"], side, cells["address"], value, cells["index"], cells["asset"]]
    )


def row_of(more: dict[str, str]) -> str:
    return row(**more)  # type: ignore[arg-type]


def test_rows_of_one_transaction_may_stand_apart(tmp_path: Path) -> None:
    other = row(txid=f"{8:064x}")
    found = table(tmp_path, row("input", 1, "1"), other, row("output", 2, "0.123456789012345678"))
    assert found.problems == ()
    first, _ = found.rows
    assert first.inputs == (Coin(btc(1), "BTC", COIN),)
    assert first.outputs == (Coin(btc(2), "BTC", 123456789012345678),)
    assert (line_of(first.record), first.time) == (2, 1_791_201_600_000_000)


WRONG = [
    pytest.param({"value": "-1"}, "value", id="negative"),
    pytest.param({"value": "1e308"}, "value", id="exponent"),
    pytest.param({"value": "NaN"}, "value", id="no number"),
    pytest.param({"value": "1.1234567890123456789"}, "value", id="finer than a ledger is"),
    pytest.param({"txid": "zz"}, "txid", id="no id"),
    pytest.param({"address": "me"}, "address", id="no address"),
    pytest.param({"time": "yesterday"}, "time", id="no time"),
    pytest.param({"time": "1970-01-01"}, "time", id="before any ledger"),
    pytest.param({"side": "both"}, "side", id="no side"),
    pytest.param({"index": "-1"}, "index", id="no place"),
    pytest.param({"chain": "Bit Coin"}, "chain", id="no chain"),
    pytest.param({"asset": "A-B"}, "asset", id="no asset"),
]


@pytest.mark.parametrize(("cell", "column"), WRONG)
def test_a_wrong_row_is_named_and_the_rest_goes_on(cell: dict[str, str], column: str, tmp_path: Path) -> None:
    found = table(tmp_path, row_of(cell), row(number=2))
    assert [(problem.place, problem.detail) for problem in found.problems] == [("ledger.csv:2", column)]
    assert len(found.rows) == 1


def test_equal_rows_are_two_coins_unless_they_say_that_they_are_one(tmp_path: Path) -> None:
    assert len(table(tmp_path, row(), row()).rows[0].outputs) == 2
    assert len(table(tmp_path, row(index="0"), row(index="0")).rows[0].outputs) == 1
    assert len(table(tmp_path, row(index="0"), row(index="1")).rows[0].outputs) == 2


CLASH = [
    pytest.param([row(index="0"), row(index="0", value="9")], id="one place, two amounts"),
    pytest.param([row(), row(number=2, time="2026-10-06")], id="two times"),
]


@pytest.mark.parametrize("rows", CLASH)
def test_rows_that_contradict_each_other_leave_the_transaction_out(rows: list[str], tmp_path: Path) -> None:
    found = table(tmp_path, *rows)
    assert found.rows == ()
    assert [problem.code for problem in found.problems] == ["money.transaction-contradicted"]


def test_tokens_and_addresses_as_signals_write_them(tmp_path: Path) -> None:
    found = table(tmp_path, row(chain="trx", address="trx:T" + "A" * 33, asset="usdt"), row(time="", txid=f"{9:064x}"))
    assert found.problems == ()
    assert found.rows[0].outputs[0] == Coin("T" + "A" * 33, "USDT", COIN // 2)
    assert found.rows[1].time is None


@pytest.mark.slow
def test_two_hundred_thousand_rows_take_seconds(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    lines = (f"btc,{n:064x},2026-10-05,output,{MINE},0.1,0,\n" for n in range(200_000))
    path.write_text(HEAD + "".join(lines), "utf-8")
    before = time.process_time()
    assert len(read(path).rows) == 200_000
    assert time.process_time() - before < 40

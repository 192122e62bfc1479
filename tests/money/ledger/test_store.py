"""Ledger sources kept byte for byte: the same once, altered ones refused, read again as they were."""

import json
from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.money.ledger.esplora import parse
from marque.money.ledger.store import ANSWER, TABLE, Note, held, keep, keep_pages, place_of
from tests.money.ledger.chains import btc
from tests.money.ledger.test_esplora import entry

MINE = btc(1)
NOTE = Note(TABLE, "ledger.csv", "exported by hand", "", "", "2026-11-22T00:00:00Z")
CSV = f"chain,txid,time,side,address,value\nbtc,{1:064x},2026-10-05,output,{MINE},0.5\n".encode()


def test_a_source_is_kept_once_and_read_back(tmp_path: Path) -> None:
    digest, fresh = keep(tmp_path, CSV, NOTE)
    assert keep(tmp_path, CSV, NOTE) == (digest, False)
    assert fresh
    (one,) = held(tmp_path).transactions
    assert one.record == f"{digest}:2"
    assert (place_of(tmp_path) / digest).read_bytes() == CSV


def test_a_table_and_an_answer_about_one_transaction_are_one(tmp_path: Path) -> None:
    body = json.dumps([entry(1, status={"confirmed": True, "block_time": 1_791_158_400})]).encode()
    keep(tmp_path, CSV, NOTE)
    keep_pages(tmp_path, [parse(body, "btc", MINE)], Note(ANSWER, "txs", "http://127.0.0.1", "btc", MINE, ""))
    found = held(tmp_path)
    assert found.problems == ()
    (one,) = found.transactions
    assert len(one.inputs) == 1


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert held(tmp_path).transactions == ()


@pytest.mark.parametrize("what", ["bytes", "note", "gone"])
def test_what_was_altered_is_refused(what: str, tmp_path: Path) -> None:
    digest, _ = keep(tmp_path, CSV, NOTE)
    path = place_of(tmp_path) / digest
    if what == "bytes":
        path.write_bytes(CSV.replace(b"0.5", b"5.5"))
    elif what == "note":
        (place_of(tmp_path) / f"{digest}.note.json").write_bytes(b"[]")
    else:
        path.unlink()
    with pytest.raises(InputRefused, match="ledger-altered"):
        held(tmp_path)


def test_bytes_without_a_note_were_never_imported(tmp_path: Path) -> None:
    digest, _ = keep(tmp_path, CSV, NOTE)
    (place_of(tmp_path) / f"{digest}.note.json").unlink()
    assert held(tmp_path).transactions == ()
    assert keep(tmp_path, CSV, NOTE) == (digest, True)


def test_pages_that_stop_half_way_leave_nothing(tmp_path: Path) -> None:
    def cut() -> object:
        yield parse(json.dumps([entry(1)]).encode(), "btc", MINE)
        raise InputRefused("money.ledger-too-long", address=MINE, pages=1)

    with pytest.raises(InputRefused):
        keep_pages(tmp_path, cut(), NOTE)  # type: ignore[arg-type]
    assert not place_of(tmp_path).exists()

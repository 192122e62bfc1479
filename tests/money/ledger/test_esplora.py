"""Answers of an Esplora-style server: paging, and a server that lies, repeats itself or never ends."""

import json
from collections.abc import Callable

import pytest

from marque.errors import InputRefused
from marque.money.ledger import esplora
from marque.money.ledger.esplora import pages, parse
from tests.money.ledger.chains import COIN, btc

MINE = btc(1)
Entry = dict[str, object]


def entry(number: int, to: str | None = MINE, value: object = 50_000_000, **more: object) -> Entry:
    return {
        "txid": f"{number:064x}",
        "vin": [{"is_coinbase": False, "prevout": {"scriptpubkey_address": btc(8), "value": 90_000_000}}],
        "vout": [{"scriptpubkey_address": to, "value": value}, {"value": 0}],
        "status": {"confirmed": True, "block_time": 1_790_000_000 - number},
        **more,
    }


def server(*entries: Entry, size: int = 25) -> Callable[[str], bytes]:
    def fetch(path: str) -> bytes:
        _, _, last = path.partition("/chain/")
        start = [one["txid"] for one in entries].index(last) + 1 if last else 0
        return json.dumps(entries[start : start + size]).encode()

    return fetch


def test_pages_follow_the_last_transaction_seen() -> None:
    found = list(pages(server(*(entry(n) for n in range(60))), "btc", MINE))
    assert [len(page.transactions) for page in found] == [25, 25, 10, 0]
    first = found[0].transactions[0]
    assert (first.outputs[0].address, first.outputs[0].units, first.time) == (MINE, COIN // 2, 1_790_000_000_000_000)
    assert first.record.endswith(":0")


def test_unconfirmed_ones_are_read_and_a_coinbase_has_no_sender() -> None:
    rows = [entry(1, status={"confirmed": False}), entry(2, vin=[{"is_coinbase": True, "prevout": None}])]
    (page, _) = pages(server(*rows), "btc", MINE)
    assert [one.time is None for one in page.transactions] == [True, False]
    assert page.transactions[1].inputs == ()


WRONG = [
    pytest.param(entry(1, value=-1), "money.ledger-entry", id="negative"),
    pytest.param(entry(1, value=1e308), "money.ledger-entry", id="no whole number"),
    pytest.param(entry(1, value=True), "money.ledger-entry", id="no number"),
    pytest.param(entry(1, value=2**70), "money.ledger-entry", id="too much"),
    pytest.param(entry(1, txid="x"), "money.ledger-entry", id="no id"),
    pytest.param(entry(1, status={"confirmed": True, "block_time": "1"}), "money.ledger-entry", id="no time"),
    pytest.param(entry(1, vin=None), "money.ledger-entry", id="no inputs"),
    pytest.param(entry(1, vout=[{}] * 30_000), "money.ledger-entry", id="too many coins"),
    pytest.param(entry(1, to=btc(5)), "money.ledger-foreign", id="of other people"),
    pytest.param({}, "money.ledger-entry", id="empty"),
]


@pytest.mark.parametrize(("wrong", "code"), WRONG)
def test_a_wrong_entry_is_named_and_the_rest_goes_on(wrong: Entry, code: str) -> None:
    page = parse(json.dumps([wrong, entry(2)]).encode(), "btc", MINE)
    assert [problem.code for problem in page.problems] == [code]
    assert [one.txid for one in page.transactions] == [f"{2:064x}"]


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b"null", b"[" * 100_000])
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(InputRefused, match="ledger-not-json"):
        parse(body, "btc", MINE)


def test_a_server_that_repeats_itself_is_asked_no_further() -> None:
    page = json.dumps([entry(1), entry(2)]).encode()
    assert len(list(pages(lambda path: page, "btc", MINE))) == 2


def test_a_server_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def endless(path: str) -> bytes:
        asked.append(path)
        return json.dumps([entry(len(asked))]).encode()

    with pytest.raises(InputRefused, match="ledger-too-long"):
        list(pages(endless, "btc", MINE))
    assert len(asked) == esplora.MAX_PAGES
    monkeypatch.setattr(esplora, "MAX_ALL", 100)
    with pytest.raises(InputRefused, match="ledger-too-long"):
        list(pages(endless, "btc", MINE))

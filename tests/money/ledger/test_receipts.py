"""What came in: no change, no transfer of one's own, nothing unconfirmed, nothing twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.money.ledger.clusters import cluster
from marque.money.ledger.model import Coin, Transaction, address_key
from marque.money.ledger.receipts import Receipts, received
from tests.money.ledger.chains import COIN, coin, key, paid

MINE, SISTER, DONOR = 1, 2, 7


def found(*rows: Transaction, holders: dict[tuple[str, str], str] | None = None, period: str = "month") -> Receipts:
    return received(rows, [key(MINE)], cluster(rows), period, holders)


def amounts(receipts: Receipts) -> list[tuple[str, float]]:
    return [(row.amount.period, row.amount.value) for row in receipts.rows]


def test_a_payment_counts_by_month_and_by_year() -> None:
    rows = (
        paid(1, [coin(DONOR)], [coin(MINE, 0.4), coin(DONOR, 0.6)]),
        paid(2, [coin(8)], [coin(MINE, 0.1)], "2026-11-01"),
    )
    assert amounts(found(*rows)) == [("2026-10", 0.4), ("2026-11", 0.1)]
    assert amounts(found(*rows, period="year")) == [("2026", 0.5)]
    (first, _) = found(*rows).rows
    assert (first.payments, first.unknown, first.amount.records, first.amount.currency) == (1, 0, ("aa:1",), "BTC")


NOT_RECEIPTS = [
    pytest.param([paid(1, [coin(MINE)], [coin(8, 0.3), coin(MINE, 0.7)])], 1, 0, id="change to the same address"),
    pytest.param(
        [paid(1, [coin(MINE), coin(SISTER)], [coin(8)]), paid(2, [coin(SISTER)], [coin(MINE, 0.2)])],
        1, 0, id="from an address that spends with it",
    ),
    pytest.param([paid(1, [coin(DONOR)], [coin(MINE)], None)], 0, 1, id="unconfirmed"),
    pytest.param([paid(1, [coin(DONOR)], [coin(MINE, 0.0)])], 0, 0, id="nothing"),
    pytest.param([paid(1, [coin(DONOR)], [coin(8)])], 0, 0, id="somebody else's"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "own", "unconfirmed"), NOT_RECEIPTS)
def test_what_is_no_receipt(rows: list[Transaction], own: int, unconfirmed: int) -> None:
    receipts = found(*rows)
    assert (receipts.rows, receipts.own, receipts.unconfirmed) == ((), own, unconfirmed)


def test_a_transfer_between_addresses_of_one_network_is_its_own() -> None:
    row = paid(1, [coin(3)], [coin(MINE)])
    assert len(found(row).rows) == 1
    both = {key(MINE): "n-1", key(3): "n-1"}
    assert found(row, holders=both).own == 1
    assert len(found(row, holders={key(MINE): "n-1", key(3): "n-2"}).rows) == 1


def test_payments_whose_senders_are_not_known_are_counted_as_such() -> None:
    (row,) = found(paid(1, [], [coin(MINE)]), paid(2, [coin(None)], [coin(MINE)])).rows
    assert (row.payments, row.unknown) == (2, 2)


def test_a_mix_that_pays_its_own_member_is_no_receipt() -> None:
    mix = paid(1, [coin(MINE), coin(8)], [coin(MINE, 0.5), coin(9, 0.5)])
    assert found(mix).own == 1


def test_account_chains_have_receipts_by_token() -> None:
    mine, other = ("T" + letter * 33 for letter in "AB")
    assert address_key("trx", mine) == mine
    rows = [
        Transaction(
            "trx", f"{n:064x}", 1_760_000_000_000_000, (Coin(other, token, 5),), (Coin(mine, token, 5),), f"bb:{n}"
        )
        for n, token in enumerate(("USDT", "TRX", "USDT"))
    ]
    receipts = received(rows, [("trx", mine)], cluster(rows))
    assert [(row.amount.currency, row.amount.units, row.payments) for row in receipts.rows] == [
        ("TRX", 5, 1),
        ("USDT", 10, 2),
    ]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10**9)), max_size=20))
def test_receipts_never_exceed_what_was_paid(drawn: list[tuple[int, int, int]]) -> None:
    rows = [paid(n, [coin(a)], [coin(b, amount / 10**8)]) for n, (a, b, amount) in enumerate(drawn)]
    receipts = received(rows, [key(n) for n in range(1, 6)], cluster(rows), "year")
    assert sum(row.amount.units for row in receipts.rows) <= sum(one.outputs[0].units for one in rows)
    selves = sum(one.outputs[0].units for one in rows if one.inputs[0].address == one.outputs[0].address)
    total = sum(one.outputs[0].units for one in rows)
    assert sum(row.amount.units for row in receipts.rows) == total - selves
    assert total % (COIN // 10**8) == 0

"""Addresses as they are compared, and one transaction read twice."""

from dataclasses import replace

import pytest

from marque.money.ledger.model import address_key, known_address, merged, shown, transaction_id
from tests.money.ledger.chains import btc, coin, paid

SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"  # BIP 173
ETHER = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # EIP-55

KEYS = [
    pytest.param("btc", SEGWIT.upper(), SEGWIT, id="segwit in capitals"),
    pytest.param("btc", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", id="base58"),
    pytest.param("btc", "0OIl", None, id="not an address"),
    pytest.param("btc", ETHER, None, id="another chain's"),
    pytest.param("eth", ETHER, ETHER.lower(), id="ethereum"),
    pytest.param("xmr", "4" + "A" * 94, "4" + "A" * 94, id="a chain without a shape here"),
    pytest.param("xmr", "x y", None, id="no white space"),
]


@pytest.mark.parametrize(("chain", "text", "key"), KEYS)
def test_address(chain: str, text: str, key: str | None) -> None:
    assert address_key(chain, text) == key


def test_an_address_is_shown_as_signals_write_it_and_found_again() -> None:
    assert shown("eth", ETHER.lower()) == f"eth:{ETHER}"
    assert known_address(f"eth:{ETHER}") == ("eth", ETHER.lower())
    assert known_address("btc:nonsense") is None


@pytest.mark.parametrize(
    ("chain", "text", "known"), [("btc", "AB" * 32, True), ("btc", "ab", False), ("xmr", "a1" * 32, True)]
)
def test_transaction_ids(chain: str, text: str, known: bool) -> None:
    assert (transaction_id(chain, text) is not None) is known


FULL = paid(1, [coin(1)], [coin(2), coin(3)])
TWICE = [
    pytest.param(FULL, 1, id="the same"),
    pytest.param(replace(FULL, inputs=()), 1, id="one side only"),
    pytest.param(replace(FULL, outputs=FULL.outputs[::-1]), 1, id="in another order"),
    pytest.param(replace(FULL, time=None), 1, id="before it was confirmed"),
    pytest.param(replace(FULL, time=(FULL.time or 0) + 50_400_000_000), 1, id="another zone's hour"),
    pytest.param(replace(FULL, outputs=(coin(2), coin(4))), 0, id="paid to another"),
    pytest.param(replace(FULL, outputs=(coin(2, 9.0), coin(3))), 0, id="another amount"),
    pytest.param(replace(FULL, time=7), 0, id="another time"),
    pytest.param(replace(FULL, inputs=(), outputs=(*FULL.outputs, coin(5))), 0, id="each lacks something"),
]


@pytest.mark.parametrize(("other", "left"), TWICE)
def test_one_transaction_read_twice(other: object, left: int) -> None:
    assert isinstance(other, type(FULL))
    for order in ((FULL, replace(other, record="zz:1")), (replace(other, record="zz:1"), FULL)):
        rows, problems = merged(order)
        assert merged(order[::-1])[0] == rows
        assert len(rows) == left
        assert [problem.code for problem in problems] == ["money.transaction-contradicted"] * (1 - left)
        if rows:
            assert rows[0].inputs == FULL.inputs
            assert rows[0].time in (FULL.time, other.time)
            assert rows[0].time is not None


def test_a_contradicted_transaction_stays_out_whatever_comes_after() -> None:
    wrong = replace(FULL, outputs=(coin(9),))
    rows, problems = merged([FULL, wrong, FULL, wrong])
    assert (rows, len(problems)) == ([], 1)


def test_order_is_by_time_then_id_and_unconfirmed_come_last() -> None:
    late, early, unknown = (paid(n, [], [coin(1)], day) for n, day in ((1, "2026-02-01"), (2, "2026-01-01"), (0, None)))
    assert merged([unknown, late, early])[0] == [early, late, unknown]


def test_numbers_give_different_addresses() -> None:
    assert len({btc(number) for number in range(5_000)}) == 5_000

"""Addresses of cryptocurrencies: every chain, and one wrong letter in each."""

import base64
import binascii

import base58
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.signals.checks import ethereum
from tests.signals.captured import values

KEY = bytes(range(40, 72))


def _checked(version: int) -> str:
    return base58.b58encode_check(bytes([version]) + KEY[:20]).decode()


def _ton() -> str:
    raw = b"\x11\x00" + KEY
    return base64.urlsafe_b64encode(raw + binascii.crc_hqx(raw, 0).to_bytes(2, "big")).decode()


ADDRESSES = [
    pytest.param("btc", _checked(0x00), id="btc legacy"),
    pytest.param("btc", _checked(0x05), id="btc script"),
    pytest.param("btc", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", id="bech32"),
    pytest.param("btc", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", id="taproot"),
    pytest.param("ltc", _checked(0x30), id="ltc"),
    pytest.param("doge", _checked(0x1E), id="doge"),
    pytest.param("trx", _checked(0x41), id="trx"),
    pytest.param("eth", f"0x{ethereum.checksummed(KEY[:20].hex())}", id="eth"),
    pytest.param("ton", _ton(), id="ton"),
    pytest.param("sol", base58.b58encode(KEY).decode(), id="sol"),
    pytest.param(
        "xmr",
        "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
        id="xmr",
    ),
]
WORDS = "bitcoin litecoin doge tron usdt solana monero ton: wallet"


@pytest.mark.parametrize(("chain", "address"), ADDRESSES)
def test_finds_with_checksum(chain: str, address: str) -> None:
    assert values(f"<p>{WORDS} <code>{address}</code></p>", "crypto-address") == [f"{chain}:{address}"]


@pytest.mark.parametrize(("chain", "address"), [case for case in ADDRESSES if case.id != "sol"])
def test_one_wrong_letter_is_none(chain: str, address: str) -> None:
    place = len(address) // 2
    other = "q" if address[place] != "q" else "p"
    wrong = address[:place] + other + address[place + 1 :]
    assert values(f"<p>{WORDS} <code>{wrong}</code></p>", "crypto-address") == []


def test_bech32_constant_must_fit_the_version() -> None:
    v0_as_bech32m = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh"
    assert values(f"<p>btc {v0_as_bech32m}</p>", "crypto-address") == []


@given(st.binary(min_size=20, max_size=20))
def test_eip55_of_random_accounts(account: bytes) -> None:
    address = f"0x{ethereum.checksummed(account.hex())}"
    assert ethereum.ethereum(address) == f"eth:{address}"


def test_hex_without_checksum_needs_words_for_it() -> None:
    plain = "0x" + KEY[:20].hex()
    assert values(f"<p>build {plain}</p>", "crypto-address") == []
    assert len(values(f"<p>ETH donation: {plain}</p>", "crypto-address")) == 1

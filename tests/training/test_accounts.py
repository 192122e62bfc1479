"""Invented accounts have the checksums of real ones, and the same seed gives the same ones."""

import base64

import base58
import pytest
from Crypto.Hash import keccak
from hypothesis import given
from hypothesis import strategies as st

from marque.training import accounts
from marque.training.dice import Dice

# BIP 173 and BIP 350 test vectors: program of the address given there.
VECTORS = [
    pytest.param(
        "bc", 0, "751e76e8199196d454941c45d1b3a323f1433bd6", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", id="v0"
    ),
    pytest.param(
        "bc",
        1,
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        id="v1",
    ),
]
EIP55 = (
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
)


@pytest.mark.parametrize(("prefix", "version", "program", "address"), VECTORS)
def test_segwit_addresses_as_the_standards_print_them(prefix: str, version: int, program: str, address: str) -> None:
    assert accounts.segwit(prefix, version, bytes.fromhex(program)) == address


@pytest.mark.parametrize("address", EIP55)
def test_capital_letters_of_eip_55(address: str) -> None:
    assert accounts.ethereum(bytes.fromhex(address[2:])) == address


def test_a_ton_address_as_its_documentation_prints_it() -> None:
    raw = bytes.fromhex("ca6e321c7cce9ecedf0a8ca2492ec8592494aa5fb5ce0387dff96ef6af982a3e")
    assert accounts.ton(raw) == "EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF"


@given(st.integers(0, 10**6))
def test_ibans_leave_one(seed: int) -> None:
    for country in ("LT", "DE"):
        value = accounts.iban(country, Dice(seed))
        assert int("".join(str(int(letter, 36)) for letter in value[4:] + value[:4])) % 97 == 1


@pytest.mark.parametrize(("chain", "version"), [("btc-legacy", 0x00), ("trx", 0x41), ("doge", 0x1E)])
def test_base58check_addresses(chain: str, version: int) -> None:
    assert base58.b58decode_check(accounts.wallet(chain, Dice(chain)))[0] == version


def test_monero_addresses_close_with_keccak() -> None:
    address = accounts.wallet("xmr", Dice(1))
    blocks = [address[at : at + 11] for at in range(0, 95, 11)]
    raw = b"".join(base58.b58decode(block)[-(8 if len(block) == 11 else 5) :] for block in blocks)
    assert len(raw) == 69
    assert raw[-4:] == keccak.new(digest_bits=256, data=raw[:-4]).digest()[:4]


@pytest.mark.parametrize("chain", accounts.CHAINS)
def test_the_same_dice_give_the_same_wallet(chain: str) -> None:
    assert accounts.wallet(chain, Dice(7, chain)) == accounts.wallet(chain, Dice(7, chain))
    assert accounts.wallet(chain, Dice(7, chain)) != accounts.wallet(chain, Dice(8, chain))


def test_a_veiled_address_folds_back() -> None:
    veiled = bytes.fromhex(accounts.veiled("contact.x@post.test", 0x5A))
    assert bytes(byte ^ veiled[0] for byte in veiled[1:]) == b"contact.x@post.test"


@pytest.mark.parametrize(("form", "start"), [("ua", "UA-"), ("ga4", "G-"), ("gtm", "GTM-")])
def test_analytics_ids(form: str, start: str) -> None:
    assert accounts.google(Dice(3), form).startswith(start)


def test_a_sol_address_is_32_bytes_and_a_certificate_a_digest() -> None:
    assert len(base58.b58decode(accounts.wallet("sol", Dice(4)))) == 32
    assert len(accounts.certificate(Dice(4))) == 64
    assert len(base64.urlsafe_b64decode(accounts.wallet("ton", Dice(4)))) == 36

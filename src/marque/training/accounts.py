"""Invented accounts, wallets and ids that have the form and the checksum of real ones.

They come from a seed, not from a key: nobody holds them, and nothing can be paid to them on purpose.
"""

import base64
import hashlib
import uuid
from collections.abc import Callable

import base58
from Crypto.Hash import keccak

from marque.training.dice import DIGITS, HEX, LETTERS, UPPER, Dice

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_FINAL, _BECH32M_FINAL = 1, 0x2BC830A3


def _keccak(data: bytes) -> bytes:
    return keccak.new(digest_bits=256, data=data).digest()


def _base58check(version: bytes, data: bytes) -> str:
    return base58.b58encode_check(version + data).decode()


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit in range(5):
            check ^= _GENERATOR[bit] if top >> bit & 1 else 0
    return check


def _fives(data: bytes) -> list[int]:
    bits = int.from_bytes(data, "big") << (-8 * len(data)) % 5
    count = -(-8 * len(data) // 5)
    return [bits >> 5 * (count - 1 - at) & 31 for at in range(count)]


def segwit(prefix: str, version: int, program: bytes) -> str:
    """An address as BIP 173 (version 0) and BIP 350 (later versions) write it."""
    values = [version, *_fives(program)]
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    final = _BECH32_FINAL if version == 0 else _BECH32M_FINAL
    check = _polymod(spread + values + [0] * 6) ^ final
    return f"{prefix}1" + "".join(_BECH32[value] for value in values + [check >> 5 * (5 - at) & 31 for at in range(6)])


def ethereum(data: bytes) -> str:
    """Twenty bytes with the capital letters of EIP-55."""
    plain = data.hex()
    marks = _keccak(plain.encode()).hex()
    mixed = (letter.upper() if int(mark, 16) >= 8 else letter for letter, mark in zip(plain, marks, strict=False))
    return "0x" + "".join(mixed)


def monero(data: bytes) -> str:
    """A main-net address: 64 bytes of keys between a prefix and four bytes of Keccak, in blocks of eight bytes."""
    whole = b"\x12" + data
    whole += _keccak(whole)[:4]
    blocks = [whole[at : at + 8] for at in range(0, len(whole), 8)]
    return "".join(base58.b58encode(block).decode().rjust(11 if len(block) == 8 else 7, "1") for block in blocks)


def ton(data: bytes) -> str:
    """A bounceable address in base64url, closed by CRC-16 as XMODEM computes it."""
    whole = b"\x11\x00" + data
    check = 0
    for byte in whole:
        check ^= byte << 8
        for _ in range(8):
            check = (check << 1 ^ 0x1021 if check & 0x8000 else check << 1) & 0xFFFF
    return base64.urlsafe_b64encode(whole + check.to_bytes(2, "big")).decode()


_CHAINS: dict[str, Callable[[bytes], str]] = {
    "btc": lambda data: segwit("bc", 0, data[:20]),
    "btc-taproot": lambda data: segwit("bc", 1, data[:32]),
    "btc-legacy": lambda data: _base58check(b"\x00", data[:20]),
    "eth": lambda data: ethereum(data[:20]),
    "trx": lambda data: _base58check(b"\x41", data[:20]),
    "ltc": lambda data: segwit("ltc", 0, data[:20]),
    "doge": lambda data: _base58check(b"\x1e", data[:20]),
    "xmr": monero,
    "sol": lambda data: base58.b58encode(data[:32]).decode(),
    "ton": lambda data: ton(data[:32]),
}
CHAINS = tuple(_CHAINS)


def wallet(chain: str, dice: Dice) -> str:
    """An address on a chain."""
    return _CHAINS[chain](dice.data(64))


def iban(country: str, dice: Dice) -> str:
    """An account number of a country whose bank part has no check digit of its own (LT 16, DE 18 digits)."""
    body = dice.text(DIGITS, {"LT": 16, "DE": 18}[country])
    digits = "".join(str(int(letter, 36)) for letter in f"{body}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{body}"


def google(dice: Dice, form: str = "ga4") -> str:
    """An analytics id: the older form counts properties, the newer does not."""
    if form == "ua":
        return f"UA-{dice.between(10_000_000, 199_999_999)}-{dice.between(1, 4)}"
    prefix, length = ("GTM-", 7) if form == "gtm" else ("G-", 10)
    mixed = dice.text(UPPER + DIGITS, length - 2)
    return f"{prefix}{dice.pick(UPPER)}{dice.pick(DIGITS)}{mixed}"  # real ones hold both, and readers may ask for both


def publisher(dice: Dice) -> str:
    """The number of an advertising account, sixteen digits."""
    return f"pub-{dice.between(1, 9)}{dice.text(DIGITS, 15)}"


def number(dice: Dice, length: int) -> str:
    """A zone, counter or site number."""
    return f"{dice.between(1, 9)}{dice.text(DIGITS, length - 1)}"


def token(dice: Dice, length: int = 43) -> str:
    """A verification token or site key: letters of both cases and digits."""
    return dice.text(LETTERS + UPPER + DIGITS, length)


def hexadecimal(dice: Dice, length: int = 32) -> str:
    """Lower-case hex, as many script addresses carry."""
    return dice.text(HEX, length)


def identifier(dice: Dice) -> str:
    """A UUID of version 4, as push services use."""
    return str(uuid.UUID(bytes=dice.data(16), version=4))


def veiled(address: str, key: int) -> str:
    """An e-mail address as a content delivery network hides it from harvesters: hex, each byte folded with a key."""
    return f"{key:02x}" + "".join(f"{byte ^ key:02x}" for byte in address.encode())


def certificate(dice: Dice) -> str:
    """What stands for a certificate in the invented captures: only its digest is ever used."""
    return hashlib.sha256(dice.data(32)).hexdigest()

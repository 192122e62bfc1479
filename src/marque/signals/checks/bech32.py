"""Segwit addresses (BIP 173, BIP 350): Bitcoin and Litecoin, bech32 for version 0 and bech32m from version 1 on."""

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3
_CHAINS = {"bc": "btc", "ltc": "ltc"}


def segwit(text: str) -> str | None:
    """`chain:address` in lower case; None where checksum, version or program length is wrong."""
    if text not in (text.lower(), text.upper()):
        return None
    prefix, _, data = text.lower().rpartition("1")
    if prefix not in _CHAINS or not 8 <= len(data) <= 80 or any(letter not in _ALPHABET for letter in data):
        return None
    values = [_ALPHABET.index(letter) for letter in data]
    constant, program = _polymod(_spread(prefix) + values), _bytes(values[1:-6])
    if program is None or not _sound(values[0], len(program), constant):
        return None
    return f"{_CHAINS[prefix]}:{text.lower()}"


def _sound(version: int, length: int, constant: int) -> bool:
    if version == 0:
        return constant == _BECH32 and length in (20, 32)
    return constant == _BECH32M and version <= 16 and 2 <= length <= 40


def _spread(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, constant in enumerate(_GENERATOR):
            check ^= constant if top >> bit & 1 else 0
    return check


def _bytes(values: list[int]) -> bytes | None:
    """Groups of five bits as bytes; None where the padding is not zero or too long."""
    number, bits, out = 0, 0, bytearray()
    for value in values:
        number, bits = number << 5 | value, bits + 5
        if bits >= 8:
            bits -= 8
            out.append(number >> bits)
            number &= (1 << bits) - 1
    return bytes(out) if bits < 5 and number == 0 else None

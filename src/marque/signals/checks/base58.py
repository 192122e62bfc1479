"""Addresses in base58: Bitcoin, Litecoin, Dogecoin, Tron, Monero, Solana.

A valid checksum says that the address was not mistyped, never that anyone was paid there.
"""

import base58

_BTC, _LTC, _DOGE, _TRX = {0x00, 0x05}, {0x30, 0x32}, {0x1E, 0x16}, {0x41}
_VERSIONS = {"1": ("btc", _BTC), "3": ("btc", _BTC), "L": ("ltc", _LTC), "M": ("ltc", _LTC), "T": ("trx", _TRX)}
_DOGE_STARTS = frozenset("DA9")
_MONERO_NETWORKS = {0x12, 0x13, 0x2A}  # main network: standard, integrated, subaddress
_BLOCKS = {0: 0, 2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}  # base58 length to bytes, as CryptoNote cuts them
_SOLANA_KEY = 32


def versioned(text: str) -> str | None:
    """`chain:address` of a base58check address with a version byte of a main network."""
    chain, versions = _VERSIONS.get(text[:1], ("doge", _DOGE) if text[:1] in _DOGE_STARTS else ("", set()))
    if not chain:
        return None
    try:
        decoded = base58.b58decode_check(text)
    except ValueError:
        return None
    return f"{chain}:{text}" if len(decoded) == 21 and decoded[0] in versions else None


def monero(text: str) -> str | None:
    """`xmr:address`: CryptoNote base58 in blocks, Keccak-256 checksum."""
    from Crypto.Hash import keccak

    decoded = _cryptonote(text)
    if decoded is None or decoded[0] not in _MONERO_NETWORKS:
        return None
    body, checksum = decoded[:-4], decoded[-4:]
    return f"xmr:{text}" if keccak.new(digest_bits=256, data=body).digest()[:4] == checksum else None


def _cryptonote(text: str) -> bytes | None:
    pieces = [text[place : place + 11] for place in range(0, len(text), 11)]
    out = b""
    for piece in pieces:
        size = _BLOCKS.get(len(piece))
        if size is None:
            return None
        try:
            number = base58.b58decode_int(piece)
        except ValueError:
            return None
        if number >= 1 << (8 * size):
            return None
        out += number.to_bytes(size, "big")
    return out


def solana(text: str) -> str | None:
    """`sol:address`: 32 bytes. There is no checksum, so the caller must ask for context."""
    try:
        return f"sol:{text}" if len(base58.b58decode(text)) == _SOLANA_KEY else None
    except ValueError:
        return None

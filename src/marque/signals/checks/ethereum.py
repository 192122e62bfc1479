"""Ethereum-style addresses and their EIP-55 capitals. All-lower or all-upper hex carries no checksum at all."""


def ethereum(text: str) -> str | None:
    """`eth:0x...` in checksum form; None where mixed capitals contradict the checksum."""
    digits = text[2:]
    sound = checksummed(digits)
    if has_checksum(digits) and digits != sound:
        return None
    return f"eth:0x{sound}"


def has_checksum(digits: str) -> bool:
    return digits not in (digits.lower(), digits.upper())


def checksummed(digits: str) -> str:
    """The 40 hex digits with the capitals of EIP-55. (Loading the hash takes longer than reading many a page.)"""
    from Crypto.Hash import keccak

    lower = digits.lower()
    nibbles = keccak.new(digest_bits=256, data=lower.encode("ascii")).hexdigest()
    return "".join(digit.upper() if nibble >= "8" else digit for digit, nibble in zip(lower, nibbles, strict=False))

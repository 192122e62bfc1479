"""TON addresses in their friendly form: flags, workchain, account and CRC-16 in base64url."""

import base64
import binascii

_FLAGS = {0x11, 0x51}  # bounceable and non-bounceable of the main network


def ton(text: str) -> str | None:
    """`ton:address`, base64url; None where flag, workchain or CRC-16/XMODEM is wrong."""
    url_form = text.replace("+", "-").replace("/", "_")
    try:
        raw = base64.urlsafe_b64decode(url_form)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 36 or raw[0] not in _FLAGS or raw[1] not in (0x00, 0xFF):
        return None
    return f"ton:{url_form}" if binascii.crc_hqx(raw[:34], 0) == int.from_bytes(raw[34:], "big") else None

"""What a planted thing is called once it is measured: the numbers that a page shows only after counting."""

import base64

import mmh3


def favicon_number(icon: bytes) -> str:
    """The MurmurHash3 of an icon's base64 in lines of 76, as search engines of the field index it."""
    return str(mmh3.hash(base64.encodebytes(icon), signed=True))

"""Text from captures, file names and logs, as a terminal may show it."""


def safe(text: str, keep: str = "") -> str:
    """Control characters, escape sequences and direction marks are spelt out, so that text cannot pose as output."""
    return "".join(
        char if char.isprintable() or char in keep else char.encode("unicode_escape").decode() for char in text
    )

"""E-mail addresses that can exist: a public suffix at the end, no file names, no documentation."""

from functools import cache

from marque.evidence import suffixes
from marque.signals.rows import records

_RESERVED = ("example", "test")  # RFC 2606: what exercises and demonstrations are made of
_END_OF_ICANN = "// ===END ICANN DOMAINS==="


@cache
def _top_level() -> frozenset[str]:
    """Top-level names of the suffix list; a file name such as `logo@2x.png` has none."""
    listed = suffixes.listed().read_text("utf-8").partition(_END_OF_ICANN)[0]
    names = (line.strip().removeprefix("*.") for line in listed.splitlines())
    return frozenset(name for name in names if name.isalpha() and name.isascii()).union(_RESERVED)


@cache
def _not_mail() -> frozenset[str]:
    return frozenset(line["domain"] for line in records("not_mail"))


def email(text: str) -> str | None:
    """Lower case, IDNA domain; None where no such mailbox can exist."""
    local, _, domain = text.lower().rpartition("@")
    domain = _ascii(domain.rstrip("."))
    if not domain or local.endswith(".") or ".." in local or any(part in _not_mail() for part in _parents(domain)):
        return None
    top = domain.rpartition(".")[2]
    return f"{local}@{domain}" if top in _top_level() or top.startswith("xn--") else None


def _parents(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[at:]) for at in range(len(labels))]


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    import idna

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""

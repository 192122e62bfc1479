"""Whose name an address stands under: the host, and the site (registrable domain, account, IP literal, onion name).

A site is a name, not a person: names change hands, and two sites may be one operator's. On a platform listed in
`data/platforms.csv` the account is the site, and the platform's own pages have none.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from marque.evidence import suffixes

_DATA = Path(__file__).parent / "data"
PLATFORMS = _DATA / "platforms.csv"
OWN_WORDS = _DATA / "platform-words.csv"
_WEB = ("http", "https", "ws", "wss", "ftp")
_AUTHORITY = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):[/\\]*([^/\\?#]*)([^?#]*)")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|\d+")
_DROPPED = str.maketrans("", "", "\t\r\n")


class Platform(NamedTuple):
    """How addresses of one platform name an account: `parts` path parts, where the first is `first`."""

    host: str
    first: str
    parts: int
    kind: str
    fold: bool


@cache
def platforms() -> dict[str, tuple[Platform, ...]]:
    """Rows of the platform table by host; rows with a literal first part come first."""
    table: dict[str, list[Platform]] = {}
    with PLATFORMS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            entry = Platform(row["host"], row["first"], int(row["parts"]), row["kind"], row["fold"] == "1")
            table.setdefault(entry.host, []).append(entry)
    return {host: tuple(sorted(rows, key=lambda row: not row.first)) for host, rows in table.items()}


@cache
def _own() -> frozenset[str]:
    """First path parts and sub-domains that platforms keep for themselves."""
    with OWN_WORDS.open(encoding="utf-8", newline="") as stream:
        return frozenset(row["word"] for row in csv.DictReader(stream))


def host_of(uri: str) -> str | None:
    """The host of a web address: an A-label name, or an IP literal (IPv6 in brackets); None where there is none."""
    return _web(uri)[0]


@lru_cache(maxsize=1_024)
def _web(uri: str) -> tuple[str | None, str]:
    """Host and path of a web address; the same address is asked about several times while it is read."""
    if not uri.isprintable():
        uri = uri.translate(_DROPPED)
    match = _AUTHORITY.match(uri)
    if match is None or match[1].lower() not in _WEB:
        return None, ""
    return host_name(match[2]), match[3]


@lru_cache(maxsize=65_536)
def host_name(authority: str) -> str | None:
    """The host of an authority (`user@host:port`), as browsers read it."""
    host = authority.rpartition("@")[2]
    if host.startswith("["):
        return _v6(host[1:].partition("]")[0])
    host = unquote(host.partition(":")[0]).strip().rstrip(".")
    for dot in "\u3002\uff0e\uff61":
        host = host.replace(dot, ".")
    name = host.lower() if host.isascii() else _a_label(host)
    if not name or len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        return None
    return _v4(name) if _NUMBER.fullmatch(name.rpartition(".")[2]) else name


def _a_label(host: str) -> str | None:
    import idna

    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError, ValueError):
        return None


def _v6(text: str) -> str | None:
    import ipaddress

    try:
        return f"[{ipaddress.IPv6Address(text.partition('%')[0]).compressed}]"
    except ValueError:
        return None


def _v4(name: str) -> str | None:
    """An IPv4 literal in any form browsers accept (`127.1`, octal, hexadecimal, one number)."""
    parts = name.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) and len(part) < 20 for part in parts):
        return None
    try:
        numbers = [int(p[2:] or "0", 16) if p[:2] in ("0x", "0X") else int(p, 8 if p[0] == "0" else 10) for p in parts]
    except ValueError:
        return None
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    value = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        value += number << 8 * (3 - place)
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def site_of(uri: str) -> str | None:
    """The site an address belongs to; None for addresses that are no site's (`urn:`, `data:`, a platform's own)."""
    if uri[:5].lower() == "file:":
        return _file(uri)
    host, path = _web(uri)
    return None if host is None else _site(host, path)


def _file(uri: str) -> str | None:
    path = uri[5:].partition("#")[0].partition("?")[0].lstrip("/")
    return f"file:{path}" if path else None


def file_address(digest: str, name: str) -> str:
    """The address of a saved page that does not tell its own: a site for itself."""
    return f"file:///{digest[:16]}/{quote(name)}"


def _site(host: str, path: str) -> str | None:
    rows = _rows(host)
    if rows:
        return _account(host, path, rows)
    domain = registrable(host)
    # a service host of a platform whose accounts are paths: the platform's own
    return None if domain in platforms() or f"www.{domain}" in platforms() else domain


@lru_cache(maxsize=65_536)
def _rows(host: str) -> tuple[Platform, ...]:
    table = platforms()
    if host in table:
        return table[host]
    if (bare := host.removeprefix("www.")) in table or (bare := f"www.{host}") in table:
        return table[bare]
    labels = host.split(".")
    patterns = ("*." + ".".join(labels[start:]) for start in range(1, len(labels)))
    return next((table[pattern] for pattern in patterns if pattern in table), ())


def _account(host: str, path: str, rows: tuple[Platform, ...]) -> str | None:
    """Host and as many path parts as name the account."""
    parts = [unquote(part) for part in path.replace("\\", "/").split("/") if part]
    for row in rows:
        if row.host.startswith("*."):
            account = _subdomain(host, row)
            return None if account is None else _prefixed(account, parts, row)
        if row.first and (not parts or parts[0].lower() != row.first):
            continue
        return _prefixed(row.host.removeprefix("www."), parts, row)
    return None


def _subdomain(host: str, row: Platform) -> str | None:
    """The account's own host name; None for the platform's front door."""
    suffix = row.host[2:]
    label = host.removesuffix("." + suffix).rpartition(".")[2]
    return None if label in _own() else f"{label}.{suffix}"


def _prefixed(host: str, parts: list[str], row: Platform) -> str | None:
    if row.parts == 0:
        return host
    named = parts[: row.parts]
    if len(named) < row.parts or named[-1].lower() in _own() or (named[0].lower() in _own() and not row.first):
        return host if row.host.startswith("*.") else None
    name = "/".join(quote(part.lower() if row.fold else part, safe="@+~") for part in named)
    return f"{host}/{name}"


@lru_cache(maxsize=65_536)
def registrable(host: str) -> str:
    """The registrable domain, private suffixes included; an IP literal or a bare suffix is itself."""
    if host.startswith("[") or _NUMBER.fullmatch(host.rpartition(".")[2]):
        return host
    return suffixes.registrable(host) or host


def bare(uri: str) -> str:
    """An address without its fragment, an empty path written out."""
    address = uri.partition("#")[0]
    return address if address.count("/") > 2 or "://" not in address else f"{address}/"


def origin(address: str) -> str:
    """Scheme and authority of an address."""
    return "/".join(address.split("/", 3)[:3]).lower()

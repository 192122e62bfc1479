"""Whose published delivery network an IP address belongs to. Sites behind the same network have nothing in common.

The ranges are dated rows in `data/cdn.csv`. An address outside them may still be shared by many sites.
"""

import csv
import ipaddress
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path

RANGES = Path(__file__).parent / "data" / "cdn.csv"


@cache
def _table() -> dict[int, tuple[list[int], list[int], list[str]]]:
    """First and last addresses and network names by IP version, sorted by first address."""
    found: dict[int, list[tuple[int, int, str]]] = {4: [], 6: []}
    with RANGES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            network = ipaddress.ip_network(row["range"])
            first, last = int(network.network_address), int(network.broadcast_address)
            found[network.version].append((first, last, row["network"]))
    return {
        version: ([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
        for version, rows in ((version, sorted(rows)) for version, rows in found.items())
    }


@lru_cache(maxsize=65_536)
def network_of(ip: str) -> str | None:
    """The delivery network that publishes a range with this address; None where none does, or it is no address."""
    try:
        address = ipaddress.ip_address(ip.strip("[]"))
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    firsts, lasts, names = _table()[address.version]
    value = int(address)
    # ranges of two networks may nest: look back until no earlier one can reach
    for at in range(bisect_right(firsts, value) - 1, max(-1, bisect_right(firsts, value) - 9), -1):
        if lasts[at] >= value:
            return names[at]
    return None

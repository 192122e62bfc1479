"""sellers.json (IAB Tech Lab 1.0): the accounts an ad system says it pays, and of what kind each is.

An ad system writes the list about its own customers. That an account stands in it as PUBLISHER does not prove who
holds it; a confidential one names nobody. Entries are read one by one, so that a broken file still gives those it has.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marque.digest import sha256
from marque.money import brought
from marque.money.rows import Problem

TYPES = ("publisher", "intermediary", "both")
MAX_BYTES, MAX_SELLERS, MAX_ENTRY, MAX_FAULTS, MAX_TEXT = 256 << 20, 2_000_000, 64 << 10, 1_000, 300
CHECKED_WHOLE = 16 << 20  # a larger file is read entry by entry only; whether the rest of it is JSON is not asked
_LIST = re.compile(r'"sellers"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Seller:
    """One entry. `kind` is None where the type is none of the three; `confidential` None where it is not said."""

    system: str
    account: str
    kind: str | None
    name: str | None
    domain: str | None
    confidential: bool | None
    record: str


@dataclass(frozen=True, slots=True)
class SellerList:
    """What one file says, and what is wrong with it."""

    system: str
    sellers: tuple[Seller, ...]
    problems: tuple[Problem, ...]


def read(path: Path, system: str) -> SellerList:
    """The list in a file. Records are `<digest of the file>:<entry, from 0>`."""
    return parse(brought.whole(path, MAX_BYTES), system, path.name)


def parse(data: bytes, system: str, place: str) -> SellerList:
    """The list in bytes; `place` names them in problems."""
    text, digest = data.decode("utf-8-sig", "replace"), sha256(data)
    sellers: list[Seller] = []
    problems: list[Problem] = []
    if len(data) <= CHECKED_WHOLE and not _is_json(text):
        problems.append(Problem("money.sellers-not-json", place))
    found = _LIST.search(text)
    if found is None:
        return SellerList(system, (), (*problems, Problem("money.sellers-no-list", place)))
    for number, entry in enumerate(_entries(text, found.end())):
        if number >= MAX_SELLERS:
            problems.append(Problem("money.sellers-too-many", place, str(MAX_SELLERS)))
            break
        seller = _seller(entry, system, f"{digest}:{number}") if entry is not None else None
        if seller is not None:
            sellers.append(seller)
        elif len(problems) < MAX_FAULTS:
            problems.append(Problem("money.sellers-entry", f"{place}:{number}"))
    return SellerList(system, tuple(sellers), tuple(problems))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _entries(text: str, start: int) -> Iterator[Mapping[str, Any] | None]:
    """Each object of the array, None for one that cannot be read. After a thousand of those nothing more is tried."""
    faults, place = 0, _after(text, start)
    while place < len(text) and faults < MAX_FAULTS and text[place] != "]":
        try:
            # A window: an object without an end costs its 64 KiB, not the rest of the file each time.
            entry, length = _DECODER.raw_decode(text[place : place + MAX_ENTRY])
        except (ValueError, RecursionError):
            following = text.find("{", place + 1)
            entry, length = None, (following if following > 0 else len(text)) - place
        if not isinstance(entry, dict):
            faults, entry = faults + 1, None
        yield entry
        place = _after(text, place + length)


def _after(text: str, place: int) -> int:
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def _seller(entry: Mapping[str, Any], system: str, record: str) -> Seller | None:
    account = entry.get("seller_id")
    if isinstance(account, bool) or not isinstance(account, str | int):
        return None
    folded = _text(str(account))
    if not folded:
        return None
    kind = (_text(entry.get("seller_type")) or "").lower()
    said = entry.get("is_confidential")
    domain = _text(entry.get("domain"))
    return Seller(
        system,
        folded.lower(),
        kind if kind in TYPES else None,
        _text(entry.get("name")),
        domain.lower() if domain else None,
        said in (1, "1", True) if said is not None else None,
        record,
    )


def _text(value: object) -> str | None:
    """Printable text of bounded length, None where there is none."""
    if not isinstance(value, str):
        return None
    kept = "".join(char for char in value.strip()[:MAX_TEXT] if char.isprintable())
    return kept or None

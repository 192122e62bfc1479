"""Ledger sources as they were brought, byte for byte, beside a note of where they came from; read again each time.

A folder of its own, or `money` in a workspace. Bytes go in first, then the note: bytes without a note were never
imported. The same bytes are kept once.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from marque.digest import canonical_json, sha256, sha256_stream
from marque.errors import InputRefused
from marque.money import brought
from marque.money.ledger import esplora, table
from marque.money.ledger.model import Transaction, merged
from marque.money.rows import MAX_BYTES, Problem

TABLE, ANSWER = "table", "answer"
_NOTE = ".note.json"
_LARGEST_NOTE = 8_192


@dataclass(frozen=True, slots=True)
class Note:
    """Where a source came from. `chain` and `address` are what was asked for, empty for a table."""

    form: str
    name: str
    origin: str
    chain: str
    address: str
    imported: str


@dataclass(frozen=True, slots=True)
class Held:
    """Everything a folder holds, each transaction once; and what is wrong with its sources."""

    transactions: tuple[Transaction, ...]
    problems: tuple[Problem, ...]
    unnamed: int = 0


def place_of(folder: Path) -> Path:
    """Where ledger sources lie in a folder."""
    return folder / "ledger"


def keep(folder: Path, data: bytes, note: Note) -> tuple[str, bool]:
    """Keep one source. Its digest, and whether it is new."""
    place, digest = place_of(folder), sha256(data)
    beside = place / (digest + _NOTE)
    if beside.exists():
        return digest, False
    brought.write(place / digest, data)
    brought.write(beside, canonical_json(asdict(note)))
    return digest, True


def held(folder: Path) -> Held:
    """Read every source of a folder again. Bytes that are no longer those imported are refused, not read."""
    found: list[Transaction] = []
    problems: list[Problem] = []
    unnamed = 0
    for digest, note in _notes(place_of(folder)):
        path = place_of(folder) / digest
        with brought.opened(path, MAX_BYTES) as stream:
            if sha256_stream(stream)[0] != digest:
                raise InputRefused("money.ledger-altered", path=str(path))
        if note.form == TABLE:
            read = table.read(path)
            found.extend(read.rows)
            problems.extend(read.problems)
            unnamed += read.unnamed
        else:
            page = esplora.parse(brought.whole(path, MAX_BYTES), note.chain, note.address)
            found.extend(page.transactions)
            problems.extend(page.problems)
    transactions, clashes = merged(found)
    return Held(tuple(transactions), (*problems, *clashes), unnamed)


def _notes(place: Path) -> Iterator[tuple[str, Note]]:
    for path in sorted(place.glob(f"*{_NOTE}")):
        try:
            fields = json.loads(brought.whole(path, _LARGEST_NOTE))
            note = Note(**{name: str(value) for name, value in fields.items()})
        except (OSError, ValueError, TypeError, AttributeError, RecursionError) as reason:
            raise InputRefused("money.ledger-altered", path=str(path)) from reason
        if not (place / path.name.removesuffix(_NOTE)).is_file():
            raise InputRefused("money.ledger-altered", path=str(path))
        yield path.name.removesuffix(_NOTE), note


def keep_pages(folder: Path, pages: Iterable[esplora.Page], note: Note) -> list[tuple[str, bool]]:
    """Keep every page of an answer, once all have come: an answer cut short leaves nothing behind."""
    return [keep(folder, page.body, note) for page in list(pages)]

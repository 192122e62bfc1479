"""Rights facts: who may show which work where, in which language, from when to when.

They come from the holder as a CSV table, or from a partner in a parcel. Each row's origin is kept in a file beside the
table, so that whoever says something anew replaces only what they said before. A match on an outlet named there is
shown as licensed, never as infringement. That no outlet is named proves nothing: the list may be old or incomplete.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from marque.digest import canonical_json, sha256
from marque.errors import InputRefused, WrongUsage
from marque.evidence import suffixes
from marque.evidence.sites import platforms, site_of
from marque.works.catalogue import Catalogue
from marque.works.model import RIGHTS
from marque.works.storage import read_json, write_bytes

COLUMNS = ("work", "holder", "territory", "language", "outlet", "from", "to")
NEEDED = ("work", "holder", "outlet")
OWN, ORIGINS, PARTNERS = "own", "rights-origins.json", "partners"
MAX_BYTES, MAX_CELL = 32 << 20, 1_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_APART = re.compile(r"[\s,;|]+")
_DOT = re.compile("[.\u3002\uff0e\uff61]")
_NAMED = re.compile(r"(?:[\w-]+\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)")  # what reads as a host name
_NUMBERED = re.compile(r"\d+(?:\.\d+){3}")


def read(path: Path, works: frozenset[str]) -> pa.Table:
    """The table RIGHTS of a CSV file (UTF-8). Raises InputRefused naming the first row that is wrong."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRefused("works.rights-too-large", file=str(path))
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as reason:
        raise WrongUsage("works.file-missing", path=str(path)) from reason
    except OSError as reason:
        raise InputRefused("works.file-unreadable", file=str(path)) from reason
    except UnicodeDecodeError as reason:
        raise InputRefused("works.rights-unreadable", file=str(path)) from reason
    rows = list(_rows(text, str(path), works))
    if not rows:  # read as a table, it would withdraw every licence without a word
        raise InputRefused("works.rights-empty", file=str(path))
    return pa.Table.from_pylist(rows, schema=RIGHTS)


def replace(catalogue: Catalogue, rights: pa.Table) -> None:
    """Put the office's own rights facts in the place of its former ones. What partners said stays."""
    with catalogue.writing():
        keep(catalogue, rights.to_pylist(), OWN)


def keep(
    catalogue: Catalogue, rows: Iterable[Mapping[str, object]], origin: str, works: Collection[str] | None = None
) -> None:
    """Put rows in the place of those that the same origin gave before, of some works or all. The caller holds the lock.

    Killed in between, the catalogue has the rows of before or the new ones; a row whose origin is not known is kept.
    """
    new = {_named(row): row for row in rows}
    old = {_named(row): row for row in catalogue.rights().to_pylist()}
    origins = _origins(catalogue, old, origin)
    mine = origins.pop(origin, set())
    stay = {name for name in mine if name in old and works is not None and old[name]["work"] not in works}
    others = set().union(*origins.values())
    held = {name: row for name, row in old.items() if name in stay or name in others}
    _note(catalogue, {**origins, origin: mine | new.keys()})
    catalogue.keep_rights(pa.Table.from_pylist(list({**held, **new}.values()), schema=RIGHTS))
    _note(catalogue, {**origins, origin: stay | new.keys()})


def _origins(catalogue: Catalogue, old: Mapping[str, Mapping[str, object]], asking: str) -> dict[str, set[str]]:
    """Which rows each origin gave.

    Of a row that an older version kept, without its origin, only its work is known. It is held to be of whoever brought
    the work, or else the office's; but not of the one of these two that imports now: better a licence too many than one
    lost without a word.
    """
    path = catalogue.folder / ORIGINS
    known = read_json(path) if path.exists() else {}
    if not all(isinstance(names, list) for names in known.values()):
        raise InputRefused("works.catalogue-damaged", path=str(path))
    origins = {origin: set(map(str, names)) for origin, names in known.items()}
    brought = {}
    for partner in sorted((catalogue.folder / PARTNERS).glob("*.json")):
        brought.update(dict.fromkeys(read_json(partner)["works"], partner.stem))
    attributed = set().union(*origins.values())
    for name in old.keys() - attributed:
        by = brought.get(old[name]["work"], OWN)
        origins.setdefault(OWN if by == asking else by, set()).add(name)
    return origins


def _note(catalogue: Catalogue, origins: Mapping[str, Collection[str]]) -> None:
    named = {origin: sorted(names) for origin, names in origins.items() if names}
    write_bytes(catalogue.folder / ORIGINS, canonical_json(named))


def _named(row: Mapping[str, object]) -> str:
    """A row's name in the file of origins: what it says, as a digest."""
    cells = ["" if row[name] is None else str(row[name]) for name in RIGHTS.names]
    return sha256(canonical_json(cells))[:32]


def _rows(text: str, file: str, works: frozenset[str]) -> Iterator[dict[str, object]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise InputRefused("works.rights-columns", file=file, columns=", ".join(missing))
        for row in reader:
            yield _row(row, file, reader.line_num, works)
    except csv.Error as reason:
        raise InputRefused("works.rights-row", file=file, line=reader.line_num + 1, column="CSV") from reason


def _row(row: dict[str, str], file: str, line: int, works: frozenset[str]) -> dict[str, object]:
    def refuse(column: str) -> InputRefused:
        return InputRefused("works.rights-row", file=file, line=line, column=column)

    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if None in row:
        raise refuse("CSV")
    for name, cell in cells.items():
        if len(cell) > MAX_CELL or not cell.isprintable() or (name in NEEDED and not cell):
            raise refuse(name)
    if cells["work"] not in works:
        raise InputRefused("works.rights-unknown-work", file=file, line=line, work=cells["work"])
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        try:
            days[name] = day_of(cells[name])
        except ValueError as reason:
            raise refuse(name) from reason
    if days["from"] and days["to"] and days["from"] > days["to"]:
        raise refuse("to")
    return {**cells, "outlet": outlet_of(cells["outlet"], file, line), **days}


def day_of(text: str) -> date | None:
    """A day as YYYY-MM-DD; None where nothing is written. Raises ValueError for any other form."""
    if text and not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text) if text else None


def outlet_of(cell: str, file: str, line: int) -> str:
    """An outlet as sites are named; a reseller's name stays as written.

    Raises InputRefused for what looks like an address and could never equal a site's name: the licence it was meant to
    state would be lost without a word.
    """
    found, fault = _site(cell)
    if fault:
        raise InputRefused(f"works.rights-outlet-{fault}", file=file, line=line, outlet=cell)
    return found


def _site(cell: str) -> tuple[str, str]:
    """The site a cell names, or the cell; and what is wrong with it, or nothing."""
    words = _APART.split(cell)
    if "*" in cell:
        return cell, "wildcard"
    if len(words) > 1:
        return cell, "several" if any("://" in word or _NAMED.fullmatch(word.strip(".")) for word in words) else ""
    authority = cell.partition("://")[2].partition("/")[0] if "://" in cell else cell.partition("/")[0]
    if "@" in authority:
        return cell, "account"
    if "://" not in cell and not cell.startswith("[") and not _DOT.search(cell):
        return cell, "suffix" if _listed(cell.lower()) else ""
    site = site_of(cell if "://" in cell else f"https://{cell}")
    if f"*.{site}" in platforms():  # its accounts are names below it; nobody's work is read at the front door
        return cell, "account"
    if site is not None and ("/" in site or ":" in site or _NUMBERED.fullmatch(site) or suffixes.registrable(site)):
        return site, ""
    return cell, "suffix" if site or _listed(cell.lower()) else "account"


@lru_cache(maxsize=1_024)
def _listed(name: str) -> bool:
    """Whether a name is a line of the list of public suffixes."""
    return f"\n{name}\n".encode() in suffixes.listed().read_bytes()


class Outlets:
    """Licensed outlets by work, for asking one match at a time."""

    def __init__(self, rights: pa.Table) -> None:
        self._rows: dict[tuple[str, str], list[dict[str, object]]] = {}
        for row in rights.to_pylist():
            self._rows.setdefault((row["work"], row["outlet"]), []).append(row)

    def licensed(self, site: str | None, work: str, time: datetime | None) -> bool:
        """Whether the site is an outlet of the work then. An unknown time does not exclude.

        Territory and language are not asked: a capture shows neither where the site may be read nor, for certain,
        which edition it shows, and a lawful outlet must not be accused on a guess.
        """
        return any(_valid(row["from"], row["to"], time) for row in self._rows.get((work, site or ""), []))


def _valid(start: object, end: object, time: datetime | None) -> bool:
    if time is None:
        return True
    day = time.date()
    return not (isinstance(start, date) and day < start) and not (isinstance(end, date) and day > end)

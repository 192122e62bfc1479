"""Rights facts: who may show which work where, in which language, from when to when.

They come from the holder as a CSV table. A match on an outlet named there is shown as licensed, never as infringement.
That no outlet is named proves nothing: the list may be old or incomplete.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from marque.errors import InputRefused, WrongUsage
from marque.evidence.sites import site_of
from marque.works.model import RIGHTS

COLUMNS = ("work", "holder", "territory", "language", "outlet", "from", "to")
NEEDED = ("work", "holder", "outlet")
MAX_BYTES, MAX_CELL = 32 << 20, 1_000


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
    return pa.Table.from_pylist(list(_rows(text, str(path), works)), schema=RIGHTS)


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
            days[name] = date.fromisoformat(cells[name]) if cells[name] else None
        except ValueError as reason:
            raise refuse(name) from reason
    if days["from"] and days["to"] and days["from"] > days["to"]:
        raise refuse("to")
    return {**cells, "outlet": _site(cells["outlet"]), **days}


def _site(outlet: str) -> str:
    """An outlet as sites are named; what is no web address (a reseller's name) stays as written."""
    address = outlet if "://" in outlet else f"https://{outlet}"
    return (site_of(address) if "." in outlet else None) or outlet


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

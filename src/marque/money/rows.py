"""CSV tables that an operator brings, row by row: bounded, every wrong row named, the others go on.

That a row could be read says nothing of whether it is true: each table has columns for who says so and when.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from marque.digest import sha256_stream
from marque.errors import InputRefused
from marque.money import brought

MAX_BYTES, MAX_ROWS, MAX_CELL, MAX_PROBLEMS = 256 << 20, 1_000_000, 500, 1_000
LARGEST = 1e15  # no figure about one site or network is larger, in any currency
_NUMBER = re.compile(r"[0-9]{1,16}(?:\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_PERIOD = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")
_CURRENCY = re.compile(r"[A-Z][A-Z0-9]{2,7}")
_T = TypeVar("_T")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one input, by its code in the word catalogues; the rest of the input was read."""

    code: str
    place: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Read(Generic[_T]):
    """What a table gave. `unnamed` counts problems past the first thousand."""

    rows: tuple[_T, ...]
    problems: tuple[Problem, ...] = ()
    unnamed: int = 0


class Refused(ValueError):
    """A cell that cannot be what its column says. The row is left out and named by the column."""


def read(path: Path, needed: Sequence[str], parse: Callable[[Cells, str], _T]) -> Read[_T]:
    """Every row of a CSV file (UTF-8) as `parse` makes of it, given the cells and the row's record `<digest>:<line>`.

    Raises where the file as a whole cannot be read.
    """
    try:
        with brought.opened(path, MAX_BYTES) as stream:
            digest = sha256_stream(stream)[0]
            stream.seek(0)
            text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
            return _gathered(_lines(text, path, needed), path.name, digest, parse)
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        raise InputRefused("money.unreadable", path=str(path)) from reason


def line_of(record: str) -> int:
    """The line that a record names."""
    return int(record.rpartition(":")[2])


def _gathered(
    lines: Iterable[tuple[int, Cells | None]], name: str, digest: str, parse: Callable[[Cells, str], _T]
) -> Read[_T]:
    rows: list[_T] = []
    problems: list[Problem] = []
    unnamed = 0
    for number, cells in lines:
        try:
            rows.append(parse(_sound(cells), f"{digest}:{number}"))
        except Refused as reason:
            if len(problems) < MAX_PROBLEMS:
                problems.append(Problem("money.row-refused", f"{name}:{number}", str(reason)))
            else:
                unnamed += 1
    return Read(tuple(rows), tuple(problems), unnamed)


def _lines(stream: Iterable[str], path: Path, needed: Sequence[str]) -> Iterator[tuple[int, Cells | None]]:
    reader = csv.reader(stream, strict=True)
    names = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in needed if name not in names] + sorted({x for x in names if names.count(x) > 1})
    if missing:
        raise InputRefused("money.columns-missing", path=str(path), columns=", ".join(missing))
    for count, row in enumerate(reader):
        if count >= MAX_ROWS:
            raise InputRefused("money.too-many-rows", path=str(path), limit=MAX_ROWS)
        if row:
            yield reader.line_num, dict(zip(names, row, strict=True)) if len(row) == len(names) else None


def _sound(cells: Cells | None) -> Cells:
    if cells is None:
        raise Refused("CSV")
    stripped = {name: cell.strip() for name, cell in cells.items()}
    if "".join(stripped.values()).isprintable() and max(map(len, stripped.values())) <= MAX_CELL:
        return stripped  # almost every row, and a table may have a million
    raise Refused(next(name for name, cell in stripped.items() if len(cell) > MAX_CELL or not cell.isprintable()))


def text(cells: Cells, name: str, *, needed: bool = True) -> str:
    """A cell's text."""
    cell = cells.get(name, "")
    if needed and not cell:
        raise Refused(name)
    return cell


def number(cells: Cells, name: str, most: float = LARGEST) -> float:
    """A plain decimal number, neither negative nor larger than `most`. No exponent, no NaN, no thousands mark."""
    cell = cells.get(name, "")
    if not _NUMBER.fullmatch(cell) or float(cell) > most:
        raise Refused(name)
    return float(cell)


def day(cells: Cells, name: str) -> str:
    """A day as YYYY-MM-DD."""
    return _matching(_DAY, cells, name)


def period(cells: Cells, name: str) -> str:
    """A year or a month: YYYY or YYYY-MM."""
    return _matching(_PERIOD, cells, name)


def currency(cells: Cells, name: str) -> str:
    """A currency's code: three letters for money, up to eight for coins."""
    return _matching(_CURRENCY, cells, name)


def one_of(cells: Cells, name: str, choices: Sequence[str]) -> str:
    """One of the words a column knows, in lower case."""
    cell = cells.get(name, "").lower()
    if cell not in choices:
        raise Refused(name)
    return cell


def _matching(pattern: re.Pattern[str], cells: Cells, name: str) -> str:
    cell = cells.get(name, "")
    if not pattern.fullmatch(cell):
        raise Refused(name)
    return cell

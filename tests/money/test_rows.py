"""Tables that operators bring: what a cell may say, what is named, what refuses the whole file."""

from pathlib import Path

import pytest

from marque.errors import InputRefused, WrongUsage
from marque.money import rows
from marque.money.rows import Cells, Problem


def one(cells: Cells, record: str) -> tuple[int, float]:
    return rows.line_of(record), rows.number(cells, "amount")


def written(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


CELLS = [
    pytest.param("12.5", 12.5, id="plain"),
    pytest.param(" 7 ", 7.0, id="spaces around"),
    pytest.param("0", 0.0, id="nothing"),
    pytest.param("1e308", None, id="exponent"),
    pytest.param("NaN", None, id="no number"),
    pytest.param("inf", None, id="infinite"),
    pytest.param("-1", None, id="negative"),
    pytest.param("1,5", None, id="comma"),
    pytest.param("9999999999999999", None, id="more money than there is"),
    pytest.param("٣", None, id="digits of another script"),
    pytest.param("", None, id="empty"),
]


@pytest.mark.parametrize(("cell", "value"), CELLS)
def test_numbers_are_plain(cell: str, value: float | None, tmp_path: Path) -> None:
    read = rows.read(written(tmp_path, f'amount,x\n"{cell}",\n3,\n'), ("amount",), one)
    assert read.rows == ((3, 3.0),) if value is None else ((2, value), (3, 3.0))
    assert read.problems == ((Problem("money.row-refused", "table.csv:2", "amount"),) if value is None else ())


def test_a_row_that_is_too_short_or_hides_something_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    read = rows.read(written(tmp_path, "amount,x\n1\n2,\x1b[2J\n3," + "y" * 501 + "\n4,z\n"), ("amount",), one)
    assert read.rows == ((5, 4.0),)
    assert [(problem.place, problem.detail) for problem in read.problems] == [
        ("table.csv:2", "CSV"), ("table.csv:3", "x"), ("table.csv:4", "x"),
    ]  # fmt: skip


def test_problems_past_a_thousand_are_counted_only(tmp_path: Path) -> None:
    read = rows.read(written(tmp_path, "amount\n" + "x\n" * 1_500), ("amount",), one)
    assert (len(read.problems), read.unnamed) == (1_000, 500)


WHOLE = [
    pytest.param("x\n1\n", "money.columns-missing", id="column missing"),
    pytest.param("amount,amount\n1,2\n", "money.columns-missing", id="column twice"),
    pytest.param("", "money.columns-missing", id="empty"),
    pytest.param('amount\n"1\n', "money.unreadable", id="open quote"),
    pytest.param("amount\n\udcff\n", "money.unreadable", id="not UTF-8"),
]


@pytest.mark.parametrize(("text", "code"), WHOLE)
def test_a_file_that_is_no_such_table_is_refused(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        rows.read(written(tmp_path, text), ("amount",), one)
    assert refused.value.code == code


def test_too_many_rows_and_too_many_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "amount\n" + "1\n" * 11)
    monkeypatch.setattr(rows, "MAX_ROWS", 10)
    with pytest.raises(InputRefused, match="too-many-rows"):
        rows.read(path, ("amount",), one)
    monkeypatch.setattr(rows, "MAX_BYTES", 10)
    with pytest.raises(InputRefused, match="file-too-large"):
        rows.read(path, ("amount",), one)


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no-such-file"):
        rows.read(tmp_path / "none.csv", ("amount",), one)

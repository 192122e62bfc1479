"""Tables are written whole, sorted, and known by name and version when read back."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from marque.errors import InputRefused, WrongUsage
from marque.evidence import tables
from marque.money.model import FLOWS
from marque.works.model import MATCHES

PAYEES = [{"payer": "b.test", "payee": "x"}, {"payer": "a.test", "payee": "y"}, {"payer": "a.test", "payee": "x"}]


def test_the_same_rows_in_any_order_make_the_same_file(tmp_path: Path) -> None:
    for name, rows in (("one", PAYEES), ("two", PAYEES[::-1])):
        tables.write(tmp_path / name, tables.of_rows(FLOWS, rows))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert tables.read(tmp_path / "one", FLOWS).column("payer").to_pylist() == ["a.test", "a.test", "b.test"]


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    tables.write(tmp_path / "flows.parquet", tables.of_rows(FLOWS, PAYEES))
    assert [path.name for path in tmp_path.iterdir()] == ["flows.parquet"]


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    tables.write(tmp_path / "flows.parquet", tables.of_rows(FLOWS, []))
    assert tables.read(tmp_path / "flows.parquet", FLOWS).schema.names == FLOWS.names


def test_a_table_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    tables.write(tmp_path / "t.parquet", tables.of_rows(FLOWS, PAYEES))
    with pytest.raises(InputRefused) as refusal:
        tables.read(tmp_path / "t.parquet", MATCHES)
    assert refusal.value.params["found"] == "flows 1"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no table at all"], ids=["empty", "cut", "foreign"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.parquet").write_bytes(content)
    with pytest.raises(InputRefused):
        tables.read(tmp_path / "t.parquet", FLOWS)


def test_a_table_without_our_name_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), tmp_path / "t.parquet")
    with pytest.raises(InputRefused):
        tables.read(tmp_path / "t.parquet", FLOWS)


def test_a_missing_table_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        tables.read(tmp_path / "t.parquet", FLOWS)

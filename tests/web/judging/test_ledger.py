"""Judgements are added and never changed, the file is whole at every moment, and a run can read it as it is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from marque.errors import InputRefused, StoreFailure
from marque.evidence import tables
from marque.networks.judgements import NOT_SAME, SAME, decided
from marque.networks.model import JUDGEMENTS
from marque.runs.workspace import JUDGED
from marque.web.judging import ledger
from marque.web.judging.model import LINK, Judgement

FIRST = Judgement(LINK, "a.example", "b.example", "same", 1_000, True, True, "local", "one wallet", "7f")


def test_a_run_reads_what_was_judged(tmp_path: Path) -> None:
    ledger.add(tmp_path, FIRST)
    ledger.add(tmp_path, replace(FIRST, a="c.example", judgement="not-same", time=2_000))
    table = tables.read(tmp_path / JUDGED, JUDGEMENTS)
    assert table.column_names[: len(JUDGEMENTS.names)] == JUDGEMENTS.names
    assert decided(table) == {("a.example", "b.example"): SAME, ("b.example", "c.example"): NOT_SAME}


def test_a_later_word_is_added_and_only_the_first_is_blind(tmp_path: Path) -> None:
    assert ledger.add(tmp_path, FIRST).blind
    assert not ledger.add(tmp_path, replace(FIRST, a="b.example", b="a.example", judgement="unsure", time=9_000)).blind
    assert ledger.add(tmp_path, replace(FIRST, by="other")).blind
    assert [row.judgement for row in ledger.read(tmp_path)] == ["same", "unsure", "same"]
    assert decided(tables.read(tmp_path / JUDGED, JUDGEMENTS)) == {("a.example", "b.example"): SAME}


def test_writers_do_not_lose_each_others_words(tmp_path: Path) -> None:
    rows = [replace(FIRST, a=f"{number}.example") for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda row: ledger.add(tmp_path, row), rows))
    assert sorted(row.a for row in ledger.read(tmp_path)) == sorted(row.a for row in rows)


def test_a_file_of_other_hands_is_read_and_kept(tmp_path: Path) -> None:
    row = {"kind": LINK, "a": "x", "b": "y", "judgement": "same", "time": None, "blind": None, "by": "partner"}
    tables.write(tmp_path / JUDGED, tables.of_rows(JUDGEMENTS, [row]))
    ledger.add(tmp_path, FIRST)
    assert [(row.by, row.time, row.reason) for row in ledger.read(tmp_path)] == [
        ("partner", -1, ""),
        ("local", 1_000, "one wallet"),
    ]


@pytest.mark.parametrize("damage", [b"", b"PAR1 but no table"], ids=["cut to nothing", "no parquet"])
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / JUDGED).write_bytes(damage)
    assert ledger.is_damaged(tmp_path)
    with pytest.raises(InputRefused):
        ledger.add(tmp_path, FIRST)
    assert (tmp_path / JUDGED).read_bytes() == damage


def test_a_foreign_table_is_told(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), tmp_path / JUDGED)
    with pytest.raises(InputRefused):
        ledger.read(tmp_path)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreFailure):
        ledger.add(tmp_path / "gone", FIRST)

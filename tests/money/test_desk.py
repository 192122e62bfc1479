"""What an office keeps: read before it is kept, one table of a kind, packs side by side."""

from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.money import desk
from tests.money.estimate.tables import ALL, PRICES, VISITS, row
from tests.money.ledger.test_tags import PACK


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_new_table_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    for site in ("a.example", "b.example"):
        desk.keep_table(tmp_path, "visits", written(tmp_path, "v.csv", VISITS + row(site) + "\n"))
    assert [one.site for one in desk.read(desk.kept(tmp_path)).visits] == ["b.example"]


def test_a_table_that_cannot_be_read_keeps_the_old_one(tmp_path: Path) -> None:
    desk.keep_table(tmp_path, "prices", written(tmp_path, "p.csv", PRICES + "\n".join(ALL) + "\n"))
    with pytest.raises(InputRefused):
        desk.keep_table(tmp_path, "prices", written(tmp_path, "p.csv", "x\n1\n"))
    assert desk.read(desk.kept(tmp_path)).prices.of("fill") is not None


def test_wrong_rows_are_told_each_time(tmp_path: Path) -> None:
    path = written(tmp_path, "v.csv", VISITS + row() + "\n" + row("x.example").replace("2026-10", "soon") + "\n")
    told = desk.keep_table(tmp_path, "visits", path).problems
    assert [problem.detail for problem in told] == ["period"]
    assert [problem.detail for problem in desk.read(desk.kept(tmp_path)).problems] == ["period"]


def test_packs_are_kept_side_by_side_and_once(tmp_path: Path) -> None:
    for text in (PACK, PACK, PACK.replace("Some Exchange", "Another")):
        desk.keep_tags(tmp_path, written(tmp_path, "pack.yaml", text))
    assert len(list(desk.kept_tags(tmp_path))) == 6


def test_nothing_is_kept_at_first(tmp_path: Path) -> None:
    assert desk.kept(tmp_path) == {}
    assert list(desk.kept_tags(tmp_path)) == []
    assert desk.read({}).visits == ()

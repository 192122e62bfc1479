"""Stated donations: whose word it is, and not the same money twice."""

from pathlib import Path

import pytest

from marque.money.estimate.donations import Donation, beside_ledger, read

HEAD = "site,handle,period,low,mid,high,currency,stated_by,source,date\n"
WALLET = "btc:bc1qx"


def stated(folder: Path, *lines: str) -> tuple[tuple[Donation, ...], list[str]]:
    path = folder / "donations.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    found = read(path)
    return found.rows, [problem.code for problem in found.problems]


def test_a_goal_bar_is_the_operators_word(tmp_path: Path) -> None:
    (one,), problems = stated(tmp_path, "Moon.example,kofi:moon,2026-10,100,100,100,USD,operator,goal bar,2026-11-01")
    assert problems == []
    assert (one.site, one.handle, one.said.said_by, one.said.source) == (
        "moon.example",
        "kofi:moon",
        "operator",
        "goal bar",
    )


def test_one_handle_twice_and_nobodys_word_are_named(tmp_path: Path) -> None:
    line = "a.example,kofi:moon,2026-10,1,1,1,USD,platform,counter,2026-11-01"
    rows, problems = stated(tmp_path, line, line, line.replace("platform", "somebody"))
    assert len(rows) == 1
    assert sorted(problems) == ["money.donation-twice", "money.row-refused"]


ASIDE = [
    pytest.param("2026-10", "2026-10", True, id="same month"),
    pytest.param("2026", "2026-10", True, id="a month of the stated year"),
    pytest.param("2026-10", "2026", True, id="the year of the stated month"),
    pytest.param("2026-09", "2026-10", False, id="another month"),
    pytest.param("2025", "2026-10", False, id="another year"),
]


@pytest.mark.parametrize(("said", "ledger", "aside"), ASIDE)
def test_what_a_ledger_shows_is_not_counted_again(said: str, ledger: str, aside: bool, tmp_path: Path) -> None:
    lines = (f"a.example,{handle},{said},1,1,1,BTC,operator,bar,2026-11-01" for handle in (WALLET, "kofi:moon"))
    rows, _ = stated(tmp_path, *lines)
    stand, gone = beside_ledger(rows, [(WALLET, ledger)])
    assert [one.handle for one in gone] == ([WALLET] if aside else [])
    assert len(stand) + len(gone) == 2

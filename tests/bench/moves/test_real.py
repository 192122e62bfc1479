"""Reading the operator's own files of moves, and hiding the moves among sites that never moved."""

from pathlib import Path

import pytest

from marque.bench.moves import real
from marque.bench.moves.real import Files
from marque.errors import InputRefused
from marque.networks.moves import DAY

HEAD = "repo\told_domain\tnew_domain\tdate\tmove_class\n"
MOVES = [
    ("ink1.example", "ink2.example", "2024-03-01", "number-bump"),
    ("ink2.example", "ink3.example", "2024-05-01", "number-bump"),
    ("moon.example", "moon.test", "2023-02-01", "tld-change"),
]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    moves = tmp_path / "moves.tsv"
    moves.write_text(HEAD + "".join("\t".join(("x/y", *row)) + "\n" for row in MOVES), "utf-8")
    themes = tmp_path / "themes.tsv"
    themes.write_text("theme\tdomain\nplain\tmoon.test\n" + "".join(f"plain\tstill{n}.example\n" for n in range(60)))
    hubs = tmp_path / "hubs.txt"
    hubs.write_text("hub.example\n\n")
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "some.txt").write_text("# a list\n0.0.0.0 sub.harbor.example\n0.0.0.0 ink1.example\n")
    return Files(moves, themes, hubs, lists)


def test_dates_are_first_as_new_and_last_as_old(files: Files) -> None:
    moves = real.rows(files.moves)
    world = real.world(moves, real.services(moves), fill=False)
    rows = {one.site: one for one in world.rows}
    assert (rows["ink1.example"].first, rows["ink3.example"].last) == (None, None)
    assert rows["ink2.example"].first == rows["ink1.example"].last
    assert ((rows["ink2.example"].last or 0) - (rows["ink2.example"].first or 0)) // DAY == 61
    assert world.before["ink3.example"] == {"ink2.example"}
    assert world.service["ink3.example"] == world.service["ink1.example"] != world.service["moon.test"]


def test_what_a_row_does_not_tell_is_the_end_of_all(files: Files) -> None:
    moves = real.rows(files.moves)
    rows = {one.site: one for one in real.world(moves, real.services(moves)).rows}
    assert rows["ink1.example"].first == rows["moon.test"].first
    assert rows["moon.test"].last == rows["ink2.example"].last


def test_sites_that_never_moved_are_no_part_of_a_move(files: Files) -> None:
    still = real.sites(files)
    assert len(still) == 61
    assert "harbor.example" in still
    assert not {"moon.test", "ink1.example"} & set(still)


def test_among_others_there_are_ten_times_as_many(files: Files) -> None:
    moves, still = real.rows(files.moves), real.sites(files)
    world = real.among(moves, real.services(moves), still, 1, real.hubs(files.hubs or Path()))
    moved = set(world.service)
    assert 0 < len(moved) * real.TIMES <= len(still)
    assert len(world.rows) == len(moved) + len(still) + 1
    assert world.hubs == {"hub.example"}
    assert all((one.first or 0) <= (one.last or 0) for one in world.rows if one.site not in moved)
    assert world == real.among(moves, real.services(moves), still, 1, ["hub.example"])


def test_a_file_of_other_columns_is_refused(files: Files) -> None:
    with pytest.raises(InputRefused):
        real.rows(files.themes or Path())
